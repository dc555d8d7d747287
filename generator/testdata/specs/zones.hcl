# A new network in some zones of the region, one of which has the NAT gateway.
project "app" { region = "eu-central-1" }

source "codecommit" { repository = "app" }

network {
  cidr  = "10.0.0.0/20"
  zones = ["eu-central-1b", "eu-central-1c"]
}

cluster "app" {
  capacity "FARGATE" {}
}

service "app" {
  port = 80
  build {}
  load_balancer {}
}
