# The build alone reads what is made.
project "app" { region = "eu-central-1" }

source "codecommit" { repository = "app" }

service "app" {
  image { registry = "dockerhub" }
  build {
    logins      = ["dockerhub"]
    environment = { DOCKERHUB_USER = ssm("/dockerhub/user"), DOCKERHUB_TOKEN = secret("dockerhub", "token") }
  }
}

parameter "/dockerhub/user" {
  value = variable("dockerhub_user")
}

secret "dockerhub" {
  values = { token = variable("dockerhub_token") }
}
