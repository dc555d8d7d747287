dynamic "output" {
  for_each = spec.reachable[*]
  labels   = ["urls"]

  content {
    description = "Where each service answers."
    value = spec.listeners == null ? {
      for name, service in spec.both ? merge(local.services, local.pipeline_owned_services) : spec.behind :
      name => spec.hosts.used == null ? "${module.load_balancer[service.load_balancer].url}${trimsuffix(service.path, "/*")}" : join("", [
        replace(module.load_balancer[service.load_balancer].url, module.load_balancer[service.load_balancer].dns_name, length(service.hosts) > 0 ? service.hosts[0] : module.load_balancer[service.load_balancer].dns_name),
        trimsuffix(service.path, "/*"),
      ])
      } : {
      for name, service in spec.both ? merge(local.services, local.pipeline_owned_services) : spec.behind :
      name => "https://${service.hosts[0]}${trimsuffix(service.path, "/*")}" if length(service.hosts) > 0
    }
  }
}
