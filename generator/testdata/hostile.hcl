# Every text that a spec can hold. TestHostile writes a hostile text for the one
# in quotes on each line that is marked as free, on all of them at once, except
# for those alone: other texts follow from these.
project "projectx" {         # free, alone
  region  = "eu-central-1"   # free
  account = "123456789012"   # free
  output  = "generated-code" # free, alone
  tags = {
    Team        = "the team" # free
    "Cost Code" = 4711       # free
  }
}

state "s3" {
  bucket  = "app-terraform-state"                                                         # free
  region  = "eu-west-1"                                                                   # free
  kms_key = "arn:aws:kms:eu-west-1:123456789012:key/8c1d2f3a-1111-2222-3333-444455556666" # free
}

source "codecommit" {
  repository = "source-repository" # free
  branch     = "trunkx"            # free
}

network {
  vpc_id = "vpc-0a1b2c3d4e5f67890" # free
  subnet_ids = [
    "subnet-0a1b2c3d4e5f67890", # free
    "subnet-0a1b2c3d4e5f67891",
  ]
  load_balancer_subnet_ids = [
    "subnet-0a1b2c3d4e5f67892", # free
    "subnet-0a1b2c3d4e5f67893",
  ]
}

cluster "the-cluster" { # free
  capacity "FARGATE" {}
  capacity "EC2" {
    instance_type = "t3.medium" # free
  }
}

service "frontend" {   # free, alone
  name = "web-service" # free
  port = 8080
  environment = {
    PLAIN    = "plain value"          # free
    FEATURES = ssm("/web/features")   # free
    URL      = secret("web/database") # free
    KEY = secret("web/other",
    "the key") # free
  }
  command = [
    "serve it", # free
  ]
  policy = "policies/web.json" # free

  image {
    repository = "web/image"     # free
    first      = "example/web:1" # free
  }

  build {
    project    = "web-build"                                     # free
    image      = "aws/codebuild/amazonlinux-x86_64-standard:5.0" # free
    context    = "services/web"                                  # free
    dockerfile = "Dockerfile.web"                                # free
    buildspec  = "ci.yml"                                        # free
    environment = {
      BUILD_PLAIN = "build value"           # free
      BUILD_SSM   = ssm("/build/parameter") # free
      BUILD_TOKEN = secret("build/secret")  # free
    }
    test = [
      "make test", # free
    ]
  }

  pipeline {
    name = "web-pipeline" # free
    environment = {
      PIPELINE_PLAIN = "pipeline value"        # free
      HANDED         = variable("handed_over") # free
    }
  }

  deployment {
    alarms = [
      "web errors", # free
    ]
  }

  load_balancer {
    name         = "web-lb"                                                                                 # free
    target_group = "web-group"                                                                              # free
    certificate  = "arn:aws:acm:eu-central-1:123456789012:certificate/8c1d2f3a-1111-2222-3333-444455556666" # free
    host         = "www.app.example"                                                                        # free
    path         = "/web*"                                                                                  # free
    allow = [
      "10.0.0.0/8", # free
    ]
    health_check {
      path    = "/healthz" # free
      matcher = "200-299"  # free
    }
  }
}

service "other" {
  policy = "arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess"
  image {
    first = "example/other:1" # free
  }
}

parameter "/made/parameter" {     # free, alone
  value = variable("a_parameter") # free, alone
}

secret "made/secret" { # free, alone
  values = {
    "the name" = variable("a_secret")
    other      = variable("another_secret") # free, alone
  }
}

environment "live-stage" { # free, alone
  tags = {
    Stage = "the stage" # free
  }
}
