# What runs now. The pipeline registers revisions too, so Terraform asks the
# service for its image instead of putting back the one it saw last: a change of
# cpu or memory reaches the service with the image that was deployed, and after a
# rollback the older image stays.
#
# This says that there is a service to ask. It is written after the service, and gone
# before it. Reading a service that does not exist would fail; a path without
# parameters is an empty list.
dynamic "resource" {
  for_each = spec.live[*]
  labels   = ["aws_ssm_parameter", "live"]

  content {
    name        = "${local.live_path}/service"
    description = "Written after the ECS service ${var.name}, so that the next plan asks it for its image."
    type        = "String" # checkov:skip=CKV2_AWS_34: The name of a service is no secret.
    value       = var.name

    depends_on = [aws_ecs_service.this]
  }
}

dynamic "data" {
  for_each = spec.live[*]
  iterator = once
  labels   = ["aws_ssm_parameters_by_path", "live"]

  content {
    path = local.live_path
  }
}

dynamic "data" {
  for_each = spec.live[*]
  iterator = once
  labels   = ["aws_ecs_service", "live"]

  content {
    for_each = toset(data.aws_ssm_parameters_by_path.live.names)

    # By name: an attribute of a resource here would be unknown in each plan that
    # changes the resource, and the image with it.
    cluster_arn  = var.cluster_name
    service_name = var.name
  }
}

dynamic "data" {
  for_each = spec.live[*]
  iterator = once
  labels   = ["aws_ecs_container_definition", "live"]

  content {
    for_each = data.aws_ecs_service.live

    task_definition = each.value.task_definition
    container_name  = var.container_name
  }
}

dynamic "locals" {
  for_each = spec.live[*]

  content {
    live_path = "/ecs/${var.cluster_name}/${var.name}/live"

    # The first image runs until there is a live one.
    live_images = values(data.aws_ecs_container_definition.live)[*].image
    image       = spec.unpiped.differ ? coalesce(var.image, one(local.live_images), spec.unbuilt == null ? var.first_image : spec.first_image.used == null ? local.unbuilt_image : local.first_image) : coalesce(one(local.live_images), spec.unbuilt == null ? var.first_image : spec.first_image.used == null ? local.unbuilt_image : local.first_image)
  }
}

# Before the first build there is no image to name. The pipeline's first rollout
# brings one.
dynamic "locals" {
  for_each = spec.unbuilt[*]

  content {
    first_image   = spec.first_image.used == null ? null : coalesce(var.first_image, local.unbuilt_image)
    registry      = "${local.account}.dkr.ecr.${var.region}.${data.aws_partition.current.dns_suffix}"
    unbuilt_image = spec.registry.differ ? "${local.registry}/${coalesce(var.registry_name, var.container_name)}:not-yet-built" : "${local.registry}/${var.registry_name}:not-yet-built"
  }
}
