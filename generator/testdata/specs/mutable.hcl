# Tags move, and only the newest images stay.
project "app" { region = "eu-central-1" }

source "codecommit" { repository = "app" }

cluster "app" {
  capacity "FARGATE" {}
}

service "app" {
  port = 80
  image {
    tag  = "latest"
    keep = 10
  }
  build {}
  load_balancer {}
}
