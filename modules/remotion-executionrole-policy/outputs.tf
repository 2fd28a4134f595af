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
}

output "module_version" {
  description = "Version of this module, made for Remotion 4.0.527."
  value       = "0.1.0"
}
