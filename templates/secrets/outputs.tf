dynamic "output" {
  for_each = spec.parameters[*]
  labels   = ["parameter_paths"]

  content {
    description = "Path of each parameter by itself: what names it this way waits until it is there."
    value       = { for path, parameter in aws_ssm_parameter.this : path => parameter.name }
  }
}

dynamic "output" {
  for_each = spec.secrets[*]
  labels   = ["secret_arns"]

  content {
    description = "ARN of each secret by its name: what names it this way waits until it has a value."
    value       = { for name, secret in aws_secretsmanager_secret.this : name => secret.arn }

    depends_on = [aws_secretsmanager_secret_version.this]
  }
}
