locals {
  # What options add, to any profile but render; the policy leaves out statements without a resource.
  user_option_statements = [
    {
      # Put layers of one's own into a function.
      Sid      = "CustomLayers"
      Effect   = "Allow"
      Action   = ["lambda:GetLayerVersion"]
      Resource = var.custom_layer_arns
    },
    {
      # See which layers a function has, and give it others.
      Sid      = "CustomLayersOfFunctions"
      Effect   = "Allow"
      Action   = ["lambda:GetFunctionConfiguration", "lambda:UpdateFunctionConfiguration"]
      Resource = length(var.custom_layer_arns) > 0 ? local.function_arns : []
    },
    {
      # Put Lambda Insights into functions in regions where AWS publishes it from other accounts.
      Sid    = "AllInsightsRegions"
      Effect = "Allow"
      Action = ["lambda:GetLayerVersion"]
      Resource = var.all_insights_regions ? [
        "arn:${var.partition}:lambda:af-south-1:012438385374:layer:LambdaInsightsExtension*",
        "arn:${var.partition}:lambda:ap-east-1:519774774795:layer:LambdaInsightsExtension*",
        "arn:${var.partition}:lambda:ap-northeast-3:194566237122:layer:LambdaInsightsExtension*",
        "arn:${var.partition}:lambda:eu-south-1:339249233099:layer:LambdaInsightsExtension*",
      ] : []
    },
    {
      # Check the VPC, the subnets and the security groups that a function is put into.
      Sid      = "FunctionsInVpc"
      Effect   = "Allow"
      Action   = ["ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs"]
      Resource = var.vpc ? ["*"] : []
    },
  ]

  # ARNs and regions of another partition, where IAM would never match them.
  user_outside_partition = concat(
    distinct([
      for arn in compact(concat(
        [var.permissions_boundary_arn],
        var.custom_layer_arns,
        var.output_buckets[*].kms_key_arn,
      )) : arn
      if !startswith(arn, "arn:${var.partition}:")
    ]),
    local.regions_outside_partition,
  )
}

# The user has one purpose and this one policy; a group would hold nobody else.
# trivy:ignore:AWS-0143
resource "aws_iam_user" "user" {
  # checkov:skip=CKV_AWS_273: Remotion's own set-up signs with the keys of a user; callers on AWS take a role.

  count = var.create_user ? 1 : 0

  name                 = local.names.user
  path                 = var.path
  force_destroy        = var.user_force_destroy
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags

  lifecycle {
    precondition {
      condition = length(local.names.user) <= 64
      error_message = join("", [
        "The user's name ${local.names.user} has ${length(local.names.user)} characters, and AWS allows 64: ",
        "shorten the prefix or the name.",
      ])
    }

    precondition {
      condition = length(local.user_outside_partition) == 0
      error_message = join("", [
        "These are not in the partition \"${var.partition}\": ${join(", ", local.user_outside_partition)}. ",
        "Give what belongs to it, or set partition: Remotion runs in \"aws\" and \"aws-cn\" alone.",
      ])
    }

    precondition {
      condition = !(var.all_insights_regions && var.partition == "aws-cn")
      error_message = join("", [
        "all_insights_regions would do nothing, as partition is \"aws-cn\": ",
        "AWS publishes Lambda Insights there from one account, which the policy has already. Leave it out.",
      ])
    }
  }
}

locals {
  user_policy_json = jsonencode({
    Version   = "2012-10-17"
    Statement = local.user_policy_statements[var.user_profile]
  })

  # Characters as IAM counts them: jsonencode writes no white space.
  user_policy_size = length(local.user_policy_json)
}

resource "aws_iam_user_policy" "user" {
  # checkov:skip=CKV_AWS_40: The user has one purpose and this one policy; a group would hold nobody else.

  count = var.create_user && var.user_policy_type == "inline" ? 1 : 0

  name   = local.names.user_policy
  user   = aws_iam_user.user[0].name
  policy = local.user_policy_json

  lifecycle {
    precondition {
      condition = length(local.names.user_policy) <= 128
      error_message = join("", [
        "The policy's name ${local.names.user_policy} has ${length(local.names.user_policy)} characters, ",
        "and AWS allows 128: shorten the prefix or the name.",
      ])
    }

    precondition {
      condition = local.user_policy_size <= 2048
      error_message = join("", [
        "The policy ${local.names.user_policy} would have ${local.user_policy_size} characters, and AWS allows 2048: ",
        "make it a managed policy (user_policy_type = \"managed\"), which may have 6144, or give fewer regions, ",
        "buckets, functions and layers.",
      ])
    }
  }
}

# iam:PassRole is for one role alone, that of Remotion's functions.
# trivy:ignore:AWS-0342
resource "aws_iam_policy" "user" {
  count = var.create_user && var.user_policy_type == "managed" ? 1 : 0

  name        = local.names.user_policy
  path        = var.path
  description = "What a user of Remotion Lambda may do."
  policy      = local.user_policy_json
  tags        = var.tags

  lifecycle {
    # AWS cannot change a policy's description, so a policy that was imported keeps its own.
    ignore_changes = [description]

    precondition {
      condition = length(local.names.user_policy) <= 128
      error_message = join("", [
        "The policy's name ${local.names.user_policy} has ${length(local.names.user_policy)} characters, ",
        "and AWS allows 128: shorten the prefix or the name.",
      ])
    }

    precondition {
      condition = local.user_policy_size <= 6144
      error_message = join("", [
        "The policy ${local.names.user_policy} would have ${local.user_policy_size} characters, and AWS allows 6144: ",
        "give fewer regions, buckets, functions and layers.",
      ])
    }
  }
}

resource "aws_iam_user_policy_attachment" "user" {
  # checkov:skip=CKV_AWS_40: The user has one purpose and this one policy; a group would hold nobody else.

  count = var.create_user && var.user_policy_type == "managed" ? 1 : 0

  user       = aws_iam_user.user[0].name
  policy_arn = aws_iam_policy.user[0].arn
}

resource "aws_iam_access_key" "user" {
  count = var.create_user && var.create_access_key ? 1 : 0

  user    = aws_iam_user.user[0].name
  pgp_key = var.pgp_key

  lifecycle {
    precondition {
      condition = length(var.access_keys) < 2
      error_message = join("", [
        "create_access_key makes one more key beside the ${length(var.access_keys)} in access_keys, ",
        "and IAM allows a user 2: give that key a name in access_keys, too, or leave create_access_key out.",
      ])
    }
  }
}

# Another pgp_key is for keys that are new: it must replace none that is in use.
resource "aws_iam_access_key" "user_named" {
  for_each = var.create_user ? var.access_keys : {}

  user    = aws_iam_user.user[0].name
  pgp_key = var.pgp_key
  status  = title(each.value)

  lifecycle {
    ignore_changes = [pgp_key]
  }
}
