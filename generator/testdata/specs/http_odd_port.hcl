# Plain HTTP, on a port that an address has to name.
project "app" { region = "eu-central-1" }

source "codecommit" { repository = "app" }

cluster "app" {
  capacity "FARGATE" {}
}

service "app" {
  port = 80
  build {}
  deployment { circuit_breaker = false }
  load_balancer {
    listener_port = 8080
    allow         = ["10.0.0.0/8", "192.168.0.0/16"]
    health_check {
      path    = "/up"
      matcher = "200-299"
    }
  }
}
