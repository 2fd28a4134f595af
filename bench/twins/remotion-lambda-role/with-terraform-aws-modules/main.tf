variable "name_prefix" {
  type        = string
  description = "Goes before every name."
  default     = ""
}

module "lambda_role" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-assumable-role"
  version = "5.60.0"

  create_role           = true
  role_name             = "${var.name_prefix}remotion-lambda-role"
  role_requires_mfa     = false
  trusted_role_services = ["lambda.amazonaws.com"]
  trusted_role_actions  = []

  inline_policy_statements = [
    {
      sid       = "0"
      actions   = ["s3:ListAllMyBuckets"]
      resources = ["*"]
    },
    {
      sid = "1"
      actions = [
        "s3:CreateBucket",
        "s3:ListBucket",
        "s3:PutBucketAcl",
        "s3:GetObject",
        "s3:DeleteObject",
        "s3:PutObjectAcl",
        "s3:PutObject",
        "s3:GetBucketLocation",
      ]
      resources = ["arn:aws:s3:::remotionlambda-*"]
    },
    {
      sid       = "2"
      actions   = ["lambda:InvokeFunction"]
      resources = ["arn:aws:lambda:*:*:function:remotion-render-*"]
    },
    {
      sid       = "3"
      actions   = ["logs:CreateLogGroup"]
      resources = ["arn:aws:logs:*:*:log-group:/aws/lambda-insights"]
    },
    {
      sid     = "4"
      actions = ["logs:CreateLogStream", "logs:PutLogEvents"]
      resources = [
        "arn:aws:logs:*:*:log-group:/aws/lambda/remotion-render-*",
        "arn:aws:logs:*:*:log-group:/aws/lambda-insights:*",
      ]
    },
  ]
}
