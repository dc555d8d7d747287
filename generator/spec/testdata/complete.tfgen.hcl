# Everything that a spec can say, each argument once at least.
project "shop" {
  account = "012345678901"
  region  = "eu-west-1"
  output  = "deploy/infra"
  kms_key = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  tags    = { Team = "shop", Cost = 42 }
}

state "s3" {
  bucket  = "shop-terraform-state"
  region  = "eu-central-1"
  kms_key = "arn:aws:kms:eu-central-1:012345678901:key/0a1b2c3d"
}

source "codecommit" {
  repository = "${project.name}-code"
  branch     = "trunk"
  create     = false
}

network {
  cidr  = "10.20.0.0/16"
  nat   = "per_zone"
  zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
}

cluster "shop" {
  container_insights = true

  capacity "FARGATE" {}
  capacity "FARGATE_SPOT" {}

  capacity "EC2" {
    instance_type   = "m7g.large"
    min_size        = 1
    max_size        = 8
    target_capacity = 90
  }
}

service "web" {
  name                  = "shop-frontend"
  port                  = 8080
  cpu                   = 1024
  memory                = 4096
  desired_count         = 3
  public_ip             = false
  architecture          = "ARM64"
  strategy              = { FARGATE = { weight = 1, base = 1 }, FARGATE_SPOT = 3 }
  command               = ["serve", "--region", project.region]
  log_retention_days    = 30
  policy                = "arn:aws:iam::${project.account}:policy/shop-web"
  task_definition_owner = "pipeline"

  environment = {
    LOG_LEVEL    = "info"
    STAGE        = environment.name
    WORKERS      = 4
    DATABASE_URL = secret("shop/${environment.name}/db", "url")
    SIGNING_KEY  = ssm("/shop/signing-key")
    UNSET        = null
  }

  image {
    registry   = "ecr"
    repository = "shop/frontend"
    tag        = "commit"
    immutable  = true
    keep       = 50
    scan       = false
    first      = "public.ecr.aws/docker/library/httpd:2.4"
  }

  build {
    project      = "shop-frontend-build"
    image        = "aws/codebuild/amazonlinux-aarch64-standard:3.0"
    compute_type = "BUILD_GENERAL1_LARGE"
    privileged   = true
    context      = "services/web"
    dockerfile   = "docker/Dockerfile"
    buildspec    = "ci/buildspec.yml"
    cache        = false
    logins       = ["ecr_public", "dockerhub"]
    test         = ["make test", "make lint"]
    environment = {
      DOCKERHUB_USER  = ssm("/dockerhub/user")
      DOCKERHUB_TOKEN = secret("dockerhub", "token")
    }
  }

  pipeline {
    name            = "shop-frontend-pipeline"
    execution_mode  = "SUPERSEDED"
    timeout_minutes = 30
    deploy          = true
    environment     = { MODE = "release" }
  }

  deployment {
    minimum_healthy_percent   = 50
    maximum_percent           = 150
    circuit_breaker           = false
    health_check_grace_period = 60
    alarms                    = ["web-errors", "web-latency"]
  }

  load_balancer {
    name                 = "shop-public"
    target_group         = "shop-frontend"
    listener_port        = 8443
    certificate          = "arn:aws:acm:eu-west-1:012345678901:certificate/8c1d"
    host                 = "www.${environment.name}.shop.example"
    path                 = "/*"
    priority             = 1200
    deregistration_delay = 15
    allow                = ["10.0.0.0/8", "203.0.113.7/32"]
    internal             = true

    health_check {
      path                = "/healthz"
      matcher             = "200-299"
      interval            = 15
      timeout             = 4
      healthy_threshold   = 3
      unhealthy_threshold = 4
    }
  }
}

service "api" {
  port         = 80
  architecture = "ARM64"
  strategy     = { EC2 = 1 }

  build { context = "services/api" }

  load_balancer {
    name         = "shop-public"
    path         = "/api/*"
    health_check = "/api/health"
  }
}

service "shop" {
  port = 80

  build { context = "services/shop" }

  load_balancer {
    existing = "arn:aws:elasticloadbalancing:eu-west-1:012345678901:listener/app/old/50dc6c495c0c9188/f2f7dc8efc522ab2"
  }
}

service "worker" {
  strategy = { FARGATE_SPOT = 1 }

  egress {
    to   = ["sg-0a1b2c3d4e5f67890", "10.1.0.0/16"]
    port = 5432
  }

  egress {
    to       = "pl-0a1b2c3d4e5f67890"
    port     = "8000-8100"
    protocol = "udp"
  }

  egress {
    to   = "vpc"
    port = 6379
  }

  image {
    first       = "ghcr.io/acme/busybox:1.36"
    credentials = secret("ghcr")
  }
}

parameter "/dockerhub/user" {
  value = variable("dockerhub_user")
}

parameter "/shop/signing-key" {
  value   = variable("signing_key")
  version = 3
}

secret "dockerhub" {
  version = 2
  values  = { user = variable("dockerhub_user"), token = variable("dockerhub_token") }
}

environment "live" {
  tags = { Stage = "live" }
}
