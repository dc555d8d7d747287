# Two services are behind load balancers that exist, one behind a new one.
project "app" { region = "eu-central-1" }

source "codecommit" { repository = "app" }

cluster "app" {
  capacity "FARGATE" {}
}

service "web" {
  port = 80
  build { context = "web" }
  load_balancer {
    existing = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shared/50dc6c495c0c9188/f2f7dc8efc522ab2"
    host     = "www.app.example"
  }
}

service "admin" {
  port = 8080
  build { context = "admin" }
  load_balancer { internal = true }
}

service "docs" {
  port = 8080
  build { context = "docs" }
  load_balancer {
    existing = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/public/60dc6c495c0c9188/a2f7dc8efc522ab2"
  }
}
