# Values that the build or a service reads by name. They pass through Terraform
# and stay nowhere in it: neither plan nor state knows them.
dynamic "resource" {
  for_each = spec.parameters[*]
  labels   = ["aws_ssm_parameter", "this"]

  content {
    for_each = var.parameters

    name             = each.key
    description      = "Written by Terraform, read by the delivery of the application."
    type             = "SecureString"
    key_id           = spec.kms_key == null ? "alias/aws/ssm" : var.kms_key_arn
    value_wo         = var.parameter_values[each.key]
    value_wo_version = each.value.version
  }
}

# trivy:ignore:AVD-AWS-0098 The key that AWS manages: free, and for this account alone.
dynamic "resource" {
  for_each = spec.secrets[*]
  labels   = ["aws_secretsmanager_secret", "this"]

  content {
    # checkov:skip=CKV_AWS_149: The key that AWS manages: free, and for this account alone.
    # checkov:skip=CKV2_AWS_57: Terraform writes the value: a higher version is its rotation.
    for_each = var.secrets

    name                    = each.key
    description             = "Written by Terraform, read by the delivery of the application."
    kms_key_id              = spec.kms_key == null ? null : var.kms_key_arn
    recovery_window_in_days = var.force_destroy ? 0 : 30
  }
}

dynamic "resource" {
  for_each = spec.secrets[*]
  labels   = ["aws_secretsmanager_secret_version", "this"]

  content {
    for_each = var.secrets

    secret_id                = aws_secretsmanager_secret.this[each.key].id
    secret_string_wo         = jsonencode(var.secret_values[each.key])
    secret_string_wo_version = each.value.version
  }
}
