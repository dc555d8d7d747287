# One worker is built here, one is not, and one is built and not deployed.
project "jobs" { region = "eu-central-1" }

source "codecommit" { repository = "jobs" }

cluster "jobs" {
  capacity "FARGATE" {}
}

service "mail" {
  build { context = "mail" }
}

service "queue" {
  image { first = "example/queue:1" }
}
