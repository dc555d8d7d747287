# The only repository is there already.
project "app" { region = "eu-west-1" }

source "codecommit" { repository = "app" }

cluster "app" {
  capacity "FARGATE" {}
}

service "app" {
  image {
    repository = "team/app"
    create     = false
  }

  build {}
}
