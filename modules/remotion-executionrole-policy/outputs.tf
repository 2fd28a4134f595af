output "policy_name" {
  description = "Name of the managed policy for callers."
  value       = aws_iam_policy.this.name
}

output "policy_arn" {
  description = "ARN of the managed policy for callers."
  value       = aws_iam_policy.this.arn
}

output "policy_json" {
  description = "The callers' policy document, as JSON."
  value       = local.policy_json

  precondition {
    condition = var.profile != "render" || !(var.all_insights_regions || length(var.custom_layer_arns) > 0)
    error_message = join("", [
      "custom_layer_arns and all_insights_regions are for deploying functions, which the profile \"render\" does not: ",
      "give the profile \"full\" or \"deploy\", or leave them out.",
    ])
  }
}

output "module_version" {
  description = "Version of this module, made for Remotion 4.0.527."
  value       = "0.1.0"
}
