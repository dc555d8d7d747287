project "hello" {
  region = "eu-central-1"
}

source "codecommit" {
  repository = "hello"
}

cluster "hello" {
  capacity "FARGATE" {}
}

service "hello" {
  port = 80
  build {}
  load_balancer {}
}
