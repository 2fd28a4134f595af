output "policy_arns" {
  description = "ARNs of the managed policies; none without a bucket."
  value       = aws_iam_policy.this[*].arn
}

output "policy_json" {
  description = "The policy document, as JSON."
  value       = local.policy_json
}
