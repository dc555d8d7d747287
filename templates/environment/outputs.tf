dynamic "output" {
  for_each = spec.reachable[*]
  labels   = ["urls"]

  content {
    description = "Where each service answers."
    value = spec.listeners == null ? {
      for name, service in spec.both ? merge(local.services, local.pipeline_owned_services) : spec.behind :
      name => format("%s://%s%s",
        module.load_balancer[service.load_balancer].scheme,
        spec.hosts.used == null ? module.load_balancer[service.load_balancer].authority : coalesce(one(service.hosts), module.load_balancer[service.load_balancer].authority),
        trimsuffix(service.path, "/*"),
      )
      } : {
      for name, service in spec.both ? merge(local.services, local.pipeline_owned_services) : spec.behind :
      name => "https://${service.hosts[0]}${trimsuffix(service.path, "/*")}" if length(service.hosts) > 0
    }
  }
}
