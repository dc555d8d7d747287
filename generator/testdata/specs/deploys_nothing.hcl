# There is a cluster, and the pipeline does not deploy to it.
project "app" { region = "eu-central-1" }

source "codecommit" { repository = "app" }

cluster "app" {
  capacity "FARGATE" {}
}

service "app" {
  port = 80
  build {}
  pipeline {
    deploy         = false
    execution_mode = "SUPERSEDED"
  }
  load_balancer {}
}
