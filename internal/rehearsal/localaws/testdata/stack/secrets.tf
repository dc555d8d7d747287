resource "aws_ssm_parameter" "token" {
  name             = "/stack/token"
  type             = "SecureString"
  value_wo         = var.token
  value_wo_version = 1
}

resource "aws_secretsmanager_secret" "login" {
  name                    = "stack/login"
  description             = "A login of the build."
  recovery_window_in_days = 0
}

resource "aws_secretsmanager_secret_version" "login" {
  secret_id                = aws_secretsmanager_secret.login.id
  secret_string_wo         = jsonencode({ token = var.token })
  secret_string_wo_version = 1
}

resource "aws_kms_key" "artifacts" {
  description             = "What the pipeline hands over."
  deletion_window_in_days = 7
  enable_key_rotation     = true
}

resource "aws_kms_alias" "artifacts" {
  name          = "alias/stack"
  target_key_id = aws_kms_key.artifacts.key_id
}
