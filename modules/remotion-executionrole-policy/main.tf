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
  log_group_arns = flatten([
    for region in local.regions : [
      for function in local.function_logs :
      "arn:${var.partition}:logs:${region}:${local.account}:log-group:/aws/lambda/${function}"
    ]
  ])
  bucket_arns        = [for bucket in local.buckets : "arn:${var.partition}:s3:::${bucket}"]
  bucket_object_arns = [for arn in local.bucket_arns : "${arn}/*"]

  # The one role that may be passed on.
  lambda_role_arn = "arn:${var.partition}:iam::${local.account}:role${var.lambda_role_path}${var.lambda_role_name}"

  # Regions of another partition than the one that is given.
  regions_outside_partition = [
    for region in var.regions : region
    if var.partition == "aws-cn" ? !startswith(region, "cn-") : can(regex("^(cn|eusc|us-gov|us-iso|eu-iso)", region))
  ]

  # What options add, to any profile but render; the policy leaves out statements without a resource.
  option_statements = [
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

  policy_json = jsonencode({
    Version = "2012-10-17"
    Statement = [
      for statement in concat(
        local.statements[var.profile],
        [for statement in local.option_statements : statement if var.profile != "render"],
        local.output_bucket_grants,
      ) :
      { for element, value in statement : element => value if value != null }
      if length(statement.Resource) > 0
    ]
  })

  # Characters as IAM counts them: jsonencode writes no white space.
  policy_size = length(local.policy_json)

  # ARNs and regions of another partition, where IAM would never match them.
  outside_partition = concat(
    distinct([
      for arn in compact(concat(var.custom_layer_arns, var.output_buckets[*].kms_key_arn)) : arn
      if !startswith(arn, "arn:${var.partition}:")
    ]),
    local.regions_outside_partition,
  )
}

# iam:PassRole is for one role alone, that of Remotion's functions.
# trivy:ignore:AWS-0342
resource "aws_iam_policy" "this" {
  name        = var.name
  path        = var.path
  description = "What a caller of Remotion Lambda may do, without long-term keys."
  policy      = local.policy_json
  tags        = var.tags

  lifecycle {
    # AWS cannot change a policy's description, so a policy that was imported keeps its own.
    ignore_changes = [description]

    precondition {
      condition = local.policy_size <= 6144
      error_message = join("", [
        "The policy ${var.name} would have ${local.policy_size} characters, and AWS allows 6144: ",
        "give fewer regions, buckets, functions and layers, ",
        "or grant some of the output buckets through the module remotion-bucket-grants.",
      ])
    }

    precondition {
      condition = length(local.outside_partition) == 0
      error_message = join("", [
        "These are not in the partition \"${var.partition}\": ${join(", ", local.outside_partition)}. ",
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

resource "aws_iam_role_policy_attachment" "this" {
  for_each = var.role_names

  role       = basename(each.value)
  policy_arn = aws_iam_policy.this.arn

  lifecycle {
    precondition {
      condition = !startswith(each.value, "arn:") || startswith(each.value, "arn:${var.partition}:")
      error_message = join("", [
        "${each.value} is not in the partition \"${var.partition}\". Give what belongs to it, or set partition: ",
        "Remotion runs in \"aws\" and \"aws-cn\" alone.",
      ])
    }
  }
}
