data "aws_iam_policy_document" "build_trust" {
  statement {
    sid     = "ThisAccountsBuilds"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["codebuild.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}

data "aws_iam_policy_document" "build" {
  statement {
    sid       = "WriteLogs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${local.build_log_arn}:*"]
  }

  statement {
    sid       = "ReadSource"
    actions   = ["s3:GetObject", "s3:GetObjectVersion"]
    resources = ["${local.artifacts_arn}/*"]
  }

  dynamic "statement" {
    for_each = spec.deployment.differ ? var.deployment[*] : spec.deployment.used[*]

    content {
      sid       = "HandOverTheImage"
      actions   = ["s3:PutObject"]
      resources = ["${local.artifacts_arn}/*"]
    }
  }

  # A registry's login is not a resource: AWS allows it on "*" only.
  dynamic "statement" {
    for_each = spec.registry.differ ? var.registry_name[*] : spec.registry.used[*]

    content {
      sid       = "LogInToTheRegistry"
      actions   = ["ecr:GetAuthorizationToken"]
      resources = ["*"]
    }
  }

  dynamic "statement" {
    for_each = spec.registry.differ ? var.registry_name[*] : spec.registry.used[*]

    content {
      sid       = "PushTheImage"
      resources = ["${local.registries_arn}/${var.registry_name}"]
      actions = [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:CompleteLayerUpload",
        "ecr:GetDownloadUrlForLayer",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
      ]
    }
  }

  # A retry of the same commit finds its image, and pushes nothing.
  dynamic "statement" {
    for_each = spec.looks_first.differ ? (var.looks_first ? [true] : []) : spec.looks_first.used[*]

    content {
      sid       = "LookForTheImage"
      actions   = ["ecr:DescribeImages"]
      resources = ["${local.registries_arn}/${var.registry_name}"]
    }
  }

  # Old images go from the registry, so the build marks the one that runs.
  dynamic "statement" {
    for_each = spec.marks.differ ? (var.marks ? [true] : []) : spec.marks.used[*]

    content {
      sid     = "AskWhatRuns"
      actions = ["ecs:DescribeServices"]
      resources = [
        "arn:${local.partition}:ecs:${var.region}:${local.account}:service/${var.deployment.cluster_name}/${var.deployment.service_name}",
      ]
    }
  }

  # AWS knows no resource for reading a task definition, so nothing less than "*" works.
  dynamic "statement" {
    for_each = spec.marks.differ ? (var.marks ? [true] : []) : spec.marks.used[*]

    content {
      sid       = "ReadItsRevision"
      actions   = ["ecs:DescribeTaskDefinition"]
      resources = ["*"]
    }
  }

  # ECR Public logs in by a bearer token. AWS knows no resource for that, so "*"
  # is the narrowest.
  dynamic "statement" {
    for_each = spec.ecr_public.differ ? (var.ecr_public ? [true] : []) : spec.ecr_public.used[*]

    content {
      sid       = "LogInToECRPublic"
      actions   = ["ecr-public:GetAuthorizationToken"]
      resources = ["*"]
    }
  }

  # AWS knows no resource for the token either; the condition holds it to ECR Public.
  dynamic "statement" {
    for_each = spec.ecr_public.differ ? (var.ecr_public ? [true] : []) : spec.ecr_public.used[*]

    content {
      sid       = "BearerTokenForECRPublic"
      actions   = ["sts:GetServiceBearerToken"]
      resources = ["*"]

      condition {
        test     = "StringEquals"
        variable = "sts:AWSServiceName"
        values   = ["ecr-public.amazonaws.com"]
      }
    }
  }

  # Commands of the buildspec that call AWS, each on what it names; on "*" where
  # AWS knows no resource.
  dynamic "statement" {
    for_each = spec.calls == null ? {} : var.calls

    content {
      sid     = "Call${replace(title(statement.key), "/\\W/", "")}"
      actions = [statement.key]
      resources = [
        for resource in statement.value :
        resource == "*" ? "*" : "arn:${local.partition}:${replace(resource, ":account:", ":${local.account}:")}"
      ]
    }
  }

  # The build makes its report groups itself.
  dynamic "statement" {
    for_each = spec.reports.differ ? (var.reports ? [true] : []) : spec.reports.used[*]

    content {
      sid       = "ReportTests"
      resources = ["arn:${local.partition}:codebuild:${var.region}:${local.account}:report-group/${var.project_name}-*"]
      actions = [
        "codebuild:BatchPutCodeCoverages",
        "codebuild:BatchPutTestCases",
        "codebuild:CreateReport",
        "codebuild:CreateReportGroup",
        "codebuild:UpdateReport",
      ]
    }
  }

  dynamic "statement" {
    for_each = spec.parameters.differ ? (length(var.parameters) > 0 ? [true] : []) : spec.parameters.used[*]

    content {
      sid     = "ReadParameters"
      actions = ["ssm:GetParameters"]
      resources = [
        for path in var.parameters :
        spec.by_arn != null ? startswith(path, "arn:") ? path : "arn:${local.partition}:ssm:${var.region}:${local.account}:parameter/${trimprefix(path, "/")}" : "arn:${local.partition}:ssm:${var.region}:${local.account}:parameter/${trimprefix(path, "/")}"
      ]
    }
  }

  # Secrets Manager ends each ARN in six characters of its own.
  dynamic "statement" {
    for_each = spec.secrets.differ ? (length(var.secrets) > 0 ? [true] : []) : spec.secrets.used[*]

    content {
      sid     = "ReadSecrets"
      actions = ["secretsmanager:GetSecretValue"]
      resources = [
        for name in var.secrets :
        spec.by_arn != null ? startswith(name, "arn:") ? name : "arn:${local.partition}:secretsmanager:${var.region}:${local.account}:secret:${name}-??????" : "arn:${local.partition}:secretsmanager:${var.region}:${local.account}:secret:${name}-??????"
      ]
    }
  }

  # What it reads may be encrypted with a key of the team's own.
  dynamic "statement" {
    for_each = spec.kms_key.differ ? var.kms_key_arn[*] : spec.kms_key.used[*]

    content {
      sid       = "DecryptThem"
      actions   = ["kms:Decrypt"]
      resources = [var.kms_key_arn]
    }
  }
}

resource "aws_iam_role" "build" {
  name               = "${var.id}-build-${var.region}"
  description        = "What the builds of ${var.project_name} may do."
  assume_role_policy = data.aws_iam_policy_document.build_trust.json
}

resource "aws_iam_role_policy" "build" {
  name   = "build"
  role   = aws_iam_role.build.id
  policy = data.aws_iam_policy_document.build.json

  lifecycle {
    # Under a new name role and policy are there before the old ones go.
    create_before_destroy = true
  }
}

# What the spec allows the builds beside that.
dynamic "resource" {
  for_each = spec.build_policies[*]
  labels   = ["aws_iam_role_policy", "build_more"]

  content {
    for_each = var.build_policies

    name   = each.key
    role   = aws_iam_role.build.id
    policy = each.value
  }
}

dynamic "resource" {
  for_each = spec.build_policy_arns[*]
  labels   = ["aws_iam_role_policy_attachment", "build_more"]

  content {
    for_each = toset(var.build_policy_arns)

    role       = aws_iam_role.build.name
    policy_arn = each.value
  }
}
