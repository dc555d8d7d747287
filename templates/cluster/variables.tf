variable "fargate_providers" {
  type        = list(string)
  description = "FARGATE, FARGATE_SPOT, both or none."
}

dynamic "variable" {
  for_each = spec.ec2[*]
  labels   = ["id"]

  content {
    type        = string
    description = "What the names of the instances' role and profile begin with, which the account shares."
  }
}

dynamic "variable" {
  for_each = spec.ec2[*]
  labels   = ["image_id"]

  content {
    type        = string
    description = "Image of the instances. EC2 looks a resolve:ssm: reference up at each launch, so no plan changes when AWS publishes one."
  }
}

dynamic "variable" {
  for_each = spec.ec2[*]
  labels   = ["instance_type"]

  content {
    type        = string
    description = "Type of the instances, such as t3.micro."
  }
}

dynamic "variable" {
  for_each = spec.ec2[*]
  labels   = ["max_size"]

  content {
    type        = number
    description = "The most instances that ECS may start."
  }
}

dynamic "variable" {
  for_each = spec.ec2[*]
  labels   = ["min_size"]

  content {
    type        = number
    description = "Instances that run even when no task needs them."
  }
}

variable "name" {
  type        = string
  description = "Name of the cluster, and what the names of its parts begin with."
}

dynamic "variable" {
  for_each = spec.ec2[*]
  labels   = ["region"]

  content {
    type        = string
    description = "Region of the cluster."
  }
}

dynamic "variable" {
  for_each = spec.ec2[*]
  labels   = ["subnet_ids"]

  content {
    type        = list(string)
    description = "IDs of the subnets of the instances."
  }
}

dynamic "variable" {
  for_each = spec.ec2[*]
  labels   = ["target_capacity"]

  content {
    type        = number
    description = "Percent of the group that tasks shall use, 1 to 100. Less keeps room for a quick start."
  }
}

dynamic "variable" {
  for_each = spec.ec2[*]
  labels   = ["vpc_id"]

  content {
    type        = string
    description = "ID of the VPC of the instances."
  }
}
