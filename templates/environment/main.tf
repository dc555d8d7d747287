locals {
  # What the load balancers differ in. All else is in modules/load_balancer.
  load_balancers = spec.load_balancers

  # What the services behind load balancers differ in. All else is in modules/service.
  services = spec.services

  # What the services without load balancers differ in. All else is in modules/worker.
  workers = spec.workers

  # Services whose revisions, all but the first, are the pipeline's.
  pipeline_owned_services = spec.pipeline_owned_services

  # Services without load balancers whose revisions, all but the first, are the pipeline's.
  pipeline_owned_workers = spec.pipeline_owned_workers
}

# The network is someone else's.
dynamic "locals" {
  for_each = spec.network.given[*]

  content {
    load_balancer_subnet_ids = spec.load_balancers == null ? null : spec.network.load_balancer_subnet_ids
    subnet_ids               = spec.network.subnet_ids
    vpc_cidrs                = [for range in data.aws_vpc.this.cidr_block_associations : range.cidr_block if range.state == "associated"]
    vpc_id                   = spec.network.vpc_id
  }
}

dynamic "data" {
  for_each = spec.network.given[*]
  iterator = once
  labels   = ["aws_vpc", "this"]

  content {
    id = local.vpc_id
  }
}

dynamic "module" {
  for_each = spec.network.module[*]
  iterator = once
  labels   = ["network"]

  content {
    source = "../../modules/network"

    name   = spec.network.name
    cidr   = spec.network.cidr
    region = spec.network.private != null || spec.network.new != null && spec.network.zones == null ? local.region : null
    zones  = spec.network.zones
  }
}

dynamic "module" {
  for_each = spec.cluster.module[*]
  iterator = once
  labels   = ["cluster"]

  content {
    source = "../../modules/cluster"

    name              = spec.cluster.name
    fargate_providers = spec.cluster.fargate_providers

    id              = spec.cluster.ec2 == null ? null : spec.cluster.id
    image_id        = spec.cluster.ec2 == null ? null : spec.cluster.ec2.image_id
    instance_type   = spec.cluster.ec2 == null ? null : spec.cluster.ec2.instance_type
    max_size        = spec.cluster.ec2 == null ? null : spec.cluster.ec2.max_size
    min_size        = spec.cluster.ec2 == null ? null : spec.cluster.ec2.min_size
    region          = spec.cluster.ec2 == null ? null : local.region
    subnet_ids      = spec.cluster.ec2 == null ? null : (spec.network.module == null ? local.subnet_ids : module.network.subnet_ids)
    target_capacity = spec.cluster.ec2 == null ? null : spec.cluster.ec2.target_capacity
    vpc_id          = spec.cluster.ec2 == null ? null : (spec.network.module == null ? local.vpc_id : module.network.vpc_id)
  }
}

# The cluster is someone else's: it is looked up by its name.
dynamic "data" {
  for_each = spec.cluster.existing[*]
  iterator = once
  labels   = ["aws_ecs_cluster", "this"]

  content {
    cluster_name = spec.cluster.name
  }
}

dynamic "module" {
  for_each = spec.load_balancers[*]
  iterator = once
  labels   = ["load_balancer"]

  content {
    source   = "../../modules/load_balancer"
    for_each = local.load_balancers

    name              = each.key
    internal          = spec.set.internal == null ? null : each.value.internal
    allowed_cidrs     = each.value.allowed_cidrs
    listener_port     = each.value.listener_port
    certificate_arns  = spec.set.certificate_arns == null ? null : each.value.certificate_arns
    redirect_ports    = spec.https.used == null ? null : (spec.set.redirect_ports == null ? [] : each.value.redirect_ports)
    log_bucket_prefix = each.value.log_bucket_prefix
    force_destroy     = var.force_destroy
    subnet_ids        = spec.network.module == null ? local.load_balancer_subnet_ids : module.network.load_balancer_subnet_ids
    vpc_id            = spec.network.module == null ? local.vpc_id : module.network.vpc_id
  }
}

