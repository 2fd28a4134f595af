locals {
  # What ARNs are made of: what is given, or else Remotion's own wildcards.
  account = coalesce(var.account_id, "*")
  buckets = coalescelist(
    var.bucket_names,
    [for region in var.regions : "remotionlambda-${replace(region, "-", "")}-*"],
    ["remotionlambda-*"],
  )
  regions       = coalescelist(var.regions, ["*"])
  bucket_trees  = coalescelist(flatten([for name in var.bucket_names : [name, "${name}/*"]]), local.buckets)
  functions     = coalescelist(var.function_names, ["remotion-render-*"])
  function_logs = coalescelist(flatten([for name in var.function_names : [name, "${name}:*"]]), ["remotion-render-*"])

  # Null without an account. ARNs of buckets name none, so a condition limits them to it. StringLike says the
  # same of twelve digits as StringEquals, in two characters less of the quota.
  account_condition = var.account_id == null ? null : { StringLike = { "aws:ResourceAccount" = var.account_id } }

  # ARNs of what Remotion works with.
  bucket_tree_arns = [for bucket in local.bucket_trees : "arn:${var.partition}:s3:::${bucket}"]
  function_arns = flatten([
    for region in local.regions : [
      for function in local.functions : "arn:${var.partition}:lambda:${region}:${local.account}:function:${function}"
    ]
  ])
  insights_log_group_arns = [
    for region in local.regions : "arn:${var.partition}:logs:${region}:${local.account}:log-group:/aws/lambda-insights"
  ]
  log_group_arns = flatten([
    for region in local.regions : [
      for function in local.function_logs :
      "arn:${var.partition}:logs:${region}:${local.account}:log-group:/aws/lambda/${function}"
    ]
  ])
  bucket_arns = [for bucket in local.buckets : "arn:${var.partition}:s3:::${bucket}"]

  # Regions of another partition than the one that is given.
  regions_outside_partition = [
    for region in var.regions : region
    if var.partition == "aws-cn" ? !startswith(region, "cn-") : can(regex("^(cn|eusc|us-gov|us-iso|eu-iso)", region))
  ]

  # Lambda, and nobody else, may assume the role.
  trust_policy = {
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
  outside_partition = concat(
    distinct([
      for arn in compact(concat([var.permissions_boundary_arn], var.output_buckets[*].kms_key_arn)) : arn
      if !startswith(arn, "arn:${var.partition}:")
    ]),
    local.regions_outside_partition,
  )
}

resource "aws_iam_role" "this" {
  name                 = var.name
  path                 = var.path
  description          = "Remotion Lambda's functions run as this role."
  assume_role_policy   = jsonencode(local.trust_policy)
  max_session_duration = var.max_session_duration
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags

  lifecycle {
    precondition {
      condition = length(local.outside_partition) == 0
      error_message = join("", [
        "These are not in the partition \"${var.partition}\": ${join(", ", local.outside_partition)}. ",
        "Give what belongs to it, or set partition: Remotion runs in \"aws\" and \"aws-cn\" alone.",
      ])
    }
  }
}

locals {
  # What options add; the policy leaves out statements without a resource.
  option_statements = [
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

  policy_json = jsonencode({
    Version = "2012-10-17"
    Statement = [
      for statement in concat(
        local.statements[var.profile],
        local.option_statements,
        local.output_bucket_grants,
      ) :
      { for element, value in statement : element => value if value != null }
      if length(statement.Resource) > 0
    ]
  })

  # Characters as IAM counts them: jsonencode writes no white space.
  policy_size = length(local.policy_json)
}

resource "aws_iam_role_policy" "this" {
  count = var.policy_type == "inline" ? 1 : 0

  name   = var.policy_name
  role   = aws_iam_role.this.name
  policy = local.policy_json

  lifecycle {
    precondition {
      condition = local.policy_size <= 10240
      error_message = join("", [
        "The policy ${var.policy_name} would have ${local.policy_size} characters, and AWS allows 10240: ",
        "grant some of the output buckets through the module remotion-bucket-grants.",
      ])
    }
  }
}

resource "aws_iam_policy" "this" {
  count = var.policy_type == "managed" ? 1 : 0

  name        = var.policy_name
  path        = var.path
  description = "Lets Remotion Lambda's functions render."
  policy      = local.policy_json
  tags        = var.tags

  lifecycle {
    # AWS cannot change a policy's description, so a policy that was imported keeps its own.
    ignore_changes = [description]

    precondition {
      condition = local.policy_size <= 6144
      error_message = join("", [
        "The policy ${var.policy_name} would have ${local.policy_size} characters, and AWS allows 6144: ",
        "make it an inline policy (policy_type = \"inline\"), which may have 10240, ",
        "or grant some of the output buckets through the module remotion-bucket-grants.",
      ])
    }
  }
}

resource "aws_iam_role_policy_attachment" "this" {
  count = var.policy_type == "managed" ? 1 : 0

  role       = aws_iam_role.this.name
  policy_arn = aws_iam_policy.this[0].arn
}
