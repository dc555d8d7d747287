dynamic "variable" {
  for_each = spec.destructible[*]
  labels   = ["force_destroy"]

  content {
    type        = bool
    description = "Whether a destroy removes access logs and secrets for good. Set it, apply, then destroy."
    default     = false
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
