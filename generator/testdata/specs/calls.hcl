# Builds that call AWS, report tests, and may do what a policy says.
project "shop" {
  region = "eu-west-1"
}

source "codecommit" { repository = "shop" }

service "web" {
  build {
    buildspec = "buildspecs/calls.yml"
    policy    = "policies/build.json"
  }
}

service "api" {
  build {
    context = "api"
    policy  = "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess"
  }
}
