# Services that answer to several hosts and paths. An address has no wildcard; /orders stays with the service that names it.
project "app" {
  region = "eu-west-1"
}

cluster "app" {
  capacity "FARGATE" {}
}

service "shop" {
  port = 80
  image { first = "nginx" }

  load_balancer {
    host = ["*.app.example", "app.example"]
    path = ["/shop/*", "/basket"]
  }
}

service "orders" {
  port = 80
  image { first = "nginx" }
  load_balancer { path = "/orders/*" }
}

service "order" {
  port = 80
  image { first = "nginx" }
  load_balancer { path = ["/orders", "/order*"] }
}

service "tenants" {
  port = 80
  image { first = "nginx" }
  load_balancer { host = "*.tenants.example" }
}
