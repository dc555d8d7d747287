locals {
  # What the services' images differ in. All else is in modules/registry.
  registries = spec.registries

  # What the services' pipelines differ in. All else is in modules/pipeline.
  pipelines = spec.pipelines
}

module "source" {
  source = "../modules/source"

  name        = spec.repository
  description = spec.description
}

dynamic "module" {
  for_each = spec.registries[*]
  iterator = once
  labels   = ["registry"]

  content {
    source   = "../modules/registry"
    for_each = local.registries

    name                 = each.value.name
    image_tag_mutability = spec.registry_set.image_tag_mutability == null ? null : each.value.image_tag_mutability
    keep                 = spec.registry_set.keep == null ? null : each.value.keep
    scan_on_push         = spec.registry_set.scan_on_push == null ? null : each.value.scan_on_push
    force_destroy        = var.force_destroy
  }
}

# Repositories that exist already.
dynamic "data" {
  for_each = spec.given_registries[*]
  labels   = ["aws_ecr_repository", "existing"]

  content {
    for_each = spec.given_registries

    name = each.value
  }
}

dynamic "locals" {
  for_each = spec.given_registries[*]

  content {
    registry_names = spec.registries == null ? { for name, registry in data.aws_ecr_repository.existing : name => registry.name } : merge(
      { for name, registry in data.aws_ecr_repository.existing : name => registry.name },
      { for name, registry in local.registries : name => registry.name },
    )
  }
}

dynamic "module" {
  for_each = spec.pipelines[*]
  iterator = once
  labels   = ["pipeline"]

  content {
    source   = "../modules/pipeline"
    for_each = local.pipelines

    id                     = each.value.id
    name                   = each.value.name
    execution_mode         = spec.set.execution_mode == null ? null : each.value.execution_mode
    project_name           = each.value.project_name
    branch                 = spec.branch
    repository_name        = spec.repository
    artifact_bucket_prefix = each.value.artifact_bucket_prefix
    force_destroy          = var.force_destroy
    region                 = local.region

    build_cache           = spec.set.build_cache == null ? null : each.value.build_cache
    build_compute_type    = spec.set.build_compute_type == null ? null : each.value.build_compute_type
    build_environment     = spec.set.build_environment == null ? null : each.value.build_environment
    build_image           = each.value.build_image
    build_policies        = spec.set.build_policies == null ? null : { for name, document in each.value.build_policies : name => file("${path.module}/${document}") }
    build_policy_arns     = spec.set.build_policy_arns == null ? null : each.value.build_policy_arns
    build_privileged      = spec.set.build_privileged == null ? null : each.value.build_privileged
    build_timeout_minutes = spec.set.build_timeout_minutes == null ? null : each.value.build_timeout_minutes
    build_type            = spec.set.build_type == null ? null : each.value.build_type
    buildspec             = spec.set.buildspec == null ? null : each.value.buildspec
    calls                 = spec.set.calls == null ? null : each.value.calls
    ecr_public            = spec.ecr_public.differ ? each.value.ecr_public : null
    kms_key_arn           = spec.kms_key.used == null ? null : (spec.kms_key.differ ? lookup(each.value, "kms_key_arn", null) : spec.kms_key_arn)
    log_retention_days    = spec.set.log_retention_days == null ? null : each.value.log_retention_days
    looks_first           = spec.looks_first.differ ? each.value.looks_first : null
    marks                 = spec.marks.differ ? each.value.marks : null
    parameters            = spec.set.parameters == null ? null : each.value.parameters
    pipeline_environment  = spec.set.pipeline_environment == null ? null : each.value.pipeline_environment
    registry_name         = spec.registry.used == null ? null : (spec.given_registries == null ? (spec.registry.differ ? lookup({ for name, registry in local.registries : name => registry.name }, each.key, null) : local.registries[each.key].name) : (spec.registry.differ ? lookup(local.registry_names, each.key, null) : local.registry_names[each.key]))
    reports               = spec.reports.differ ? each.value.reports : null
    secrets               = spec.set.secrets == null ? null : each.value.secrets

    deployment = spec.deployment.used == null ? null : (spec.deployment.differ ? lookup(each.value, "deployment", null) : each.value.deployment)
  }
}
