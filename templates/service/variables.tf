variable "alarm_names" {
  type        = list(string)
  description = "CloudWatch alarms that stop a rollout and roll it back."
  default     = []
}

variable "architecture" {
  type        = string
  description = "X86_64 or ARM64: what the image is built for."
  default     = "X86_64"
}

variable "capacity_provider_strategy" {
  type = map(object({
    base   = number
    weight = number
  }))
  description = "Which capacity providers tasks run on: the first base of them on that one, the rest by weight."
}

variable "circuit_breaker" {
  type        = bool
  description = "Whether a rollout whose tasks do not come up is given up and rolled back."
  default     = true
}

variable "cluster_arn" {
  type        = string
  description = "ARN of the cluster, once its capacity providers are there."
}

variable "cluster_name" {
  type        = string
  description = "Name of the cluster, by which the live service is looked up before anything is planned."
}

variable "command" {
  type        = list(string)
  description = "Command that the container runs; empty for the image's own."
  default     = []
}

variable "compatibilities" {
  type        = list(string)
  description = "FARGATE, EC2 or both: what a task definition is checked against."
}

variable "container_name" {
  type        = string
  description = "Name of the container."
}

variable "cpu" {
  type        = number
  description = "CPU units of a task: 1024 are a vCPU."
}

dynamic "variable" {
  for_each = spec.credentials.used[*]
  labels   = ["credentials_arn"]

  content {
    type        = string
    description = spec.credentials.differ ? "Whole ARN of the secret with username and password that images are pulled with; null for images that need none." : "Whole ARN of the secret with username and password that images are pulled with."
  }
}

dynamic "variable" {
  for_each = spec.load_balanced[*]
  labels   = ["deregistration_delay"]

  content {
    type        = number
    description = "Seconds that a task may finish requests in before it leaves the load balancer, 0 to 3600."
  }
}

variable "desired_count" {
  type        = number
  description = "How many tasks run."
}

variable "egress" {
  type = map(object({
    cidr_ipv4                    = optional(string)
    from_port                    = optional(number)
    ip_protocol                  = string
    prefix_list_id               = optional(string)
    referenced_security_group_id = optional(string)
    to_port                      = optional(number)
  }))
  description = "What tasks may reach beside HTTPS and their VPC, by words that tell it apart; each has one target, and ports unless all."
  default     = {}
}

variable "environment" {
  type        = map(string)
  description = "Variables of the container that are no secret."
  default     = {}
}

dynamic "variable" {
  for_each = spec.first_image.used[*]
  labels   = ["first_image"]

  content {
    type        = string
    description = spec.first_image.differ ? "Image that runs until the pipeline has deployed one; null if there is none to begin with." : "Image that runs until the pipeline has deployed one."
  }
}

dynamic "variable" {
  for_each = spec.load_balanced[*]
  labels   = ["health_check"]

  content {
    type = object({
      healthy_threshold   = number
      interval            = number
      matcher             = string
      path                = string
      timeout             = number
      unhealthy_threshold = number
    })
    description = "How the load balancer asks whether a task is well; seconds, and answers in a row."
  }
}

variable "health_check_grace_period" {
  type        = number
  description = "Seconds that a new task has before its health counts."
  default     = 60
}

variable "hosts" {
  type        = list(string)
  description = "Hosts that the service answers to; empty for any."
  default     = []
}

variable "id" {
  type        = string
  description = "The task definition's family, and what the names of the roles and of the tasks' security group begin with."
}

dynamic "variable" {
  for_each = spec.unpiped.used[*]
  labels   = ["image"]

  content {
    type        = string
    description = spec.unpiped.differ ? "Image that runs, of a service without a pipeline; null for what the pipeline deploys." : "Image that runs."
  }
}

dynamic "variable" {
  for_each = spec.other_registry.used[*]
  labels   = ["image_repository"]

  content {
    type = object({
      account = string
      name    = string
      region  = string
    })
    description = spec.other_registry.differ ? "Private ECR repository of the image that runs first; null if that is elsewhere." : "Private ECR repository of the image that runs first."
  }
}

