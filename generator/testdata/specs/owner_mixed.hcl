# All four kinds of service in one environment.
project "app" { region = "eu-central-1" }

source "codecommit" { repository = "app" }

cluster "app" {
  capacity "FARGATE" {}
}

service "web" {
  port = 80
  build { context = "web" }
  load_balancer { host = "www.app.example" }
}

service "api" {
  port                  = 8080
  task_definition_owner = "pipeline"
  build { context = "api" }
  load_balancer { path = "/api/*" }
}

service "worker" {
  build { context = "worker" }
}

service "mail" {
  task_definition_owner = "pipeline"
  image { first = "example/mail:1" }
  build { context = "mail" }
}

service "report" {
  task_definition_owner = "pipeline"
  image {
    registry   = "dockerhub"
    repository = "acme/report"
  }
  build {
    context     = "report"
    logins      = ["dockerhub"]
    environment = { DOCKERHUB_USER = "acme", DOCKERHUB_TOKEN = ssm("/dockerhub/token") }
  }
}
