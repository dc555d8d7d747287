# Each service pulls a private image: of one kind by a secret's ARN, of the other
# by its name.
project "app" { region = "eu-central-1" }

cluster "app" {
  capacity "FARGATE" {}
}

service "web" {
  port = 80
  image {
    first       = "registry.gitlab.com/acme/web:1"
    credentials = secret("arn:aws:secretsmanager:eu-central-1:111122223333:secret:gitlab-Ab12Cd")
  }
  load_balancer {}
}

service "agent" {
  image {
    first       = "ghcr.io/acme/agent:1"
    credentials = secret("app/ghcr")
  }
}
