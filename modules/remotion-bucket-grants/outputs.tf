output "policy_arns" {
  description = "ARNs of the managed policies; none without a bucket."
  value       = values(aws_iam_policy.this)[*].arn

  precondition {
    condition = length(var.output_buckets) == 0 || length(var.role_names) > 0
    error_message = join("", [
      "output_buckets is given, and role_names is empty: nobody would get the grants. ",
      "Name a role, or leave the module out.",
    ])
  }

  precondition {
    condition = length(var.role_names) == 0 || length(var.output_buckets) > 0
    error_message = join("", [
      "role_names has ${join(", ", keys(var.role_names))}, and output_buckets is empty: there is nothing to grant. ",
      "Name a bucket, or leave the module out.",
    ])
  }
}

output "policy_json" {
  description = "All the grants as one policy document, as JSON, however many policies hold them."
  value       = local.policy_json
}

output "module_version" {
  description = "Version of this module, made for Remotion 4.0.527."
  value       = "0.1.0"
}
