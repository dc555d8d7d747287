# Private images of registries other than ECR: with a secret that is made here,
# one that exists, and one of another account; beside services that need none.
project "app" { region = "eu-central-1" }

source "codecommit" { repository = "app" }

cluster "app" {
  capacity "FARGATE" {}
}

secret "app/hub" {
  values = { username = variable("hub_user"), password = variable("hub_token") }
}

service "web" {
  port = 80
  image {
    registry    = "dockerhub"
    repository  = "acme/web"
    credentials = secret("app/hub")
  }
  build {
    logins      = ["dockerhub"]
    environment = { DOCKERHUB_USER = secret("app/hub", "username"), DOCKERHUB_TOKEN = secret("app/hub", "password") }
  }
  load_balancer {}
}

service "docs" {
  port = 80
  image { first = "nginx:1.28" }
  load_balancer { host = "docs.example" }
}

service "agent" {
  image {
    first       = "ghcr.io/acme/agent:1"
    credentials = secret("app/ghcr")
  }
}

service "scanner" {
  image {
    first       = "ghcr.io/acme/scanner:1"
    credentials = secret("arn:aws:secretsmanager:eu-central-1:111122223333:secret:ghcr-Ab12Cd")
  }
}
