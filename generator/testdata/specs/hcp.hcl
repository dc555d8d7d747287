# State with HCP Terraform: a workspace a root, in a project at another host.
project "app" { region = "eu-central-1" }

state "hcp" {
  organization = "acme"
  project      = "Web shop"
  hostname     = "terraform.example.com"
}

source "codecommit" {
  repository = "app"
}

cluster "app" {
  capacity "FARGATE" {}
}

service "app" {
  port = 80
  build {}
  load_balancer {}
}
