# No cluster: the pipeline ends after the build, and there is one root.
project "app" { region = "eu-central-1" }

source "codecommit" { repository = "app" }

service "app" {
  build {
    logins = ["ecr_public"]
    test   = ["make test"]
  }
}
