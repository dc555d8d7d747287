# A new network in which tasks have public addresses.
project "app" { region = "eu-central-1" }

source "codecommit" { repository = "app" }

network {
  cidr = "10.0.0.0/20"
  nat  = "none"
}

cluster "app" {
  capacity "FARGATE" {}
}

service "app" {
  port = 80
  build {}
  load_balancer {}
}
