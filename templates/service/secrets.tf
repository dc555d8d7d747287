# Variables whose values ECS reads as it starts a task: Terraform knows where they
# are, never what they are.
dynamic "locals" {
  for_each = spec.injected.used[*]

  content {
    parameter_arns = {
      for name, path in var.parameters :
      name => "arn:${local.partition}:ssm:${var.region}:${local.account}:parameter/${trimprefix(path, "/")}"
    }

    # ECS takes ARN:KEY:STAGE:VERSION, where what is empty means all, and the current.
    secret_arns = {
      for name, secret in var.secrets :
      name => "arn:${local.partition}:secretsmanager:${var.region}:${local.account}:secret:${secret.name}${secret.key == "" ? "" : ":${secret.key}::"}"
    }

    injected = merge(local.parameter_arns, local.secret_arns)
  }
}
