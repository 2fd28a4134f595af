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

  # What Remotion's wildcards are narrowed to; the wildcard where nothing is.
  narrowed_account = coalesce(var.account_id, "*")
  narrowed_buckets = coalescelist(
    var.bucket_names,
    [for region in var.regions : "remotionlambda-${replace(region, "-", "")}-*"],
    ["remotionlambda-*"],
  )
  narrowed_regions = coalescelist(var.regions, ["*"])
  narrowed_bucket_trees = coalescelist(
    flatten([for name in var.bucket_names : [name, "${name}/*"]]),
    local.narrowed_buckets,
  )
  narrowed_functions = coalescelist(var.function_names, ["remotion-render-*"])
  narrowed_function_logs = coalescelist(
    flatten([for name in var.function_names : [name, "${name}:*"]]),
    ["remotion-render-*"],
  )

  # Null without an account. ARNs of buckets name none, so a condition limits them to it.
  narrowed_account_condition = local.narrowed_account == "*" ? null : {
    StringLike = { "aws:ResourceAccount" = local.narrowed_account }
  }

  # ARNs of what Remotion works with.
  bucket_tree_arns = [for bucket in local.narrowed_bucket_trees : "arn:${var.partition}:s3:::${bucket}"]
  function_arns = flatten([
    for region in local.narrowed_regions : [
      for function in local.narrowed_functions :
      "arn:${var.partition}:lambda:${region}:${local.narrowed_account}:function:${function}"
    ]
  ])
  log_group_arns = flatten([
    for region in local.narrowed_regions : [
      for function in local.narrowed_function_logs :
      "arn:${var.partition}:logs:${region}:${local.narrowed_account}:log-group:/aws/lambda/${function}"
    ]
  ])
  bucket_arns        = [for bucket in local.narrowed_buckets : "arn:${var.partition}:s3:::${bucket}"]
  bucket_object_arns = [for arn in local.bucket_arns : "${arn}/*"]
  insights_log_group_arns = [
    for region in local.narrowed_regions :
    "arn:${var.partition}:logs:${region}:${local.narrowed_account}:log-group:/aws/lambda-insights"
  ]

  # The one role that may be passed on.
  lambda_role_arn = "arn:${var.partition}:iam::${local.narrowed_account}:role${var.path}${local.names.lambda_role}"

  # Regions of another partition than the one that is given.
  regions_elsewhere = [
    for region in var.regions : region
    if var.partition == "aws-cn" ? !startswith(region, "cn-") : can(regex("^(cn|eusc|us-gov|us-iso|eu-iso)", region))
  ]
}
