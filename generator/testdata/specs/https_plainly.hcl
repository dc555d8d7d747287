# HTTPS on its own port: whoever comes without is sent there.
project "app" { region = "eu-central-1" }

source "codecommit" { repository = "app" }

cluster "app" {
  capacity "FARGATE" {}
}

service "app" {
  port = 80
  build {}
  load_balancer {
    host        = "www.app.example"
    certificate = "arn:aws:acm:eu-central-1:123456789012:certificate/8c1d2f3a-1111-2222-3333-444455556666"
  }
}
