# Nothing listens: no load balancer anywhere.
project "jobs" { region = "eu-central-1" }

source "codecommit" { repository = "jobs" }

cluster "jobs" {
  capacity "FARGATE" {}
  capacity "FARGATE_SPOT" {}
}

service "mail" {
  build { context = "mail" }
}

service "report" {
  strategy = { FARGATE_SPOT = 1 }
  command  = ["report", "--all"]
  image { first = "example/report:1" }
  build { context = "report" }
}
