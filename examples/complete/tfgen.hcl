# Every feature once. The modules of this project are the ones under modules/.
project "shop" {
  account = "123456789012"
  region  = "eu-west-1"
  output  = "infra"
  tags    = { Team = "shop" }
}

state "s3" {
  bucket = "shop-terraform-state"
}

source "codecommit" {
  repository = "shop"
  branch     = "main"
}

network {
  cidr = "10.20.0.0/16"
  nat  = "per_zone"
}

cluster "shop" {
  container_insights = true

  capacity "FARGATE" {}
  capacity "FARGATE_SPOT" {}

  capacity "EC2" {
    instance_type   = "t3.medium"
    min_size        = 1
    max_size        = 4
    target_capacity = 80
  }
}

# The shop itself, at its own host, encrypted.
service "web" {
  port          = 8080
  cpu           = 512
  memory        = 1024
  desired_count = 3

  strategy = {
    FARGATE      = { weight = 1, base = 1 }
    FARGATE_SPOT = 3
  }

  environment = {
    LOG_LEVEL    = "info"
    STAGE        = environment.name
    FEATURES     = ssm("/shop/features")
    DATABASE_URL = secret("shop/database", "url")
  }

  image {
    keep = 50
  }

  build {
    context      = "services/web"
    compute_type = "BUILD_GENERAL1_MEDIUM"
    logins       = ["dockerhub", "ecr_public"]
    test         = ["cd services/web", "npm ci", "npm test"]

    environment = {
      DOCKERHUB_USER  = ssm("/dockerhub/user")
      DOCKERHUB_TOKEN = ssm("/dockerhub/token")
    }
  }

  pipeline {
    timeout_minutes = 30
  }

  deployment {
    minimum_healthy_percent   = 100
    maximum_percent           = 150
    health_check_grace_period = 30
    alarms                    = ["shop-web-errors"]
  }

  load_balancer {
    host                 = "www.shop.example"
    certificate          = "arn:aws:acm:eu-west-1:123456789012:certificate/8c1d2f3a-1111-2222-3333-444455556666"
    deregistration_delay = 60

    health_check {
      path     = "/healthz"
      matcher  = "200-299"
      interval = 15
      timeout  = 5
    }
  }

  policy = "policies/web.json"
}

# Behind the same load balancer, by path.
service "api" {
  port               = 9000
  cpu                = 256
  memory             = 512
  log_retention_days = 90

  build {
    context = "services/api"
  }

  load_balancer {
    host         = "www.shop.example"
    path         = "/api/*"
    health_check = "/api/healthz"
  }
}

# No port and no load balancer: it watches queues.
service "worker" {
  cpu      = 512
  memory   = 1024
  strategy = { EC2 = 1 }
  command  = ["node", "worker.js"]
  policy   = "arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess"

  build {
    context = "services/worker"
  }

  # Mail goes out too. HTTPS and what is in the VPC are reached anyway.
  egress {
    to   = "0.0.0.0/0"
    port = 587
  }
}

# An image that somebody else builds.
service "proxy" {
  port = 80

  image {
    first = "public.ecr.aws/docker/library/nginx:1.28"
  }

  load_balancer {
    name     = "shop-internal"
    internal = true
    allow    = ["10.20.0.0/16"]
  }
}

parameter "/dockerhub/user" {
  value = variable("dockerhub_user")
}

parameter "/dockerhub/token" {
  value = variable("dockerhub_token")
}

secret "shop/database" {
  values  = { url = variable("database_url") }
  version = 2
}

environment "production" {
  tags = { CostCenter = "4711" }
}
