variable "name_prefix" {
  type        = string
  description = "Goes before every name."
  default     = ""
}

resource "aws_iam_role" "api" {
  name = "${var.name_prefix}api"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "ec2.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
}

module "remotion" {
  source = "../../../../modules/remotion-executionrole-policy"

  name             = "${var.name_prefix}remotion-executionrole-policy"
  lambda_role_name = "${var.name_prefix}remotion-lambda-role"
  role_names       = { api = aws_iam_role.api.name }
}
