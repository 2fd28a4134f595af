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

  # ARNs of buckets name no account. Without one it is null, and the policies leave it out.
  narrowed_account_condition = local.narrowed_account == "*" ? null : {
    StringLike = { "aws:ResourceAccount" = local.narrowed_account }
  }
}
