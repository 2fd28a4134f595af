output "arn" {
  description = "ARN, %%{if} any."
  value       = aws_iam_policy.shared.arn
}

output "settings" {
  description = "Them."
  value       = var.settings
  sensitive   = true
}
