# The default VPC, in some zones of the region.
project "app" { region = "eu-central-1" }

source "codecommit" { repository = "app" }

network { zones = ["eu-central-1a", "eu-central-1c"] }

cluster "app" {
  capacity "FARGATE" {}
}

service "app" {
  port = 80
  build {}
  load_balancer {}
}
