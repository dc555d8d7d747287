dynamic "variable" {
  for_each = spec.secrets[*]
  labels   = ["force_destroy"]

  content {
    type        = bool
    description = "Whether a destroyed secret is gone at once, and its name free, instead of after 30 days."
    default     = false
  }
}

dynamic "variable" {
  for_each = spec.kms_key[*]
  iterator = once
  labels   = ["kms_key_arn"]

  content {
    type        = string
    description = "ARN of the KMS key that all of it is encrypted with."
  }
}

dynamic "variable" {
  for_each = spec.parameters[*]
  labels   = ["parameter_values"]

  content {
    type        = map(string)
    description = "Value of each parameter by path. It is written when the parameter's version rises."
    ephemeral   = true
    sensitive   = true
  }
}

dynamic "variable" {
  for_each = spec.parameters[*]
  labels   = ["parameters"]

  content {
    type = map(object({
      version = number
    }))
    description = "Parameters by path. A higher version writes the value anew."
  }
}

dynamic "variable" {
  for_each = spec.secrets[*]
  labels   = ["secret_values"]

  content {
    type        = map(map(string))
    description = "Keys and values of each secret by name. They are written when the secret's version rises."
    ephemeral   = true
    sensitive   = true
  }
}

dynamic "variable" {
  for_each = spec.secrets[*]
  labels   = ["secrets"]

  content {
    type = map(object({
      version = number
    }))
    description = "Secrets by name. A higher version writes the values anew."
  }
}
