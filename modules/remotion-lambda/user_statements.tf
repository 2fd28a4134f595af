locals {
  # The layers of a function, which differ between the partitions.
  user_layer_arns = {
    aws = concat(
      [
        for region in local.narrowed_regions :
        "arn:${var.partition}:lambda:${region}:678892195805:layer:remotion-binaries-*"
      ],
      [
        for region in local.narrowed_regions :
        "arn:${var.partition}:lambda:${region}:580247275435:layer:LambdaInsightsExtension*"
      ],
    )
    aws-cn = [
      for region in local.narrowed_regions :
      "arn:${var.partition}:lambda:${region}:488211338238:layer:LambdaInsightsExtension*"
    ]
  }

  # Statements by profile: full is Remotion 4.0.527, getUserPolicy().
  user_statements = {
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
        Resource = local.user_layer_arns[var.partition]
      },
    ]
    render = [
      {
        # Find the Remotion bucket that exists already.
        Sid      = "Listing"
        Effect   = "Allow"
        Action   = ["s3:ListAllMyBuckets"]
        Resource = ["*"]
      },
      {
        # Start and watch renders, and ask a function for its version.
        Sid      = "Functions"
        Effect   = "Allow"
        Action   = ["lambda:InvokeFunction"]
        Resource = local.function_arns
      },
      {
        # See which region a bucket is in. List sites and renders, and tell a missing object from a forbidden one.
        Sid       = "Buckets"
        Effect    = "Allow"
        Action    = ["s3:GetBucketLocation", "s3:ListBucket"]
        Resource  = local.bucket_arns
        Condition = local.narrowed_account_condition
      },
      {
        # Read sites, progress, props and finished videos.
        Sid       = "Objects"
        Effect    = "Allow"
        Action    = ["s3:GetObject"]
        Resource  = local.bucket_object_arns
        Condition = local.narrowed_account_condition
      },
      {
        # Write sites, props, progress and videos. Set the ACL that Remotion sends with an object.
        Sid    = "InputPropsAndCancellation"
        Effect = "Allow"
        Action = ["s3:PutObject", "s3:PutObjectAcl"]
        Resource = concat(
          [for arn in local.bucket_arns : "${arn}/input-props/*"],
          [for arn in local.bucket_arns : "${arn}/renders/*/cancel.json"],
        )
        Condition = local.narrowed_account_condition
      },
    ]
    deploy = [
      {
        # Find the functions that are deployed already. Find the Remotion bucket that exists already. Read the usual
        # limit on concurrent Lambda executions.
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
        # Create a function. Delete a function. Read a function's settings. Start and watch renders, and ask a
        # function for its version. Turn off retries, so that a failed render is not started again. Keep the runtime
        # that the release was tested with. Tag a function with the release it is of.
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
        # Put layers into a function.
        Sid      = "LayersAndInsights"
        Effect   = "Allow"
        Action   = ["lambda:GetLayerVersion"]
        Resource = local.user_layer_arns[var.partition]
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
        # Create the bucket that Remotion keeps in a region. See which region a bucket is in. List sites and renders,
        # and tell a missing object from a forbidden one. Open a new bucket to readers where a bucket policy is
        # forbidden. Allow ACLs on a new bucket. Let everybody read what is in a new bucket, as sites and videos must
        # be. Lift the block on public access from a new bucket. Let renders expire.
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
        Condition = local.narrowed_account_condition
      },
      {
        # Clean up after a large file whose upload failed. Delete what is no longer needed. Read sites, progress,
        # props and finished videos. Write sites, props, progress and videos. Set the ACL that Remotion sends with an
        # object.
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
        Condition = local.narrowed_account_condition
      },
      {
        # Create a log group. Set how long logs are kept.
        Sid      = "Logs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogGroup", "logs:PutRetentionPolicy"]
        Resource = local.log_group_arns
      },
      {
        # Read the account's limit on concurrent Lambda executions. See what became of a request to raise the limit.
        # Ask AWS to raise the limit.
        Sid    = "ConcurrencyQuota"
        Effect = "Allow"
        Action = [
          "servicequotas:GetServiceQuota",
          "servicequotas:ListRequestedServiceQuotaChangeHistoryByQuota",
          "servicequotas:RequestServiceQuotaIncrease",
        ]
        Resource = [
          for region in local.narrowed_regions :
          "arn:${var.partition}:servicequotas:${region}:${local.narrowed_account}:lambda/L-B99A9384"
        ]
      },
    ]
  }

  # What a policy of each profile says, without what names no resource.
  user_policy_statements = {
    for profile, statements in local.user_statements : profile => [
      for statement in concat(
        statements,
        [for statement in local.user_option_statements : statement if profile != "render"],
        local.user_output_bucket_grants,
      ) :
      { for element, value in statement : element => value if value != null }
      if length(statement.Resource) > 0
    ]
  }
}
