locals {
  # The layers differ between the partitions.
  user_layers = {
    aws = [
      "arn:${var.partition}:lambda:*:678892195805:layer:remotion-binaries-*",
      "arn:${var.partition}:lambda:*:580247275435:layer:LambdaInsightsExtension*",
    ]
    aws-cn = ["arn:${var.partition}:lambda:*:488211338238:layer:LambdaInsightsExtension*"]
  }

  # Statements of Remotion 4.0.527, getUserPolicy().
  user_statements = [
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
      Resource = ["arn:${var.partition}:iam::*:role${var.path}${var.lambda_role_name}"]
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
      Resource = local.user_layers[var.partition]
    },
  ]

  user_policy_json = jsonencode({
    Version   = "2012-10-17"
    Statement = local.user_statements
  })

  # Characters as IAM counts them: jsonencode writes no white space.
  user_policy_size = length(local.user_policy_json)
}

resource "aws_iam_user" "this" {
  count = var.create_user ? 1 : 0

  name                 = var.user_name
  path                 = var.path
  force_destroy        = var.user_force_destroy
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags
}

resource "aws_iam_user_policy" "this" {
  count = var.create_user && var.user_policy_type == "inline" ? 1 : 0

  name   = var.user_policy_name
  user   = aws_iam_user.this[0].name
  policy = local.user_policy_json

  lifecycle {
    precondition {
      condition     = local.user_policy_size <= 2048
      error_message = "The policy ${var.user_policy_name} would have ${local.user_policy_size} characters, and AWS allows 2048: make it a managed policy (policy type \"managed\"), which may have 6144, or shorten the name and path of the role."
    }
  }
}

resource "aws_iam_policy" "user" {
  count = var.create_user && var.user_policy_type == "managed" ? 1 : 0

  name        = var.user_policy_name
  path        = var.path
  description = "Lets a user deploy to and render with Remotion Lambda."
  policy      = local.user_policy_json
  tags        = var.tags

  lifecycle {
    precondition {
      condition     = local.user_policy_size <= 6144
      error_message = "The policy ${var.user_policy_name} would have ${local.user_policy_size} characters, and AWS allows 6144: shorten the name and path of the role."
    }
  }
}

resource "aws_iam_user_policy_attachment" "this" {
  count = var.create_user && var.user_policy_type == "managed" ? 1 : 0

  user       = aws_iam_user.this[0].name
  policy_arn = aws_iam_policy.user[0].arn
}

resource "aws_iam_access_key" "user" {
  count = var.create_user && var.create_access_key ? 1 : 0

  user = aws_iam_user.this[0].name
}

locals {
  # Lambda, and nobody else, may assume the role.
  lambda_role_trust_policy = {
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = ["lambda.amazonaws.com"]
        }
        Action = ["sts:AssumeRole"]
      },
    ]
  }

  # Statements of Remotion 4.0.527, getRolePolicy().
  lambda_role_statements = [
    {
      # Find the Remotion bucket when a render is started without naming it.
      Sid      = "0"
      Effect   = "Allow"
      Action   = ["s3:ListAllMyBuckets"]
      Resource = ["*"]
    },
    {
      # Read input props, and write the progress, the artifacts and the finished video or image of a render.
      Sid    = "1"
      Effect = "Allow"
      Action = [
        "s3:CreateBucket",
        "s3:ListBucket",
        "s3:PutBucketAcl",
        "s3:GetObject",
        "s3:DeleteObject",
        "s3:PutObjectAcl",
        "s3:PutObject",
        "s3:GetBucketLocation",
      ]
      Resource = ["arn:${var.partition}:s3:::remotionlambda-*"]
    },
    {
      # Spread one render over many invocations of the same function.
      Sid      = "2"
      Effect   = "Allow"
      Action   = ["lambda:InvokeFunction"]
      Resource = ["arn:${var.partition}:lambda:*:*:function:remotion-render-*"]
    },
    {
      # Let Lambda Insights create its log group on first use.
      Sid      = "3"
      Effect   = "Allow"
      Action   = ["logs:CreateLogGroup"]
      Resource = ["arn:${var.partition}:logs:*:*:log-group:/aws/lambda-insights"]
    },
    {
      # Write the function's logs and its Lambda Insights metrics.
      Sid    = "4"
      Effect = "Allow"
      Action = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = [
        "arn:${var.partition}:logs:*:*:log-group:/aws/lambda/remotion-render-*",
        "arn:${var.partition}:logs:*:*:log-group:/aws/lambda-insights:*",
      ]
    },
  ]

  # Grants to output_buckets; those that would name no bucket are left out below.
  lambda_role_output_bucket_grants = [
    {
      # Write the finished video and its artifacts, and look whether one is there already.
      Sid    = "OutputBucketObjects"
      Effect = "Allow"
      Action = ["s3:PutObject", "s3:GetObject"]
      Resource = distinct([
        for bucket in var.output_buckets : "arn:${var.partition}:s3:::${bucket.name}/${bucket.prefix}*" if bucket.access == "write"
      ])
    },
    {
      # Let S3 answer 404 and not 403 when the video is not there yet; without it the render fails.
      Sid    = "OutputBucketListing"
      Effect = "Allow"
      Action = ["s3:ListBucket"]
      Resource = distinct([
        for bucket in var.output_buckets : "arn:${var.partition}:s3:::${bucket.name}" if bucket.access == "write"
      ])
    },
    {
      # Write the finished video, for renders that are started with `overwrite: true`.
      Sid    = "OutputBucketPut"
      Effect = "Allow"
      Action = ["s3:PutObject"]
      Resource = flatten([
        for bucket in var.output_buckets : ["arn:${var.partition}:s3:::${bucket.name}", "arn:${var.partition}:s3:::${bucket.name}/${bucket.prefix}*"] if bucket.access == "put"
      ])
    },
    {
      # Set the ACL that Remotion sends with a video unless `privacy` is `no-acl`.
      Sid    = "OutputBucketAcl"
      Effect = "Allow"
      Action = ["s3:PutObjectAcl"]
      Resource = distinct([
        for bucket in var.output_buckets : "arn:${var.partition}:s3:::${bucket.name}/${bucket.prefix}*" if bucket.acl
      ])
    },
  ]

  lambda_role_policy_json = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      local.lambda_role_statements,
      [for grant in local.lambda_role_output_bucket_grants : grant if length(grant.Resource) > 0],
    )
  })

  # Characters as IAM counts them: jsonencode writes no white space.
  lambda_role_policy_size = length(local.lambda_role_policy_json)
}

