# Images on Docker Hub; the pipeline hands the token over in clear.
project "app" { region = "eu-central-1" }

source "codecommit" { repository = "app" }

cluster "app" {
  capacity "FARGATE" {}
}

service "app" {
  port = 8080
  image {
    registry   = "dockerhub"
    repository = "acme/app"
    tag        = "latest"
  }
  build { logins = ["dockerhub"] }
  pipeline {
    environment = {
      DOCKERHUB_USER  = "acme"
      DOCKERHUB_TOKEN = variable("dockerhub_token")
    }
  }
  load_balancer {}
}
