variable "name_prefix" {
  type        = string
  description = "Goes before every name."
  default     = ""
}

module "remotion" {
  source = "../../../../modules/remotion-user"

  name             = "${var.name_prefix}remotion-user"
  policy_name      = "${var.name_prefix}remotion-user-policy"
  lambda_role_name = "${var.name_prefix}remotion-lambda-role"
}
