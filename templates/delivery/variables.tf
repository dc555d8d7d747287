variable "force_destroy" {
  type        = bool
  description = "Whether a destroy removes images and artifacts too. Set it, apply, then destroy."
  default     = false
}

dynamic "variable" {
  for_each = spec.sensitive
  iterator = each
  labels   = [each.value]

  content {
    type        = string
    description = "Value of a variable of the pipeline's build action. CodePipeline and the state hold it in clear."
    sensitive   = true
  }
}

dynamic "variable" {
  for_each = spec.ephemeral
  iterator = each
  labels   = [each.value]

  content {
    type        = string
    description = "A value that Terraform hands on and does not keep. A plan needs it too, and so does applying a saved plan."
    ephemeral   = true
    sensitive   = true
  }
}
