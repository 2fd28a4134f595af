locals {
  # The layers differ between the partitions.
  layers = {
    aws = [
      "arn:${var.partition}:lambda:*:678892195805:layer:remotion-binaries-*",
      "arn:${var.partition}:lambda:*:580247275435:layer:LambdaInsightsExtension*",
    ]
    aws-cn = ["arn:${var.partition}:lambda:*:488211338238:layer:LambdaInsightsExtension*"]
  }

  # Statements of Remotion 4.0.527, getUserPolicy().
  statements = [
    {
      # Read the limit on concurrent Lambda executions, ask AWS to raise it, and see what became of the request.
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
      # Check that the policies are in place, without calling the actions themselves.
      Sid      = "PermissionValidation"
      Effect   = "Allow"
      Action   = ["iam:SimulatePrincipalPolicy"]
      Resource = ["*"]
    },
    {
      # Hand the role that Remotion's functions run as to a function when it is created.
      Sid      = "LambdaInvokation"
      Effect   = "Allow"
      Action   = ["iam:PassRole"]
      Resource = ["arn:${var.partition}:iam::*:role${var.lambda_role_path}${var.lambda_role_name}"]
    },
    {
      # Create and configure the bucket that Remotion keeps in each region, and store, read and delete sites,
      # renders and large input props in it.
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
      Resource = ["arn:${var.partition}:s3:::remotionlambda-*"]
    },
    {
      # Find the Remotion bucket that exists already.
      Sid      = "BucketListing"
      Effect   = "Allow"
      Action   = ["s3:ListAllMyBuckets"]
      Resource = ["*"]
    },
    {
      # Find the Remotion functions that are deployed already, and read their settings.
      Sid      = "FunctionListing"
      Effect   = "Allow"
      Action   = ["lambda:ListFunctions", "lambda:GetFunction"]
      Resource = ["*"]
    },
    {
      # Create, configure and delete Remotion's functions, and start and watch renders on them.
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
      Resource = ["arn:${var.partition}:lambda:*:*:function:remotion-render-*"]
    },
    {
      # Create a function's log group and set how long its logs are kept.
      Sid      = "LogsRetention"
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup", "logs:PutRetentionPolicy"]
      Resource = ["arn:${var.partition}:logs:*:*:log-group:/aws/lambda/remotion-render-*"]
    },
    {
      # Put the layers with Chrome and the compositor, and Lambda Insights, into a function.
      Sid      = "FetchBinaries"
      Effect   = "Allow"
      Action   = ["lambda:GetLayerVersion"]
      Resource = local.layers[var.partition]
    },
  ]

  policy_json = jsonencode({
    Version   = "2012-10-17"
    Statement = local.statements
  })

  # Characters as IAM counts them: jsonencode writes no white space.
  policy_size = length(local.policy_json)
}

resource "aws_iam_user" "this" {
  name                 = var.name
  path                 = var.path
  force_destroy        = var.force_destroy
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags
}

resource "aws_iam_user_policy" "this" {
  count = var.policy_type == "inline" ? 1 : 0

  name   = var.policy_name
  user   = aws_iam_user.this.name
  policy = local.policy_json

  lifecycle {
    precondition {
      condition     = local.policy_size <= 2048
      error_message = "The policy ${var.policy_name} would have ${local.policy_size} characters, and AWS allows 2048: make it a managed policy (policy type \"managed\"), which may have 6144, or shorten the name and path of the role."
    }
  }
}

resource "aws_iam_policy" "this" {
  count = var.policy_type == "managed" ? 1 : 0

  name        = var.policy_name
  path        = var.path
  description = "Lets a user deploy to and render with Remotion Lambda."
  policy      = local.policy_json
  tags        = var.tags

  lifecycle {
    precondition {
      condition     = local.policy_size <= 6144
      error_message = "The policy ${var.policy_name} would have ${local.policy_size} characters, and AWS allows 6144: shorten the name and path of the role."
    }
  }
}

resource "aws_iam_user_policy_attachment" "this" {
  count = var.policy_type == "managed" ? 1 : 0

  user       = aws_iam_user.this.name
  policy_arn = aws_iam_policy.this[0].arn
}

resource "aws_iam_access_key" "this" {
  count = var.create_access_key ? 1 : 0

  user = aws_iam_user.this.name
}
