output "user_name" {
  description = "Name of the user."
  value       = one(aws_iam_user.user[*].name)
}

output "user_arn" {
  description = "ARN of the user."
  value       = one(aws_iam_user.user[*].arn)
}

output "user_policy_json" {
  description = "The user's policy document, as JSON."
  value       = local.user_policy_json

  precondition {
    condition = (
      (var.create_user && var.user_profile != "render") ||
      (var.create_executionrole_policy && var.executionrole_policy_profile != "render") ||
      !(var.all_insights_regions || length(var.custom_layer_arns) > 0)
    )
    error_message = join("", [
      "custom_layer_arns and all_insights_regions are for deploying functions, ",
      "which neither the user nor the managed policy for callers does: ",
      "give user_profile or executionrole_policy_profile as \"full\" or \"deploy\", or leave them out.",
    ])
  }
}

output "access_key_id" {
  description = "Id of the access key; null without one."
  value       = one(aws_iam_access_key.user[*].id)

  precondition {
    condition = var.create_user || !var.create_access_key
    error_message = join("", [
      "create_access_key is true, and create_user is false: there is no user to have the key. ",
      "Set create_user to true, or leave create_access_key out.",
    ])
  }
}

output "secret_access_key" {
  description = "Secret of the access key; null without one, and where pgp_key encrypts it."
  value       = one(aws_iam_access_key.user[*].secret)
  sensitive   = true
}

output "encrypted_secret_access_key" {
  description = "Secret of the access key, encrypted with pgp_key and in base64; null without either."
  value       = one(aws_iam_access_key.user[*].encrypted_secret)
  sensitive   = true
}

output "access_keys" {
  description = "Id and status of each key in access_keys, by its name."
  value       = { for name, key in aws_iam_access_key.user_named : name => { id = key.id, status = lower(key.status) } }

  precondition {
    condition = var.create_user || length(var.access_keys) == 0
    error_message = join("", [
      "access_keys has ${join(", ", keys(var.access_keys))}, and create_user is false: ",
      "there is no user to have the keys. Set create_user to true, or leave access_keys out.",
    ])
  }
}

output "secret_access_keys" {
  description = "Secret of each key in access_keys, by its name; null where pgp_key encrypts it."
  value       = { for name, key in aws_iam_access_key.user_named : name => key.secret }
  sensitive   = true
}

output "encrypted_secret_access_keys" {
  description = "Secret of each key in access_keys, by its name, encrypted with pgp_key and in base64; null without."
  value       = { for name, key in aws_iam_access_key.user_named : name => key.encrypted_secret }
  sensitive   = true
}

output "lambda_role_name" {
  description = "Name of the role that Remotion's functions run as."
  value       = aws_iam_role.lambda_role.name
}

output "lambda_role_arn" {
  description = "ARN of that role, as deployFunction() takes it for customRoleArn."
  value       = aws_iam_role.lambda_role.arn
}

output "lambda_role_policy_json" {
  description = "The role's policy document, as JSON."
  value       = local.lambda_role_policy_json
}

output "executionrole_policy_name" {
  description = "Name of the managed policy for callers."
  value       = one(aws_iam_policy.executionrole_policy[*].name)
}

output "executionrole_policy_arn" {
  description = "ARN of the managed policy for callers."
  value       = one(aws_iam_policy.executionrole_policy[*].arn)

  precondition {
    condition = var.create_executionrole_policy || length(var.role_names) == 0
    error_message = join("", [
      "role_names has ${join(", ", keys(var.role_names))}, and create_executionrole_policy is false: ",
      "there is no policy to attach. Set it to true, or leave role_names out.",
    ])
  }

  precondition {
    condition = (
      var.create_user ||
      var.create_executionrole_policy ||
      length([for bucket in var.output_buckets : bucket.access if contains(["read", "delete"], bucket.access)]) == 0
    )
    error_message = join("", [
      "output_buckets has the accesses ",
      join(
        ", ",
        distinct([for bucket in var.output_buckets : bucket.access if contains(["read", "delete"], bucket.access)]),
      ),
      ", and create_user and create_executionrole_policy are false: nobody would get them. ",
      "Set one of them to true, or leave what callers do out.",
    ])
  }
}

output "executionrole_policy_json" {
  description = "The callers' policy document, as JSON."
  value       = local.executionrole_policy_json
}

output "execution_role_name" {
  description = "Name of the role for callers."
  value       = one(aws_iam_role.execution_role[*].name)

  precondition {
    condition = var.create_execution_role || length(local.execution_role_inputs) == 0
    error_message = join("", [
      "${join(", ", local.execution_role_inputs)} would do nothing, as create_execution_role is false: ",
      "there is no role for callers. Set it to true, or leave the others out.",
    ])
  }
}

output "execution_role_arn" {
  description = "ARN of the role for callers."
  value       = one(aws_iam_role.execution_role[*].arn)
}

output "instance_profile_name" {
  description = "Name of the instance profile, as EC2 takes it; null without one."
  value       = one(aws_iam_instance_profile.execution_role[*].name)
}

output "instance_profile_arn" {
  description = "ARN of the instance profile; null without one."
  value       = one(aws_iam_instance_profile.execution_role[*].arn)
}

output "execution_role_trust_policy_json" {
  description = "The trust policy, which says who may assume the role, as JSON."
  value       = local.execution_role_trust_policy_json
}

output "module_version" {
  description = "Version of this module, made for Remotion 4.0.527."
  value       = "0.1.0"
}
