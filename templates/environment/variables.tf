dynamic "variable" {
  for_each = spec.variables
  labels   = [variable.key]

  content {
    type = variable.value == "flag" ? bool : string
    description = {
      ephemeral = "A value that Terraform hands on and does not keep. A plan needs it too, and so does applying a saved plan."
      flag      = "Whether a destroy removes access logs and secrets for good. Set it, apply, then destroy."
    }[variable.value]
    default   = variable.value == "flag" ? false : null
    ephemeral = variable.value == "ephemeral" ? true : null
    sensitive = variable.value == "ephemeral" ? true : null
  }
}
