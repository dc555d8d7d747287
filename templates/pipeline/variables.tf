variable "artifact_bucket_prefix" {
  type        = string
  description = "What the artifact bucket's name begins with, at most 37 characters: S3 adds the rest."
}

variable "branch" {
  type        = string
  description = "Branch whose commits start the pipeline."
}

variable "build_cache" {
  type        = bool
  description = "Whether a build host keeps Docker's layers for the next build that it happens to get."
  default     = true
}

variable "build_compute_type" {
  type        = string
  description = "Size of the build host, such as BUILD_GENERAL1_SMALL."
  default     = "BUILD_GENERAL1_SMALL"
}

variable "build_environment" {
  type = map(object({
    type  = string
    value = string
  }))
  description = "Variables of the CodeBuild project by name; type is PLAINTEXT, PARAMETER_STORE or SECRETS_MANAGER."
  default     = {}
}

variable "build_image" {
  type        = string
  description = "Image that the build runs in. AWS keeps the tag up to date."
}

variable "build_policies" {
  type        = map(string)
  description = "What the builds may do beside what they always do: IAM policies in JSON by name."
  default     = {}
}

variable "build_policy_arns" {
  type        = list(string)
  description = "ARNs of IAM policies that say what the builds may do beside what they always do."
  default     = []
}

variable "build_privileged" {
  type        = bool
  description = "Whether the build may run Docker, which needs a privileged container."
  default     = true
}

variable "build_timeout_minutes" {
  type        = number
  description = "Minutes after which a build is stopped, 5 to 2160."
  default     = 60
}

variable "build_type" {
  type        = string
  description = "LINUX_CONTAINER, or ARM_CONTAINER for images that run on Graviton."
  default     = "LINUX_CONTAINER"
}

variable "buildspec" {
  type        = string
  description = "Path of the buildspec in the repository."
  default     = "buildspec.yml"
}

variable "calls" {
  type        = map(list(string))
  description = "What commands of the buildspec call: resources by action, each an ARN behind its partition."
  default     = {}
}

dynamic "variable" {
  for_each = spec.deployment.used[*]
  labels   = ["deployment"]

  content {
    type = object({
      cluster_name           = string
      role_names             = list(string)
      service_name           = string
      task_definition_family = string
    })
    description = spec.deployment.differ ? "The service that the pipeline deploys to, and the roles that its tasks get; null if it ends after the build." : "The service that the pipeline deploys to, and the roles that its tasks get."
  }
}

variable "ecr_public" {
  type        = bool
  description = "Whether the build logs in to ECR Public, where pulls with a login have a higher limit."
  default     = false
}

variable "execution_mode" {
  type        = string
  description = "QUEUED: a newer commit waits its turn; SUPERSEDED: it overtakes; PARALLEL: it does not wait."
  default     = "QUEUED"
}

variable "force_destroy" {
  type        = bool
  description = "Whether to remove the artifact bucket although it holds artifacts. Set it, apply, then destroy."
  default     = false
}

variable "id" {
  type        = string
  description = "What the names of the roles and of the event rule begin with."
}

dynamic "variable" {
  for_each = spec.kms_key.used[*]
  labels   = ["kms_key_arn"]

  content {
    type        = string
    description = spec.kms_key.differ ? "ARN of the KMS key of what the build reads; null for those that read nothing." : "ARN of the KMS key of what the build reads."
  }
}

variable "log_retention_days" {
  type        = number
  description = "Days for which build logs are kept."
  default     = 365
}

variable "looks_first" {
  type        = bool
  description = "Whether the build asks the registry for its image before it pushes."
  default     = false
}

variable "marks" {
  type        = bool
  description = "Whether the build marks the image that the service runs before it pushes another."
  default     = false
}

variable "name" {
  type        = string
  description = "Name of the pipeline, at most 100 characters."
}

variable "parameters" {
  type        = list(string)
  description = "Paths of the parameters in Parameter Store that the build reads, and no others."
  default     = []
}

variable "pipeline_environment" {
  type = map(object({
    type  = string
    value = string
  }))
  description = "Variables of the pipeline's build action by name, stronger than the project's; types as there."
  default     = {}
}

variable "project_name" {
  type        = string
  description = "Name of the CodeBuild project, 2 to 150 characters."
}

variable "region" {
  type        = string
  description = "Region of everything that the pipeline uses."
}

dynamic "variable" {
  for_each = spec.registry.used[*]
  labels   = ["registry_name"]

  content {
    type        = string
    description = spec.registry.differ ? "Name of the ECR repository that the build pushes to; null if it pushes elsewhere." : "Name of the ECR repository that the build pushes to."
  }
}

variable "reports" {
  type        = bool
  description = "Whether the build reports tests, to groups that are called after the project."
  default     = false
}

variable "repository_name" {
  type        = string
  description = "Name of the CodeCommit repository."
}

variable "secrets" {
  type        = list(string)
  description = "Names of the secrets in Secrets Manager that the build reads, and no others."
  default     = []
}
