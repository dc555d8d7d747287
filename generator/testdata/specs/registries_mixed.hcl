# Images here and there, with tags that move and tags that do not, some of them kept.
project "app" { region = "eu-central-1" }

source "codecommit" { repository = "app" }

cluster "app" {
  capacity "FARGATE" {}
}

service "fixed" {
  port = 8080
  image { keep = 20 }
  build { context = "fixed" }
  load_balancer { path = "/fixed/*" }
}

service "moving" {
  port = 8080
  image {
    tag  = "latest"
    scan = false
  }
  build { context = "moving" }
  load_balancer { path = "/moving/*" }
}

service "public" {
  port = 8080
  image {
    registry   = "dockerhub"
    repository = "acme/public"
    first      = "acme/public:1"
  }
  build {
    context = "public"
    logins  = ["dockerhub", "ecr_public"]
    environment = {
      DOCKERHUB_USER  = ssm("/dockerhub/user")
      DOCKERHUB_TOKEN = secret("dockerhub", "token")
    }
  }
  pipeline {
    environment = { CHANNEL = "stable" }
  }
  load_balancer { path = "/public/*" }
}
