# No source: services run the images that others build.
project "app" { region = "eu-central-1" }

cluster "app" {
  capacity "FARGATE" {}
}

service "web" {
  port = 80
  image { first = "public.ecr.aws/docker/library/nginx:1.28" }
  load_balancer {}
}

service "worker" {
  image { first = "example/worker:1" }
  environment = { TOKEN = ssm("/app/token"), URL = secret("app", "url") }
}

parameter "/app/token" {
  value = variable("token")
}
