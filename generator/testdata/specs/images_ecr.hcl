# Images of other ECR repositories: one that nothing builds, one that runs until
# the first build, beside services without.
project "app" { region = "eu-central-1" }

source "codecommit" { repository = "app" }

cluster "app" {
  capacity "FARGATE" {}
}

service "proxy" {
  port = 80
  image { first = "111122223333.dkr.ecr.us-east-1.amazonaws.com/platform/proxy:1.4" }
  load_balancer {}
}

service "web" {
  port = 8080
  image { first = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/platform/wait:1" }
  build {}
  load_balancer { host = "web.example" }
}

service "docs" {
  port = 80
  image { first = "nginx:1.28" }
  load_balancer { host = "docs.example" }
}

service "agent" {
  image { first = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/platform/agent:1" }
}