dynamic "module" {
  for_each = spec.groups
  iterator = group
  labels   = [group.value.module]

  content {
    source   = group.value.source
    for_each = group.value.local

    id                         = each.value.id
    name                       = each.value.name
    container_name             = each.key
    architecture               = group.value.set.architecture == null ? null : each.value.architecture
    compatibilities            = each.value.compatibilities
    cpu                        = each.value.cpu
    memory                     = each.value.memory
    desired_count              = each.value.desired_count
    capacity_provider_strategy = each.value.capacity_provider_strategy
    public_ip                  = group.value.set.public_ip == null ? null : each.value.public_ip

    command     = group.value.set.command == null ? null : each.value.command
    environment = group.value.set.environment == null ? null : each.value.environment
    parameters  = group.value.parameters.used == null ? null : (group.value.parameters_made == null ? each.value.parameters : { for name, path in each.value.parameters : name => lookup(module.secrets.parameter_paths, path, path) })
    secrets = group.value.secrets.used == null ? null : {
      for name, secret in each.value.secrets :
      name => merge(secret, { arn = group.value.secrets_named == null ? secret.name : group.value.secret_arns == null ? local.secret_arns[secret.name] : lookup(local.secret_arns, secret.name, secret.name) })
    }
    credentials_arn  = group.value.credentials.used == null ? null : group.value.credentials.differ ? (group.value.credentials_named == null ? lookup(each.value, "credentials", null) : one([for secret in lookup(each.value, "credentials", null)[*] : group.value.credentials_arns == null ? local.secret_arns[secret] : lookup(local.secret_arns, secret, secret)])) : group.value.credentials_named == null ? each.value.credentials : group.value.credentials_arns == null ? local.secret_arns[each.value.credentials] : lookup(local.secret_arns, each.value.credentials, each.value.credentials)
    kms_key_arn      = group.value.kms_key.used == null ? null : (group.value.kms_key.differ ? lookup(each.value, "kms_key_arn", null) : group.value.kms_key_arn)
    image            = group.value.unpiped.used == null ? null : (group.value.unpiped.differ ? lookup(each.value, "image", null) : each.value.image)
    first_image      = group.value.first_image.used == null ? null : (group.value.first_image.differ ? lookup(each.value, "first_image", null) : each.value.first_image)
    image_repository = group.value.other_registry.used == null ? null : (group.value.other_registry.differ ? lookup(each.value, "image_repository", null) : each.value.image_repository)
    registry_name    = group.value.registry.used == null ? null : (group.value.registry.differ ? lookup(each.value, "registry_name", null) : each.value.registry_name)

    alarm_names             = group.value.set.alarm_names == null ? null : each.value.alarm_names
    circuit_breaker         = group.value.set.circuit_breaker == null ? null : each.value.circuit_breaker
    maximum_percent         = group.value.set.maximum_percent == null ? null : each.value.maximum_percent
    minimum_healthy_percent = group.value.set.minimum_healthy_percent == null ? null : each.value.minimum_healthy_percent
    wait_for_steady_state   = each.value.wait_for_steady_state

    port                            = group.value.load_balanced == null ? null : each.value.port
    hosts                           = group.value.hosts.used == null ? null : each.value.hosts
    paths                           = group.value.load_balanced == null ? null : each.value.paths
    rule_priority                   = group.value.load_balanced == null ? null : each.value.rule_priority
    target_group_name               = group.value.load_balanced == null ? null : each.value.target_group_name
    health_check                    = group.value.load_balanced == null ? null : each.value.health_check
    health_check_grace_period       = group.value.set.health_check_grace_period == null ? null : each.value.health_check_grace_period
    deregistration_delay            = group.value.load_balanced == null ? null : each.value.deregistration_delay
    listener_arn                    = group.value.load_balanced == null ? null : spec.balancers[each.value.load_balancer].listener_arn
    load_balancer_security_group_id = group.value.load_balanced == null ? null : spec.balancers[each.value.load_balancer].security_group_id

    egress     = group.value.set.egress == null ? null : each.value.egress
    vpc_egress = group.value.set.vpc_egress == null ? null : each.value.vpc_egress

    log_retention_days = group.value.set.log_retention_days == null ? null : each.value.log_retention_days
    task_policies      = group.value.policy_files == null ? null : { for name, document in each.value.task_policies : name => file("${path.module}/${document}") }
    task_policy_arns   = group.value.policy_arns == null ? null : each.value.task_policy_arns

    cluster_arn  = spec.cluster.existing == null ? module.cluster.arn : data.aws_ecs_cluster.this.arn
    cluster_name = spec.cluster.name
    region       = local.region
    subnet_ids   = spec.network.module == null ? local.subnet_ids : module.network.subnet_ids
    vpc_cidrs    = spec.network.module == null ? local.vpc_cidrs : module.network.vpc_cidrs
    vpc_id       = spec.network.module == null ? local.vpc_id : module.network.vpc_id
  }
}
