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

module "user_policy" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-policy"
  version = "5.60.0"

  name = "${var.name_prefix}remotion-user-policy"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "HandleQuotas"
        Effect = "Allow"
        Action = [
          "servicequotas:GetServiceQuota",
          "servicequotas:GetAWSDefaultServiceQuota",
          "servicequotas:RequestServiceQuotaIncrease",
          "servicequotas:ListRequestedServiceQuotaChangeHistoryByQuota",
        ]
        Resource = ["*"]
      },
      {
        Sid      = "PermissionValidation"
        Effect   = "Allow"
        Action   = ["iam:SimulatePrincipalPolicy"]
        Resource = ["*"]
      },
      {
        Sid      = "LambdaInvokation"
        Effect   = "Allow"
        Action   = ["iam:PassRole"]
        Resource = ["arn:aws:iam::*:role/${var.name_prefix}remotion-lambda-role"]
      },
      {
        Sid    = "Storage"
        Effect = "Allow"
        Action = [
          "s3:GetObject",
          "s3:DeleteObject",
          "s3:PutObjectAcl",
          "s3:PutObject",
          "s3:CreateBucket",
          "s3:ListBucket",
          "s3:GetBucketLocation",
          "s3:PutBucketAcl",
          "s3:DeleteBucket",
          "s3:PutBucketOwnershipControls",
          "s3:PutBucketPublicAccessBlock",
          "s3:PutBucketPolicy",
          "s3:PutLifecycleConfiguration",
        ]
        Resource = ["arn:aws:s3:::remotionlambda-*"]
      },
      {
        Sid      = "BucketListing"
        Effect   = "Allow"
        Action   = ["s3:ListAllMyBuckets"]
        Resource = ["*"]
      },
      {
        Sid      = "FunctionListing"
        Effect   = "Allow"
        Action   = ["lambda:ListFunctions", "lambda:GetFunction"]
        Resource = ["*"]
      },
      {
        Sid    = "FunctionManagement"
        Effect = "Allow"
        Action = [
          "lambda:InvokeAsync",
          "lambda:InvokeFunction",
          "lambda:CreateFunction",
          "lambda:DeleteFunction",
          "lambda:PutFunctionEventInvokeConfig",
          "lambda:PutRuntimeManagementConfig",
          "lambda:TagResource",
        ]
        Resource = ["arn:aws:lambda:*:*:function:remotion-render-*"]
      },
      {
        Sid      = "LogsRetention"
        Effect   = "Allow"
        Action   = ["logs:CreateLogGroup", "logs:PutRetentionPolicy"]
        Resource = ["arn:aws:logs:*:*:log-group:/aws/lambda/remotion-render-*"]
      },
      {
        Sid    = "FetchBinaries"
        Effect = "Allow"
        Action = ["lambda:GetLayerVersion"]
        Resource = [
          "arn:aws:lambda:*:678892195805:layer:remotion-binaries-*",
          "arn:aws:lambda:*:580247275435:layer:LambdaInsightsExtension*",
        ]
      },
    ]
  })
}

module "user" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-user"
  version = "5.60.0"

  name                          = "${var.name_prefix}remotion-user"
  create_iam_access_key         = false
  create_iam_user_login_profile = false
  policy_arns                   = [module.user_policy.arn]
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

module "execution_policy" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-policy"
  version = "5.60.0"

  name = "${var.name_prefix}remotion-executionrole-policy"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "HandleQuotas"
        Effect = "Allow"
        Action = [
          "servicequotas:GetServiceQuota",
          "servicequotas:GetAWSDefaultServiceQuota",
          "servicequotas:RequestServiceQuotaIncrease",
          "servicequotas:ListRequestedServiceQuotaChangeHistoryByQuota",
        ]
        Resource = ["*"]
      },
      {
        Sid      = "PermissionValidation"
        Effect   = "Allow"
        Action   = ["iam:SimulatePrincipalPolicy"]
        Resource = ["*"]
      },
      {
        Sid      = "LambdaInvokation"
        Effect   = "Allow"
        Action   = ["iam:PassRole"]
        Resource = ["arn:aws:iam::*:role/${var.name_prefix}remotion-lambda-role"]
      },
      {
        Sid    = "Storage"
        Effect = "Allow"
        Action = [
          "s3:GetObject",
          "s3:DeleteObject",
          "s3:PutObjectAcl",
          "s3:PutObject",
          "s3:CreateBucket",
          "s3:ListBucket",
          "s3:GetBucketLocation",
          "s3:PutBucketAcl",
          "s3:DeleteBucket",
          "s3:PutBucketOwnershipControls",
          "s3:PutBucketPublicAccessBlock",
          "s3:PutBucketPolicy",
          "s3:PutLifecycleConfiguration",
        ]
        Resource = ["arn:aws:s3:::remotionlambda-*"]
      },
      {
        Sid      = "BucketListing"
        Effect   = "Allow"
        Action   = ["s3:ListAllMyBuckets"]
        Resource = ["*"]
      },
      {
        Sid      = "FunctionListing"
        Effect   = "Allow"
        Action   = ["lambda:ListFunctions", "lambda:GetFunction"]
        Resource = ["*"]
      },
      {
        Sid    = "FunctionManagement"
        Effect = "Allow"
        Action = [
          "lambda:InvokeAsync",
          "lambda:InvokeFunction",
          "lambda:CreateFunction",
          "lambda:DeleteFunction",
          "lambda:PutFunctionEventInvokeConfig",
          "lambda:PutRuntimeManagementConfig",
          "lambda:TagResource",
        ]
        Resource = ["arn:aws:lambda:*:*:function:remotion-render-*"]
      },
      {
        Sid      = "LogsRetention"
        Effect   = "Allow"
        Action   = ["logs:CreateLogGroup", "logs:PutRetentionPolicy"]
        Resource = ["arn:aws:logs:*:*:log-group:/aws/lambda/remotion-render-*"]
      },
      {
        Sid    = "FetchBinaries"
        Effect = "Allow"
        Action = ["lambda:GetLayerVersion"]
        Resource = [
          "arn:aws:lambda:*:678892195805:layer:remotion-binaries-*",
          "arn:aws:lambda:*:580247275435:layer:LambdaInsightsExtension*",
        ]
      },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.api.name
  policy_arn = module.execution_policy.arn
}
