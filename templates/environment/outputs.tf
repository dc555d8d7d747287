dynamic "output" {
  for_each = spec.behind[*]
  iterator = once
  labels   = ["urls"]

  content {
    description = "Where each service answers."
    value = {
      for name, service in spec.both ? merge(local.services, local.pipeline_owned_services) : spec.behind :
      name => format("%s://%s%s%s",
        spec.balancers[service.load_balancer].scheme,
        spec.hosts.used == null ? spec.balancers[service.load_balancer].dns_name : [
          for host in concat(spec.both ? lookup(service, "hosts", []) : service.hosts, [spec.balancers[service.load_balancer].dns_name]) :
          host if length(regexall("[*?]", host)) == 0
        ][0],
        spec.balancers[service.load_balancer].port,
        replace(service.paths[0], "/^/\\*$|\\*/", ""),
      )
    }
  }
}
