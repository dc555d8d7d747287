# Variables whose values ECS reads as it starts a task: Terraform knows where they
# are, never what they are.
dynamic "locals" {
  for_each = spec.injected.used[*]

  content {
    parameter_arns = spec.parameters.used == null ? null : {
      for name, path in var.parameters :
      name => spec.parameter_arns == null ? "arn:${local.partition}:ssm:${var.region}:${local.account}:parameter/${trimprefix(path, "/")}" : startswith(path, "arn:") ? path : "arn:${local.partition}:ssm:${var.region}:${local.account}:parameter/${trimprefix(path, "/")}"
    }

    # ECS takes ARN:KEY:STAGE:VERSION, where what is empty means all, and the current.
    secret_arns = spec.secrets.used == null ? null : {
      for name, secret in var.secrets :
      name => spec.staged == null ? (secret.key == "" ? secret.arn : "${secret.arn}:${secret.key}::") : trimsuffix("${secret.arn}:${secret.key}:${secret.stage}:${secret.version}", ":::")
    }

    injected = spec.secrets.used == null ? local.parameter_arns : spec.parameters.used == null ? local.secret_arns : merge(local.parameter_arns, local.secret_arns)
  }
}
