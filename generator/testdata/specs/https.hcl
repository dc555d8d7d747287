# One load balancer, two certificates, an odd port.
project "app" { region = "eu-central-1" }

source "codecommit" { repository = "app" }

cluster "app" {
  capacity "FARGATE" {}
}

service "web" {
  port = 80
  build { context = "web" }
  load_balancer {
    host          = "www.app.example"
    certificate   = "arn:aws:acm:eu-central-1:123456789012:certificate/8c1d2f3a-1111-2222-3333-444455556666"
    listener_port = 8443
  }
}

service "shop" {
  port = 80
  build { context = "shop" }
  load_balancer {
    host          = "shop.app.example"
    certificate   = "arn:aws:acm:eu-central-1:123456789012:certificate/8c1d2f3a-1111-2222-3333-444455557777"
    listener_port = 8443
  }
}
