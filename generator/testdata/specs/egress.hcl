# Of services that share a module one reaches more than usual, and one less.
project "app" { region = "eu-central-1" }

source "codecommit" { repository = "app" }

cluster "app" {
  capacity "FARGATE" {}
}

service "app" {
  build {}

  egress {
    to   = ["203.0.113.0/24", "sg-0a1b2c3d4e5f67890", "pl-0a1b2c3d4e5f67890"]
    port = "8000-8100"
  }

  egress { to = "10.1.0.0/16" }

  egress {
    to       = "10.2.0.0/16"
    protocol = "udp"
  }
}

service "strict" {
  build { context = "strict" }

  egress {
    to   = "vpc"
    port = 5432
  }
}
