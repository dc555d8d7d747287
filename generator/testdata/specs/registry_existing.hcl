# One service pushes to a repository that is there already, one to its own, and one to Docker Hub.
project "app" { region = "eu-west-1" }

source "codecommit" {
  repository = "app"
  create     = false
}

service "site" {
  image {
    repository = "team/site"
    create     = false
  }

  build { context = "site" }
}

service "own" {
  build { context = "own" }
}

service "hub" {
  image {
    registry   = "dockerhub"
    repository = "somebody/hub"
  }

  build {
    context = "hub"
    logins  = ["dockerhub"]

    environment = {
      DOCKERHUB_USER  = "somebody"
      DOCKERHUB_TOKEN = ssm("/hub/token")
    }
  }
}
