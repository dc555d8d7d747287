# What the spec asks to be made, so that builds and services find it. The values
# are the variables': no plan and no state holds them.
dynamic "module" {
  for_each = spec.made[*]
  iterator = once
  labels   = ["secrets"]

  content {
    source = "../modules/secrets"

    force_destroy    = spec.secrets_made == null ? null : var.force_destroy
    kms_key_arn      = spec.secrets_key
    parameters       = spec.parameters_made
    parameter_values = spec.parameter_values
    secrets          = spec.secrets_made
    secret_values    = spec.secret_values
  }
}
