# One task has a policy of AWS's, one a file, one none.
project "app" {
  region = "eu-central-1"
  output = "deploy/infra"
}

source "codecommit" { repository = "app" }

cluster "app" {
  capacity "FARGATE" {}
}

service "reader" {
  policy = "arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess"
  build { context = "reader" }
}

service "writer" {
  policy = "policies/writer.json"
  build { context = "writer" }
}

service "idler" {
  build { context = "idler" }
}
