# The network exists, and has subnets of two kinds. Instances live in it too.
project "app" {
  region  = "eu-central-1"
  account = "012345678901"
}

source "codecommit" { repository = "app" }

network {
  vpc_id                   = "vpc-0a1b2c3d4e5f67890"
  subnet_ids               = ["subnet-0a1b2c3d4e5f67890", "subnet-0a1b2c3d4e5f67891"]
  load_balancer_subnet_ids = ["subnet-0a1b2c3d4e5f67892", "subnet-0a1b2c3d4e5f67893"]
}

cluster "app" {
  container_insights = true
  capacity "EC2" { instance_type = "t3.medium" }
}

service "app" {
  port     = 80
  strategy = { EC2 = 1 }
  build {}
  load_balancer {}
}
