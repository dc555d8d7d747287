# The build and one of two services read what is made, and more that exists.
project "app" { region = "eu-central-1" }

source "codecommit" { repository = "app" }

cluster "app" {
  capacity "FARGATE" {}
}

service "web" {
  port        = 80
  environment = { DATABASE_URL = secret("app/database", "url"), FLAGS = ssm("flags"), LEVEL = "info" }
  build {
    context     = "web"
    environment = { NPM_TOKEN = ssm("/npm/token") }
  }
  load_balancer {}
}

service "worker" {
  build { context = "worker" }
}

service "mail" {
  environment = { MAIL_KEY = secret("mail") }
  build { context = "mail" }
}

parameter "/npm/token" {
  value = variable("npm_token")
}

secret "app/database" {
  values = { url = variable("database_url") }
}