dynamic "variable" {
  for_each = spec.kms_key.used[*]
  labels   = ["kms_key_arn"]

  content {
    type        = string
    description = spec.kms_key.differ ? "ARN of the KMS key of what tasks read; null for those that read nothing." : "ARN of the KMS key of what tasks read."
  }
}

dynamic "variable" {
  for_each = spec.load_balanced[*]
  labels   = ["listener_arn"]

  content {
    type        = string
    description = "ARN of the listener that the service adds its rule to."
  }
}

dynamic "variable" {
  for_each = spec.load_balanced[*]
  labels   = ["load_balancer_security_group_id"]

  content {
    type        = string
    description = "ID of the load balancer's security group."
  }
}

variable "log_retention_days" {
  type        = number
  description = "Days for which the tasks' logs are kept."
  default     = 365
}

variable "maximum_percent" {
  type        = number
  description = "The most tasks during a rollout, as percent of the desired count."
  default     = 200
}

variable "memory" {
  type        = number
  description = "Memory of a task in MiB."
}

variable "minimum_healthy_percent" {
  type        = number
  description = "The fewest healthy tasks during a rollout, as percent of the desired count."
  default     = 100
}

variable "name" {
  type        = string
  description = "Name of the ECS service, at most 255 characters."
}

variable "parameters" {
  type        = map(string)
  description = "Variables that ECS reads from Parameter Store: name to path."
  default     = {}
}

dynamic "variable" {
  for_each = spec.load_balanced[*]
  labels   = ["paths"]

  content {
    type        = list(string)
    description = "Patterns of the paths that the service answers to; /* for all."
  }
}

dynamic "variable" {
  for_each = spec.load_balanced[*]
  labels   = ["port"]

  content {
    type        = number
    description = "Port that the container listens on, 1 to 65535."
  }
}

variable "public_ip" {
  type        = bool
  description = "Whether tasks have a public address, which they need where there is no NAT gateway."
  default     = false
}

variable "region" {
  type        = string
  description = "Region of the service."
}

dynamic "variable" {
  for_each = spec.registry.used[*]
  labels   = ["registry_name"]

  content {
    type        = string
    description = spec.registry.differ ? "Name of the ECR repository that tasks pull from; null if they pull elsewhere." : "Name of the ECR repository that tasks pull from."
  }
}

dynamic "variable" {
  for_each = spec.load_balanced[*]
  labels   = ["rule_priority"]

  content {
    type        = number
    description = "Place of the service's rule at the listener, 1 to 50000: the lowest that fits takes the request."
  }
}

variable "secrets" {
  type = map(object({
    arn     = string
    key     = string
    stage   = spec.staged == null ? null : string
    version = spec.staged == null ? null : string
  }))
  description = spec.staged == null ? "Variables that ECS reads from Secrets Manager: name to the secret's whole ARN, and a key of its JSON or \"\"." : "Variables that ECS reads from Secrets Manager: name to the secret's whole ARN, and a key, a stage and a version or \"\"."
  default     = {}
}

variable "subnet_ids" {
  type        = list(string)
  description = "IDs of the subnets of the tasks."
}

dynamic "variable" {
  for_each = spec.load_balanced[*]
  labels   = ["target_group_name"]

  content {
    type        = string
    description = "Name of the target group, at most 32 characters."
  }
}

variable "task_policies" {
  type        = map(string)
  description = "What the tasks may do: IAM policies in JSON by name."
  default     = {}
}

variable "task_policy_arns" {
  type        = list(string)
  description = "ARNs of IAM policies that say what the tasks may do."
  default     = []
}

variable "vpc_cidrs" {
  type        = list(string)
  description = "Ranges of addresses of the VPC."
}

variable "vpc_egress" {
  type = map(object({
    from_port   = number
    ip_protocol = string
    to_port     = number
  }))
  description = "What tasks may reach of their VPC, by words that tell it apart; none for all of it."
  default     = {}
}

variable "vpc_id" {
  type        = string
  description = "ID of the VPC of the tasks."
}

variable "wait_for_steady_state" {
  type        = bool
  description = "Whether an apply waits for the rollout, and fails with it. Not where the first image is yet to be built."
}
