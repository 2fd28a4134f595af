output "role_name" {
  description = "Name of the role that Remotion's functions run as."
  value       = aws_iam_role.this.name
}

output "role_arn" {
  description = "ARN of that role, as deployFunction() takes it for customRoleArn."
  value       = aws_iam_role.this.arn
}

output "policy_json" {
  description = "The role's policy document, as JSON."
  value       = local.policy_json
}

output "module_version" {
  description = "Version of this module, made for Remotion 4.0.527."
  value       = "0.1.0"
}
