# Secrets that exist already. ECS takes whole ARNs only, and each ends in six
# characters that Secrets Manager chose.
dynamic "data" {
  for_each = spec.existing_secrets == null ? [] : [true]
  iterator = once
  labels   = ["aws_secretsmanager_secret", "existing"]

  content {
    for_each = toset(spec.existing_secrets)

    name = each.value
  }
}

dynamic "locals" {
  for_each = spec.reads_secrets[*]

  content {
    secret_arns = spec.existing_secrets == null ? module.secrets.secret_arns : spec.reads_made == null ? { for name, secret in data.aws_secretsmanager_secret.existing : name => secret.arn } : merge({ for name, secret in data.aws_secretsmanager_secret.existing : name => secret.arn }, module.secrets.secret_arns)
  }
}

# What the spec asks to be made, so that builds and services find it. The values
# are the variables': no plan and no state holds them.
dynamic "module" {
  for_each = spec.made[*]
  iterator = once
  labels   = ["secrets"]

  content {
    source = "../../modules/secrets"

    force_destroy    = spec.secrets_made == null ? null : var.force_destroy
    kms_key_arn      = spec.secrets_key
    parameters       = spec.parameters_made
    parameter_values = spec.parameter_values
    secrets          = spec.secrets_made
    secret_values    = spec.secret_values
  }
}
