# Three services behind one load balancer, and a worker; two of them are built.
project "shop" {
  region = "eu-central-1"
  tags   = { Team = "shop" }
}

source "codecommit" {
  repository = "shop"
}

cluster "shop" {
  capacity "FARGATE" {}
  capacity "FARGATE_SPOT" {}
}

service "web" {
  port = 80

  build {}
  pipeline {}
  load_balancer {}
}

service "api" {
  port = 8080

  image {
    first = "public.ecr.aws/docker/library/nginx:1.28"
  }

  load_balancer {
    path = "/api/*"
  }
}

service "blog" {
  port = 80

  image {
    first = "public.ecr.aws/docker/library/nginx:1.28"
  }

  load_balancer {
    path = "/blog/*"
  }
}

service "worker" {
  build {
    context = "worker"
  }

  image {
    first = "public.ecr.aws/docker/library/busybox:1.37"
  }

  egress {
    port = 5432
    to   = "10.0.0.0/8"
  }

  environment = {
    TOKEN = ssm("/shop/token")
    URL   = secret("shop/database", "url")
  }
}

parameter "/shop/token" {
  value = variable("token")
}

secret "shop/database" {
  values = { url = variable("url") }
}

environment "production" {
  tags = { Stage = "production" }
}
