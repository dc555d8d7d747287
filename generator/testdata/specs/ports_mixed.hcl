# Two load balancers, one of them on a port that an address has to name.
project "app" { region = "eu-central-1" }

source "codecommit" { repository = "app" }

cluster "app" {
  capacity "FARGATE" {}
}

service "web" {
  port = 80
  build { context = "web" }
  load_balancer {}
}

service "admin" {
  port = 8080
  build { context = "admin" }
  load_balancer {
    name          = "app-admin"
    listener_port = 8080
    internal      = true
  }
}