resource "aws_iam_role" "lambda" {
  name                 = var.lambda_role_name
  path                 = var.path
  description          = "Remotion Lambda's functions run as this role."
  assume_role_policy   = jsonencode(local.lambda_role_trust_policy)
  max_session_duration = var.max_session_duration
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags
}

resource "aws_iam_role_policy" "lambda" {
  count = var.lambda_role_policy_type == "inline" ? 1 : 0

  name   = var.lambda_role_policy_name
  role   = aws_iam_role.lambda.name
  policy = local.lambda_role_policy_json

  lifecycle {
    precondition {
      condition     = local.lambda_role_policy_size <= 10240
      error_message = "The policy ${var.lambda_role_policy_name} would have ${local.lambda_role_policy_size} characters, and AWS allows 10240: grant some of the output buckets through the module remotion-bucket-grants."
    }
  }
}

resource "aws_iam_policy" "lambda_role" {
  count = var.lambda_role_policy_type == "managed" ? 1 : 0

  name        = var.lambda_role_policy_name
  path        = var.path
  description = "Lets Remotion Lambda's functions render."
  policy      = local.lambda_role_policy_json
  tags        = var.tags

  lifecycle {
    precondition {
      condition     = local.lambda_role_policy_size <= 6144
      error_message = "The policy ${var.lambda_role_policy_name} would have ${local.lambda_role_policy_size} characters, and AWS allows 6144: make it an inline policy (policy type \"inline\"), which may have 10240, or grant some of the output buckets through the module remotion-bucket-grants."
    }
  }
}

resource "aws_iam_role_policy_attachment" "lambda" {
  count = var.lambda_role_policy_type == "managed" ? 1 : 0

  role       = aws_iam_role.lambda.name
  policy_arn = aws_iam_policy.lambda_role[0].arn
}

locals {
  executionrole_policy_json = jsonencode({
    Version   = "2012-10-17"
    Statement = local.user_statements
  })

  # Characters as IAM counts them: jsonencode writes no white space.
  executionrole_policy_size = length(local.executionrole_policy_json)
}

resource "aws_iam_policy" "executionrole" {
  count = var.create_executionrole_policy ? 1 : 0

  name        = var.executionrole_policy_name
  path        = var.path
  description = "Lets a caller render with Remotion Lambda without long-term keys."
  policy      = local.executionrole_policy_json
  tags        = var.tags

  lifecycle {
    precondition {
      condition     = local.executionrole_policy_size <= 6144
      error_message = "The policy ${var.executionrole_policy_name} would have ${local.executionrole_policy_size} characters, and AWS allows 6144: shorten the name and path of the role."
    }
  }
}

resource "aws_iam_role_policy_attachment" "executionrole" {
  for_each = var.create_executionrole_policy ? var.role_names : {}

  role       = each.value
  policy_arn = aws_iam_policy.executionrole[0].arn
}
