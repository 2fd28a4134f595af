output "policy_arns" {
  description = "ARNs of the managed policies; none without a bucket."
  value       = values(aws_iam_policy.this)[*].arn
}

output "policy_json" {
  description = "All the grants as one policy document, as JSON, however many policies hold them."
  value       = local.policy_json
}
