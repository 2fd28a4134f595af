output "role_name" {
  description = "Name of the role for callers."
  value       = aws_iam_role.this.name
}

output "role_arn" {
  description = "ARN of the role for callers."
  value       = aws_iam_role.this.arn
}

output "instance_profile_name" {
  description = "Name of the instance profile, as EC2 takes it; null without one."
  value       = one(aws_iam_instance_profile.this[*].name)
}

output "instance_profile_arn" {
  description = "ARN of the instance profile; null without one."
  value       = one(aws_iam_instance_profile.this[*].arn)
}

output "trust_policy_json" {
  description = "The trust policy, which says who may assume the role, as JSON."
  value       = local.trust_policy_json
}

output "module_version" {
  description = "Version of this module, made for Remotion 4.0.527."
  value       = "0.1.0"
}
