locals {
  # The layers of a function, which differ between the partitions.
  layer_arns = {
    aws = concat(
      [for region in local.regions : "arn:${var.partition}:lambda:${region}:678892195805:layer:remotion-binaries-*"],
      [
        for region in local.regions :
        "arn:${var.partition}:lambda:${region}:580247275435:layer:LambdaInsightsExtension*"
      ],
    )
    aws-cn = [
      for region in local.regions : "arn:${var.partition}:lambda:${region}:488211338238:layer:LambdaInsightsExtension*"
    ]
  }

  # Statements by profile: full is Remotion 4.0.527, getUserPolicy().
  statements = {
    full = [
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
        Resource = [local.lambda_role_arn]
      },
      {
        # Create the bucket that Remotion keeps in a region, and write, read and delete what is in it.
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
        Resource = local.bucket_tree_arns
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
        Resource = local.function_arns
      },
      {
        # Create a function's log group and set how long its logs are kept.
        Sid      = "LogsRetention"
        Effect   = "Allow"
        Action   = ["logs:CreateLogGroup", "logs:PutRetentionPolicy"]
        Resource = local.log_group_arns
      },
      {
        # Put the layers with Chrome and the compositor, and Lambda Insights, into a function.
        Sid      = "FetchBinaries"
        Effect   = "Allow"
        Action   = ["lambda:GetLayerVersion"]
        Resource = local.layer_arns[var.partition]
      },
    ]
    render = [
      {
        # Find the Remotion bucket for props that are too large to be passed to the function.
        Sid      = "Listing"
        Effect   = "Allow"
        Action   = ["s3:ListAllMyBuckets"]
        Resource = ["*"]
      },
      {
        # Start renders and stills, list compositions, and ask how far a render is.
        Sid      = "Functions"
        Effect   = "Allow"
        Action   = ["lambda:InvokeFunction"]
        Resource = local.function_arns
      },
      {
        # See which region a bucket is in, and tell a video that is not there yet from one that is forbidden.
        Sid       = "Buckets"
        Effect    = "Allow"
        Action    = ["s3:GetBucketLocation", "s3:ListBucket"]
        Resource  = local.bucket_arns
        Condition = local.account_condition
      },
      {
        # Read the progress of renders, and presign and download what they made.
        Sid       = "Objects"
        Effect    = "Allow"
        Action    = ["s3:GetObject"]
        Resource  = local.bucket_object_arns
        Condition = local.account_condition
      },
      {
        # Store props that are too large to be passed to the function, and mark a render as cancelled.
        Sid    = "InputPropsAndCancellation"
        Effect = "Allow"
        Action = ["s3:PutObject", "s3:PutObjectAcl"]
        Resource = concat(
          [for arn in local.bucket_arns : "${arn}/input-props/*"],
          [for arn in local.bucket_arns : "${arn}/renders/*/cancel.json"],
        )
        Condition = local.account_condition
      },
    ]
    deploy = [
      {
        # Find the functions and the bucket that are there already, and read AWS's usual limit on concurrency.
        Sid    = "Listing"
        Effect = "Allow"
        Action = [
          "lambda:ListFunctions",
          "s3:ListAllMyBuckets",
          "servicequotas:GetAWSDefaultServiceQuota",
        ]
        Resource = ["*"]
      },
      {
        # Create, configure and delete functions, read their settings, and ask each for its version.
        Sid    = "Functions"
        Effect = "Allow"
        Action = [
          "lambda:CreateFunction",
          "lambda:DeleteFunction",
          "lambda:GetFunction",
          "lambda:InvokeFunction",
          "lambda:PutFunctionEventInvokeConfig",
          "lambda:PutRuntimeManagementConfig",
          "lambda:TagResource",
        ]
        Resource = local.function_arns
      },
      {
        # Put the layers with Chrome and the compositor, and Lambda Insights, into a function.
        Sid      = "LayersAndInsights"
        Effect   = "Allow"
        Action   = ["lambda:GetLayerVersion"]
        Resource = local.layer_arns[var.partition]
      },
      {
        # Hand the role that Remotion's functions run as to a function when it is created.
        Sid      = "PassRole"
        Effect   = "Allow"
        Action   = ["iam:PassRole"]
        Resource = [local.lambda_role_arn]
        Condition = {
          StringEquals = {
            "iam:PassedToService" = "lambda.amazonaws.com"
          }
        }
      },
      {
        # Create and configure the bucket that Remotion keeps in each region, and list its sites.
        Sid    = "Buckets"
        Effect = "Allow"
        Action = [
          "s3:CreateBucket",
          "s3:GetBucketLocation",
          "s3:ListBucket",
          "s3:PutBucketAcl",
          "s3:PutBucketOwnershipControls",
          "s3:PutBucketPolicy",
          "s3:PutBucketPublicAccessBlock",
          "s3:PutLifecycleConfiguration",
        ]
        Resource  = local.bucket_arns
        Condition = local.account_condition
      },
      {
        # Write, read and delete sites, and clean up after an upload that failed half-way.
        Sid    = "Sites"
        Effect = "Allow"
        Action = [
          "s3:AbortMultipartUpload",
          "s3:DeleteObject",
          "s3:GetObject",
          "s3:PutObject",
          "s3:PutObjectAcl",
        ]
        Resource  = [for arn in local.bucket_arns : "${arn}/sites/*"]
        Condition = local.account_condition
      },
      {
        # Create a function's log group and set how long its logs are kept.
        Sid      = "Logs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogGroup", "logs:PutRetentionPolicy"]
        Resource = local.log_group_arns
      },
      {
        # Read the limit on concurrent Lambda executions, ask AWS to raise it, and see what became of that.
        Sid    = "ConcurrencyQuota"
        Effect = "Allow"
        Action = [
          "servicequotas:GetServiceQuota",
          "servicequotas:ListRequestedServiceQuotaChangeHistoryByQuota",
          "servicequotas:RequestServiceQuotaIncrease",
        ]
        Resource = [
          for region in local.regions :
          "arn:${var.partition}:servicequotas:${region}:${local.account}:lambda/L-B99A9384"
        ]
      },
    ]
  }
}
