# A network, instances, a key and names of a team's own.
project "yard" {
  region  = "eu-central-1"
  kms_key = "{key}"
}

source "codecommit" {
  repository = "yard"
}

network {
  cidr  = "10.40.0.0/16"
  zones = ["eu-central-1a", "eu-central-1b"]
  nat   = "none"
}

cluster "yard" {
  capacity "FARGATE" {}
}

service "gate" {
  port = 80

  build {
    project = "gate-build"
  }

  pipeline {
    name = "gate-pipeline"
  }

  image {
    first = "public.ecr.aws/docker/library/nginx:1.28"
  }

  load_balancer {}
}

service "crane" {
  image {
    first = "public.ecr.aws/docker/library/busybox:1.37"
  }

  environment = {
    TOKEN = ssm("/yard/token")
    URL   = secret("yard/database", "url")
  }
}

parameter "/yard/token" {
  value = variable("token")
}

secret "yard/database" {
  values = { url = variable("url") }
}
