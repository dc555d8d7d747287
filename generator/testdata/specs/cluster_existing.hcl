# The cluster and the repository are someone else's.
project "app" { region = "eu-central-1" }

source "codecommit" {
  repository = "app"
  create     = false
}

cluster "shared" {
  existing = true
  capacity "FARGATE" {}
}

service "app" {
  port = 80
  build {}
  load_balancer {}
}
