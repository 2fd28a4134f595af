locals {
  # Lambda, and nobody else, may assume the role.
  trust_policy = {
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
  statements = [
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
  output_bucket_grants = [
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

  policy_json = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      local.statements,
      [for grant in local.output_bucket_grants : grant if length(grant.Resource) > 0],
    )
  })

  # Characters as IAM counts them: jsonencode writes no white space.
  policy_size = length(local.policy_json)
}

resource "aws_iam_role" "this" {
  name                 = var.name
  path                 = var.path
  description          = "Remotion Lambda's functions run as this role."
  assume_role_policy   = jsonencode(local.trust_policy)
  max_session_duration = var.max_session_duration
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags
}

resource "aws_iam_role_policy" "this" {
  count = var.policy_type == "inline" ? 1 : 0

  name   = var.policy_name
  role   = aws_iam_role.this.name
  policy = local.policy_json

  lifecycle {
    precondition {
      condition     = local.policy_size <= 10240
      error_message = "The policy ${var.policy_name} would have ${local.policy_size} characters, and AWS allows 10240: grant some of the output buckets through the module remotion-bucket-grants."
    }
  }
}

resource "aws_iam_policy" "this" {
  count = var.policy_type == "managed" ? 1 : 0

  name        = var.policy_name
  path        = var.path
  description = "Lets Remotion Lambda's functions render."
  policy      = local.policy_json
  tags        = var.tags

  lifecycle {
    precondition {
      condition     = local.policy_size <= 6144
      error_message = "The policy ${var.policy_name} would have ${local.policy_size} characters, and AWS allows 6144: make it an inline policy (policy type \"inline\"), which may have 10240, or grant some of the output buckets through the module remotion-bucket-grants."
    }
  }
}

resource "aws_iam_role_policy_attachment" "this" {
  count = var.policy_type == "managed" ? 1 : 0

  role       = aws_iam_role.this.name
  policy_arn = aws_iam_policy.this[0].arn
}
