variable "name_prefix" {
  type        = string
  description = "Goes before every name."
  default     = ""
}

module "remotion" {
  source = "../../../../modules/remotion-lambda-role"

  name        = "${var.name_prefix}remotion-lambda-role"
  policy_name = "${var.name_prefix}remotion-lambda-policy"
}
