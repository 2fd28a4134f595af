locals {
  # Who may assume the role; statements that trust nobody are left out below.
  trust_statements = [
    {
      # What runs in these services.
      Effect = "Allow"
      Principal = {
        Service = var.trusted_services
      }
      Action = ["sts:AssumeRole"]
    },
    {
      # These roles, users and accounts, where no external id is asked of them.
      Effect = "Allow"
      Principal = {
        AWS = var.external_id == null ? var.trusted_principal_arns : []
      }
      Action = ["sts:AssumeRole"]
    },
    {
      # The same, where they must say the external id.
      Effect = "Allow"
      Principal = {
        AWS = var.external_id == null ? [] : var.trusted_principal_arns
      }
      Action = ["sts:AssumeRole"]
      Condition = {
        StringEquals = {
          "sts:ExternalId" = [var.external_id]
        }
      }
    },
  ]

  # Identities of OIDC providers: these audiences, these subjects, and no others.
  oidc_trust_statements = [
    for trust in var.trusted_oidc : {
      Effect    = "Allow"
      Principal = { Federated = [trust.provider_arn] }
      Action    = ["sts:AssumeRoleWithWebIdentity"]
      Condition = {
        StringEquals = { "${split(":oidc-provider/", trust.provider_arn)[1]}:aud" = trust.audiences }
        StringLike   = { "${split(":oidc-provider/", trust.provider_arn)[1]}:sub" = trust.subjects }
      }
    }
  ]

  trust_policy = {
    Version = "2012-10-17"
    Statement = concat(
      [for statement in local.trust_statements : statement if length(flatten(values(statement.Principal))) > 0],
      local.oidc_trust_statements,
    )
  }

  trust_policy_json = jsonencode(local.trust_policy)
  trust_policy_size = length(local.trust_policy_json)

  # The logs of the functions that run as the role.
  log_statements = [
    {
      # Write the logs of the functions that run as this role.
      Sid    = "CallerLogs"
      Effect = "Allow"
      Action = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = flatten([
        [for function in var.log_function_names : "arn:${var.partition}:logs:*:*:log-group:/aws/lambda/${function}"],
        [for function in var.log_function_names : "arn:${var.partition}:logs:*:*:log-group:/aws/lambda/${function}:*"],
      ])
    },
  ]

  log_policy_json = jsonencode({
    Version   = "2012-10-17"
    Statement = local.log_statements
  })

  # Characters as IAM counts them: jsonencode writes no white space.
  log_policy_size = length(local.log_policy_json)
}

resource "aws_iam_role" "this" {
  name                 = var.name
  path                 = var.path
  description          = "Calls Remotion Lambda without long-term keys."
  assume_role_policy   = local.trust_policy_json
  max_session_duration = var.max_session_duration
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags

  lifecycle {
    precondition {
      condition     = length(local.elsewhere) == 0
      error_message = "partition is \"${var.partition}\", where this is not: ${join(", ", local.elsewhere)}. Give what is in it, or set partition: Remotion runs in \"aws\" and \"aws-cn\" alone."
    }

    precondition {
      condition     = length(local.trust_policy.Statement) > 0
      error_message = "Nobody could assume the role ${var.name}: give trusted_services, trusted_principal_arns or trusted_oidc."
    }

    precondition {
      condition     = local.trust_policy_size <= 2048
      error_message = "The trust policy of ${var.name} would have ${local.trust_policy_size} characters, and AWS allows 2048: trust an account in place of its roles, or spread the callers over several roles."
    }
  }
}

locals {
  # What is given and is in another partition, where IAM would never match it.
  elsewhere = [for arn in concat([var.permissions_boundary_arn], var.trusted_principal_arns) : arn if try(split(":", arn)[1], var.partition) != var.partition]
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = var.policy_arns

  role       = aws_iam_role.this.name
  policy_arn = each.value

  lifecycle {
    precondition {
      condition     = try(split(":", each.value)[1], var.partition) == var.partition
      error_message = "partition is \"${var.partition}\", where this is not: ${each.value}. Give what is in it, or set partition: Remotion runs in \"aws\" and \"aws-cn\" alone."
    }
  }
}

resource "aws_iam_role_policy" "this" {
  count = length(var.log_function_names) > 0 ? 1 : 0

  name   = "${var.name}-logs"
  role   = aws_iam_role.this.name
  policy = local.log_policy_json

  lifecycle {
    precondition {
      condition     = local.log_policy_size <= 10240
      error_message = "The policy ${var.name}-logs would have ${local.log_policy_size} characters, and AWS allows 10240: spread the functions over several roles."
    }
  }
}

resource "aws_iam_instance_profile" "this" {
  count = var.create_instance_profile ? 1 : 0

  name = var.name
  role = aws_iam_role.this.name
  path = var.path
  tags = var.tags

  lifecycle {
    precondition {
      condition     = length(setintersection(var.trusted_services, ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"])) > 0
      error_message = "No EC2 instance could use the instance profile ${var.name}: add ec2.amazonaws.com to trusted_services, or leave the profile out."
    }
  }
}
