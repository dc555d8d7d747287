# A commit on main becomes an image.
project "myweb" {
  region = "ap-south-1"
}

source "codecommit" {
  repository = "mywebrepo"
  branch     = "main"
}

service "myweb" {
  image {
    registry   = "dockerhub"
    repository = "my-angular-app"
    tag        = "latest"
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

    environment = {
      DOCKERHUB_TOKEN = variable("dockerhub_token")
      DOCKERHUB_USER  = variable("dockerhub_user")
    }
  }
}
