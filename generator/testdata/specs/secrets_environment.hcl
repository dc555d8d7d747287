# The service alone reads what is made.
project "app" { region = "eu-central-1" }

source "codecommit" { repository = "app" }

cluster "app" {
  capacity "FARGATE" {}
}

service "app" {
  port        = 80
  environment = { API_TOKEN = ssm("/app/api-token"), DATABASE_URL = secret("app/database", "url"), ALL = secret("app/database") }
  build {}
  load_balancer {}
}

parameter "/app/api-token" {
  value   = variable("api_token")
  version = 3
}

secret "app/database" {
  values = { url = variable("database_url"), "user name" = variable("database_user") }
}
