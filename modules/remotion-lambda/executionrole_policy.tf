locals {
  executionrole_policy_json = jsonencode({
    Version   = "2012-10-17"
    Statement = local.user_policy_statements[var.executionrole_policy_profile]
  })

  # Characters as IAM counts them: jsonencode writes no white space.
  executionrole_policy_size = length(local.executionrole_policy_json)

  # ARNs and regions of another partition, where IAM would never match them.
  executionrole_policy_outside_partition = concat(
    distinct([
      for arn in compact(concat(var.custom_layer_arns, var.output_buckets[*].kms_key_arn)) : arn
      if !startswith(arn, "arn:${var.partition}:")
    ]),
    local.regions_outside_partition,
  )
}

# iam:PassRole is for one role alone, that of Remotion's functions.
# trivy:ignore:AWS-0342
resource "aws_iam_policy" "executionrole_policy" {
  count = var.create_executionrole_policy ? 1 : 0

  name        = local.names.executionrole_policy
  path        = var.path
  description = "What a caller of Remotion Lambda may do, without long-term keys."
  policy      = local.executionrole_policy_json
  tags        = var.tags

  lifecycle {
    # AWS cannot change a policy's description, so a policy that was imported keeps its own.
    ignore_changes = [description]

    precondition {
      condition = length(local.names.executionrole_policy) <= 128
      error_message = join("", [
        "The policy's name ${local.names.executionrole_policy} has ${length(local.names.executionrole_policy)} ",
        "characters, and AWS allows 128: shorten the prefix or the name.",
      ])
    }

    precondition {
      condition = local.executionrole_policy_size <= 6144
      error_message = join("", [
        "The policy ${local.names.executionrole_policy} would have ${local.executionrole_policy_size} characters, ",
        "and AWS allows 6144: give fewer regions, buckets, functions and layers, ",
        "or grant some of the output buckets through the module remotion-bucket-grants.",
      ])
    }

    precondition {
      condition = length(local.executionrole_policy_outside_partition) == 0
      error_message = join("", [
        "These are not in the partition \"${var.partition}\": ",
        join(", ", local.executionrole_policy_outside_partition),
        ". Give what belongs to it, or set partition: Remotion runs in \"aws\" and \"aws-cn\" alone.",
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

resource "aws_iam_role_policy_attachment" "executionrole_policy" {
  for_each = var.create_executionrole_policy ? var.role_names : {}

  role       = basename(each.value)
  policy_arn = aws_iam_policy.executionrole_policy[0].arn

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
