# Where the pipeline pushes images, and the service pulls them from.
resource "aws_ecr_repository" "this" {
  name                 = var.name
  image_tag_mutability = var.image_tag_mutability
  force_delete         = var.force_destroy

  # trivy:ignore:AVD-AWS-0033 The key that AWS manages: fixed at creation, and free.
  encryption_configuration {
    encryption_type = "KMS"
  }

  image_scanning_configuration {
    scan_on_push = var.scan_on_push
  }

  # AWS changes it for no repository: one that is imported keeps its own.
  lifecycle {
    ignore_changes = [encryption_configuration]
  }
}
