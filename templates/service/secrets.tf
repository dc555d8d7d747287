# Variables whose values ECS reads as it starts a task: Terraform knows where they
# are, never what they are.
dynamic "locals" {
  for_each = spec.injected.used[*]

  content {
    parameter_arns = spec.parameters.used == null ? null : {
      for name, path in var.parameters :
      name => "arn:${local.partition}:ssm:${var.region}:${local.account}:parameter/${trimprefix(path, "/")}"
    }

    # What the ARN of each secret begins with.
    secrets_arn = spec.secrets.used == null ? null : "arn:${local.partition}:secretsmanager:${var.region}:${local.account}:secret"

    # ECS takes ARN:KEY:STAGE:VERSION, where what is empty means all, and the current.
    secret_arns = spec.secrets.used == null ? null : {
      for name, secret in var.secrets :
      name => "${local.secrets_arn}:${secret.name}${secret.key == "" ? "" : ":${secret.key}::"}"
    }

    injected = spec.secrets.used == null ? local.parameter_arns : spec.parameters.used == null ? local.secret_arns : merge(local.parameter_arns, local.secret_arns)
  }
}
