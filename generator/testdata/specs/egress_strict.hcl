# All services that share a module reach of the VPC only what is named.
project "app" { region = "eu-central-1" }

source "codecommit" { repository = "app" }

cluster "app" {
  capacity "FARGATE" {}
}

network {
  vpc_id     = "vpc-0a1b2c3d4e5f67890"
  subnet_ids = ["subnet-0a1b2c3d4e5f67890", "subnet-0a1b2c3d4e5f67891"]
}

service "app" {
  build {}

  egress {
    to   = "vpc"
    port = 5432
  }

  egress {
    to       = "vpc"
    port     = 6379
    protocol = "tcp"
  }
}
