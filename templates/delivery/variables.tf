dynamic "variable" {
  for_each = spec.variables
  labels   = [variable.key]

  content {
    type = variable.value == "flag" ? bool : string
    description = {
      ephemeral = "A value that Terraform hands on and does not keep. A plan needs it too, and so does applying a saved plan."
      flag      = "Whether a destroy removes images and artifacts too. Set it, apply, then destroy."
      sensitive = "Value of a variable of the pipeline's build action. CodePipeline and the state hold it in clear."
    }[variable.value]
    default   = variable.value == "flag" ? false : null
    ephemeral = variable.value == "ephemeral" ? true : null
    sensitive = variable.value == "flag" ? null : true
  }
}
