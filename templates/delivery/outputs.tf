output "clone_url_http" {
  description = "Address to clone the repository from and to push to."
  value       = module.source.clone_url_http
}

dynamic "output" {
  for_each = spec.pipelines[*]
  labels   = ["pipelines"]

  content {
    description = "Name of each service's pipeline."
    value       = { for name, pipeline in module.pipeline : name => pipeline.name }
  }
}

dynamic "output" {
  for_each = spec.registries[*]
  labels   = ["registries"]

  content {
    description = "Address of each service's ECR repository."
    value       = { for name, registry in module.registry : name => registry.url }
  }
}
