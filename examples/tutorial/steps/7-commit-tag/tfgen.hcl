# A commit on main becomes an image, and the image a rolling deployment.
project "myweb" {
  region = "ap-south-1"
}

source "codecommit" {
  repository = "mywebrepo"
  branch     = "main"
}

cluster "my-cluster" {
  capacity "FARGATE" {}
  capacity "FARGATE_SPOT" {}

  capacity "EC2" {
    instance_type = "t3.micro"
    min_size      = 0
    max_size      = 5
  }
}

service "myweb" {
  name          = "my-rolling-service"
  port          = 80
  cpu           = 512
  memory        = 1024
  desired_count = 2
  public_ip     = true
  strategy      = { FARGATE = 1 }

  image {
    repository = "myweb"
  }

  build {
    project   = "myweb-project"
    image     = "aws/codebuild/amazonlinux-x86_64-standard:5.0"
    buildspec = "buildspec.yml"
    logins    = ["dockerhub"]
  }

  pipeline {
    name           = "myweb-pipeline"
    execution_mode = "QUEUED"
  }

  deployment {
    minimum_healthy_percent = 100
    maximum_percent         = 200
    circuit_breaker         = false # The default is true: a failed rollout rolls back.
  }

  load_balancer {
    name                 = "my-rolling-service-alb"
    target_group         = "my-rolling-service-target-group"
    health_check         = "/"
    deregistration_delay = 30
  }
}
