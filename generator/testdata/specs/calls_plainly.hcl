# The same, where each service's build does so.
project "shop" {
  region = "eu-west-1"
}

source "codecommit" { repository = "shop" }

service "shop" {
  build { buildspec = "buildspecs/calls.yml" }
}
