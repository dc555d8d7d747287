# State in a bucket under a key of its own; an environment with a name and tags.
project "app" {
  region  = "eu-central-1"
  account = "123456789012"
  tags    = { Team = "platform", "Cost Center" = "4711", Project = "renamed" }
}

state "s3" {
  bucket  = "app-terraform-state"
  region  = "eu-west-1"
  kms_key = "arn:aws:kms:eu-west-1:123456789012:key/8c1d2f3a-1111-2222-3333-444455556666"
}

source "codecommit" {
  repository = "app"
  branch     = "release/2"
}

cluster "app" {
  capacity "FARGATE" {}
}

service "app" {
  port               = 80
  name               = "app-service"
  log_retention_days = 30
  build { buildspec = "ci/build.yml" }
  pipeline { timeout_minutes = 20 }
  load_balancer {}
}

environment "staging" {
  tags = { Stage = "staging", Team = "qa" }
}
