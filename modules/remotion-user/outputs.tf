output "user_name" {
  description = "Name of the user."
  value       = aws_iam_user.this.name
}

output "user_arn" {
  description = "ARN of the user."
  value       = aws_iam_user.this.arn
}

output "policy_json" {
  description = "The user's policy document, as JSON."
  value       = local.policy_json

  precondition {
    condition = var.profile != "render" || !(var.all_insights_regions || length(var.custom_layer_arns) > 0)
    error_message = join("", [
      "custom_layer_arns and all_insights_regions are for deploying functions, which the profile \"render\" does not: ",
      "give the profile \"full\" or \"deploy\", or leave them out.",
    ])
  }
}

output "access_key_id" {
  description = "Id of the access key; null without one."
  value       = one(aws_iam_access_key.this[*].id)
}

output "secret_access_key" {
  description = "Secret of the access key; null without one, and where pgp_key encrypts it."
  value       = one(aws_iam_access_key.this[*].secret)
  sensitive   = true
}

output "encrypted_secret_access_key" {
  description = "Secret of the access key, encrypted with pgp_key and in base64; null without either."
  value       = one(aws_iam_access_key.this[*].encrypted_secret)
  sensitive   = true
}

output "access_keys" {
  description = "Id and status of each key in access_keys, by its name."
  value       = { for name, key in aws_iam_access_key.named : name => { id = key.id, status = lower(key.status) } }
}

output "secret_access_keys" {
  description = "Secret of each key in access_keys, by its name; null where pgp_key encrypts it."
  value       = { for name, key in aws_iam_access_key.named : name => key.secret }
  sensitive   = true
}

output "encrypted_secret_access_keys" {
  description = "Secret of each key in access_keys, by its name, encrypted with pgp_key and in base64; null without."
  value       = { for name, key in aws_iam_access_key.named : name => key.encrypted_secret }
  sensitive   = true
}

output "module_version" {
  description = "Version of this module, made for Remotion 4.0.527."
  value       = "0.1.0"
}
