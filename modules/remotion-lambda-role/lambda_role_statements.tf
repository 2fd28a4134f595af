locals {
  # Statements by profile: full is Remotion 4.0.527, getRolePolicy().
  statements = {
    full = [
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
        Resource = local.bucket_tree_arns
      },
      {
        # Spread one render over many invocations of the same function.
        Sid      = "2"
        Effect   = "Allow"
        Action   = ["lambda:InvokeFunction"]
        Resource = local.function_arns
      },
      {
        # Let Lambda Insights create its log group on first use.
        Sid      = "3"
        Effect   = "Allow"
        Action   = ["logs:CreateLogGroup"]
        Resource = local.insights_log_group_arns
      },
      {
        # Write the function's logs and its Lambda Insights metrics.
        Sid    = "4"
        Effect = "Allow"
        Action = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = concat(
          local.log_group_arns,
          [for arn in local.insights_log_group_arns : "${arn}:*"],
        )
      },
    ]
    minimal = [
      {
        # Spread one render over many invocations of the same function.
        Sid      = "Functions"
        Effect   = "Allow"
        Action   = ["lambda:InvokeFunction"]
        Resource = local.function_arns
      },
      {
        # Learn that a video, or the mark that cancels a render, is not there, and not merely forbidden.
        Sid       = "Buckets"
        Effect    = "Allow"
        Action    = ["s3:ListBucket"]
        Resource  = local.bucket_arns
        Condition = local.account_condition
      },
      {
        # Read props that were too large to be passed to the function, and delete them after the render.
        Sid       = "InputProps"
        Effect    = "Allow"
        Action    = ["s3:DeleteObject", "s3:GetObject"]
        Resource  = [for arn in local.bucket_arns : "${arn}/input-props/*"]
        Condition = local.account_condition
      },
      {
        # Read and write a render's progress, large props and chunks, write what it made, and delete what is left
        # over.
        Sid    = "ResolvedPropsAndRenders"
        Effect = "Allow"
        Action = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject", "s3:PutObjectAcl"]
        Resource = concat(
          [for arn in local.bucket_arns : "${arn}/resolved-props/*"],
          [for arn in local.bucket_arns : "${arn}/renders/*"],
        )
        Condition = local.account_condition
      },
      {
        # Write the function's logs and its Lambda Insights metrics.
        Sid    = "LogsAndInsightsLogs"
        Effect = "Allow"
        Action = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = concat(
          local.log_group_arns,
          [for arn in local.insights_log_group_arns : "${arn}:*"],
        )
      },
      {
        # Let Lambda Insights create its log group on first use.
        Sid      = "InsightsLogGroup"
        Effect   = "Allow"
        Action   = ["logs:CreateLogGroup"]
        Resource = local.insights_log_group_arns
      },
    ]
  }
}
