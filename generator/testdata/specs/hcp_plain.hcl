# State with HCP Terraform, in the default project of an organization.
project "app" { region = "eu-central-1" }

state "hcp" {
  organization = "acme"
}

cluster "app" {
  capacity "FARGATE" {}
}

service "app" {
  port = 80
  image { first = "public.ecr.aws/docker/library/nginx:1.28" }
  load_balancer {}
}
