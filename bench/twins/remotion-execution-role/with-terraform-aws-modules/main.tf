variable "name_prefix" {
  type        = string
  description = "Goes before every name."
  default     = ""
}

resource "aws_iam_policy" "render" {
  name = "${var.name_prefix}render"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Listing"
        Effect   = "Allow"
        Action   = ["s3:ListAllMyBuckets"]
        Resource = ["*"]
      },
      {
        Sid      = "Functions"
        Effect   = "Allow"
        Action   = ["lambda:InvokeFunction"]
        Resource = ["arn:aws:lambda:*:*:function:remotion-render-*"]
      },
      {
        Sid      = "Buckets"
        Effect   = "Allow"
        Action   = ["s3:GetBucketLocation", "s3:ListBucket"]
        Resource = ["arn:aws:s3:::remotionlambda-*"]
      },
      {
        Sid      = "Objects"
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = ["arn:aws:s3:::remotionlambda-*/*"]
      },
      {
        Sid    = "InputPropsAndCancellation"
        Effect = "Allow"
        Action = ["s3:PutObject", "s3:PutObjectAcl"]
        Resource = [
          "arn:aws:s3:::remotionlambda-*/input-props/*",
          "arn:aws:s3:::remotionlambda-*/renders/*/cancel.json",
        ]
      },
    ]
  })
}

module "execution_role" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-assumable-role"
  version = "5.60.0"

  create_role             = true
  role_name               = "${var.name_prefix}remotion-execution-role"
  role_requires_mfa       = false
  trusted_role_services   = ["ec2.amazonaws.com"]
  trusted_role_actions    = []
  custom_role_policy_arns = [aws_iam_policy.render.arn]
  create_instance_profile = true
}
