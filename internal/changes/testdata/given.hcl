# In a network that was there before, with three kinds of service.
project "dock" {
  region = "eu-central-1"
}

source "codecommit" {
  repository = "harbour"
}

network {
  vpc_id     = "{vpc}"
  subnet_ids = ["{subnet 1}", "{subnet 2}"]
}

cluster "dock" {
  capacity "FARGATE" {}
}

service "quay" {
  port = 80

  image {
    first = "public.ecr.aws/docker/library/nginx:1.28"
  }

  load_balancer {}
}

service "hold" {
  build {}

  image {
    first = "public.ecr.aws/docker/library/busybox:1.37"
  }
}

service "winch" {
  image {
    first = "public.ecr.aws/docker/library/busybox:1.37"
  }
}
