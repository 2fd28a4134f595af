locals {
  # Names with their prefix.
  names = {
    user                 = "${var.name_prefix}${var.user_name}"
    user_policy          = "${var.name_prefix}${var.user_policy_name}"
    lambda_role          = "${var.name_prefix}${var.lambda_role_name}"
    lambda_role_policy   = "${var.name_prefix}${var.lambda_role_policy_name}"
    executionrole_policy = "${var.name_prefix}${var.executionrole_policy_name}"
    execution_role       = "${var.name_prefix}${var.execution_role_name}"
  }

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
  insights_log_group_arns = [
    for region in local.regions : "arn:${var.partition}:logs:${region}:${local.account}:log-group:/aws/lambda-insights"
  ]

  # The one role that may be passed on.
  lambda_role_arn = "arn:${var.partition}:iam::${local.account}:role${var.path}${local.names.lambda_role}"

  # Regions of another partition than the one that is given.
  regions_outside_partition = [
    for region in var.regions : region
    if var.partition == "aws-cn" ? !startswith(region, "cn-") : can(regex("^(cn|eusc|us-gov|us-iso|eu-iso)", region))
  ]
}
