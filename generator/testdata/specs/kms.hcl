# A key of the team's own: for some services of a kind and not for others, and for
# all of another kind.
project "app" {
  region  = "eu-central-1"
  kms_key = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}

source "codecommit" { repository = "app" }

cluster "app" {
  capacity "FARGATE" {}
}

service "web" {
  port        = 80
  environment = { TOKEN = ssm("/app/token") }
  build {
    context     = "web"
    environment = { TOKEN = ssm("/app/token") }
  }
  load_balancer {}
}

service "docs" {
  port = 80
  build { context = "docs" }
  load_balancer { host = "docs.example" }
}

service "worker" {
  environment = { URL = secret("app/db", "url") }
  build { context = "worker" }
}

parameter "/app/token" {
  value = variable("token")
}

secret "app/db" {
  values = { url = variable("url") }
}
