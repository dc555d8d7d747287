# After the first revision all are the pipeline's.
project "app" { region = "eu-central-1" }

source "codecommit" { repository = "app" }

cluster "app" {
  capacity "FARGATE" {}
}

service "app" {
  port                  = 80
  task_definition_owner = "pipeline"
  build {}
  load_balancer {}
}
