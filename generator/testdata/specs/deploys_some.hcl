# One pipeline deploys, one does not.
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
  port    = 8080
  command = ["serve"]
  image { first = "example/api:1" }
  build { context = "api" }
  pipeline { deploy = false }
  deployment { alarms = ["api-errors"] }
  load_balancer {}
}
