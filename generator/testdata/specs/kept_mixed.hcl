# Tags move everywhere, and only some repositories drop old images.
project "app" { region = "eu-central-1" }

source "codecommit" { repository = "app" }

cluster "app" {
  capacity "FARGATE" {}
}

service "one" {
  image {
    immutable = false
    keep      = 10
  }
  build { context = "one" }
}

service "two" {
  image { immutable = false }
  build { context = "two" }
}
