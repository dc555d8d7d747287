project "web" {
  region = "eu-west-1"
}

source "codecommit" {
  repository = "web"
}

cluster "web" {
  capacity "FARGATE" {}
}

service "web" {
  port = 80

  build {}
  load_balancer {}
}
