locals {
  # Lambda, and nobody else, may assume the role.
  lambda_role_trust_policy = {
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = ["lambda.amazonaws.com"]
        }
        Action = ["sts:AssumeRole"]
      },
    ]
  }

  # ARNs and regions of another partition, where IAM would never match them.
  lambda_role_outside_partition = concat(
    distinct([
      for arn in compact(concat([var.permissions_boundary_arn], var.output_buckets[*].kms_key_arn)) : arn
      if !startswith(arn, "arn:${var.partition}:")
    ]),
    local.regions_outside_partition,
  )
}

resource "aws_iam_role" "lambda_role" {
  name                 = local.names.lambda_role
  path                 = var.path
  description          = "Remotion Lambda's functions run as this role."
  assume_role_policy   = jsonencode(local.lambda_role_trust_policy)
  max_session_duration = var.max_session_duration
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags

  lifecycle {
    precondition {
      condition = length(local.names.lambda_role) <= 64
      error_message = join("", [
        "The role's name ${local.names.lambda_role} has ${length(local.names.lambda_role)} characters, ",
        "and AWS allows 64: shorten the prefix or the name.",
      ])
    }

    precondition {
      condition = length(local.lambda_role_outside_partition) == 0
      error_message = join("", [
        "These are not in the partition \"${var.partition}\": ${join(", ", local.lambda_role_outside_partition)}. ",
        "Give what belongs to it, or set partition: Remotion runs in \"aws\" and \"aws-cn\" alone.",
      ])
    }
  }
}

locals {
  # What options add; the policy leaves out statements without a resource.
  lambda_role_option_statements = [
    {
      # Let Lambda connect functions to their VPC, and disconnect them, with interfaces in its subnets.
      Sid    = "NetworkInterfaces"
      Effect = "Allow"
      Action = [
        "ec2:AssignPrivateIpAddresses",
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:UnassignPrivateIpAddresses",
      ]
      Resource = var.vpc ? ["*"] : []
    },
  ]

  lambda_role_policy_json = jsonencode({
    Version = "2012-10-17"
    Statement = [
      for statement in concat(
        local.lambda_role_statements[var.lambda_role_profile],
        local.lambda_role_option_statements,
        local.lambda_role_output_bucket_grants,
      ) :
      { for element, value in statement : element => value if value != null }
      if length(statement.Resource) > 0
    ]
  })

  # Characters as IAM counts them: jsonencode writes no white space.
  lambda_role_policy_size = length(local.lambda_role_policy_json)
}

resource "aws_iam_role_policy" "lambda_role" {
  count = var.lambda_role_policy_type == "inline" ? 1 : 0

  name   = local.names.lambda_role_policy
  role   = aws_iam_role.lambda_role.name
  policy = local.lambda_role_policy_json

  lifecycle {
    precondition {
      condition = length(local.names.lambda_role_policy) <= 128
      error_message = join("", [
        "The policy's name ${local.names.lambda_role_policy} has ${length(local.names.lambda_role_policy)} ",
        "characters, and AWS allows 128: shorten the prefix or the name.",
      ])
    }

    precondition {
      condition = local.lambda_role_policy_size <= 10240
      error_message = join("", [
        "The policy ${local.names.lambda_role_policy} would have ${local.lambda_role_policy_size} characters, ",
        "and AWS allows 10240: grant some of the output buckets through the module remotion-bucket-grants.",
      ])
    }
  }
}

resource "aws_iam_policy" "lambda_role" {
  count = var.lambda_role_policy_type == "managed" ? 1 : 0

  name        = local.names.lambda_role_policy
  path        = var.path
  description = "Lets Remotion Lambda's functions render."
  policy      = local.lambda_role_policy_json
  tags        = var.tags

  lifecycle {
    # AWS cannot change a policy's description, so a policy that was imported keeps its own.
    ignore_changes = [description]

    precondition {
      condition = length(local.names.lambda_role_policy) <= 128
      error_message = join("", [
        "The policy's name ${local.names.lambda_role_policy} has ${length(local.names.lambda_role_policy)} ",
        "characters, and AWS allows 128: shorten the prefix or the name.",
      ])
    }

    precondition {
      condition = local.lambda_role_policy_size <= 6144
      error_message = join("", [
        "The policy ${local.names.lambda_role_policy} would have ${local.lambda_role_policy_size} characters, ",
        "and AWS allows 6144: make it an inline policy (lambda_role_policy_type = \"inline\"), which may have 10240, ",
        "or grant some of the output buckets through the module remotion-bucket-grants.",
      ])
    }
  }
}

resource "aws_iam_role_policy_attachment" "lambda_role" {
  count = var.lambda_role_policy_type == "managed" ? 1 : 0

  role       = aws_iam_role.lambda_role.name
  policy_arn = aws_iam_policy.lambda_role[0].arn
}
