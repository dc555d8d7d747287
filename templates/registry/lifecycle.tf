# What goes by itself. ECR cannot tell which images run, so unless more is asked
# for, only what no task can still need does.
dynamic "resource" {
  for_each = spec.expiring.used[*]
  labels   = ["aws_ecr_lifecycle_policy", "this"]

  content {
    for_each = spec.expiring.differ ? toset(length(local.rules) > 0 ? ["this"] : []) : null

    repository = aws_ecr_repository.this.name
    policy     = jsonencode({ rules = local.rules })
  }
}

dynamic "locals" {
  for_each = spec.expiring.used[*]

  content {
    rules = spec.keep.used == null ? (
      spec.immutable.differ ? [for rule in [local.untagged] : rule if var.image_tag_mutability == "IMMUTABLE"] : [local.untagged]
      ) : spec.immutable.used == null ? (
      spec.keep.differ ? [for rule in local.old : rule if var.keep > 0] : local.old
      ) : concat(
      spec.immutable.differ ? [for rule in [local.untagged] : rule if var.image_tag_mutability == "IMMUTABLE"] : [local.untagged],
      spec.keep.differ ? [for rule in local.old : rule if var.keep > 0] : local.old,
    )
  }
}

# With tags that never move, no task needs an image without one.
dynamic "locals" {
  for_each = spec.immutable.used[*]

  content {
    untagged = {
      rulePriority = 1
      description  = "An image without a tag goes a year after its push."
      action       = { type = "expire" }

      selection = {
        tagStatus   = "untagged"
        countType   = "sinceImagePushed"
        countUnit   = "days"
        countNumber = 365
      }
    }
  }
}

# Asked for: old images go.
dynamic "locals" {
  for_each = spec.keep.used[*]

  content {
    old = spec.marked == null ? [local.newest] : [local.live, local.rollout, local.newest]
  }
}

# Each build marks what runs before it pushes. An image that has the tag of one
# rule is out of reach for the rules after it, so the mark holds however many
# images are pushed and never run.
dynamic "locals" {
  for_each = spec.marked[*]

  content {
    live = {
      rulePriority = 2
      description  = "Of the images that ran the newest ${var.keep} stay."
      action       = { type = "expire" }

      selection = {
        tagStatus      = "tagged"
        tagPatternList = ["live-*"]
        countType      = "imageCountMoreThan"
        countNumber    = var.keep
      }
    }
  }
}

# A rule of their own: rollouts that fail, one after another, must not push out
# the image to which each of them is rolled back.
dynamic "locals" {
  for_each = spec.marked[*]

  content {
    rollout = {
      rulePriority = 3
      description  = "Of the images that were on their way the newest ${var.keep} stay."
      action       = { type = "expire" }

      selection = {
        tagStatus      = "tagged"
        tagPatternList = ["rollout-*"]
        countType      = "imageCountMoreThan"
        countNumber    = var.keep
      }
    }
  }
}

dynamic "locals" {
  for_each = spec.keep.used[*]

  content {
    newest = {
      rulePriority = 4
      description  = "The newest ${var.keep} images stay."
      action       = { type = "expire" }

      selection = {
        tagStatus      = "tagged"
        tagPatternList = ["*"]
        countType      = "imageCountMoreThan"
        countNumber    = var.keep
      }
    }
  }
}

dynamic "moved" {
  for_each = spec.expiring.differ ? [true] : []

  content {
    from = aws_ecr_lifecycle_policy.this
    to   = aws_ecr_lifecycle_policy.this["this"]
  }
}
