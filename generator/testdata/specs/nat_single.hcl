# A new network with one NAT gateway, and instances of the other architecture.
project "app" { region = "eu-central-1" }

source "codecommit" { repository = "app" }

network { cidr = "10.0.0.0/16" }

cluster "app" {
  capacity "FARGATE" {}
  capacity "EC2" {
    instance_type   = "t4g.large"
    min_size        = 1
    target_capacity = 90
  }
}

service "app" {
  port         = 80
  architecture = "ARM64"
  strategy     = { EC2 = { weight = 1, base = 1 } }
  build {}
  load_balancer {}
}

service "other" {
  image { first = "example/other:1" }
}
