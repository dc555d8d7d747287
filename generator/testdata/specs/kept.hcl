# All keep their newest images.
project "app" { region = "eu-central-1" }

source "codecommit" { repository = "app" }

cluster "app" {
  capacity "FARGATE" {}
}

service "one" {
  image { keep = 10 }
  build { context = "one" }
}

service "two" {
  image { keep = 20 }
  build {
    context      = "two"
    compute_type = "BUILD_GENERAL1_LARGE"
    cache        = false
  }
}
