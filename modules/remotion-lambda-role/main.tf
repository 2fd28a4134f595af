locals {
  # What Remotion's wildcards are narrowed to; the wildcard where nothing is.
  narrowed_account       = coalesce(var.account_id, "*")
  narrowed_buckets       = coalescelist(var.bucket_names, [for region in var.regions : "remotionlambda-${replace(region, "-", "")}-*"], ["remotionlambda-*"])
  narrowed_regions       = coalescelist(var.regions, ["*"])
  narrowed_bucket_trees  = coalescelist(flatten([for name in var.bucket_names : [name, "${name}/*"]]), local.narrowed_buckets)
  narrowed_functions     = coalescelist(var.function_names, ["remotion-render-*"])
  narrowed_function_logs = coalescelist(flatten([for name in var.function_names : [name, "${name}:*"]]), ["remotion-render-*"])

  # ARNs of buckets name no account. Without one it is null, and is left out below.
  narrowed_account_condition = local.narrowed_account == "*" ? null : { StringLike = { "aws:ResourceAccount" = local.narrowed_account } }

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
        Resource = [for bucket in local.narrowed_bucket_trees : "arn:${var.partition}:s3:::${bucket}"]
      },
      {
        # Spread one render over many invocations of the same function.
        Sid      = "2"
        Effect   = "Allow"
        Action   = ["lambda:InvokeFunction"]
        Resource = flatten([for region in local.narrowed_regions : [for function in local.narrowed_functions : "arn:${var.partition}:lambda:${region}:${local.narrowed_account}:function:${function}"]])
      },
      {
        # Let Lambda Insights create its log group on first use.
        Sid      = "3"
        Effect   = "Allow"
        Action   = ["logs:CreateLogGroup"]
        Resource = [for region in local.narrowed_regions : "arn:${var.partition}:logs:${region}:${local.narrowed_account}:log-group:/aws/lambda-insights"]
      },
      {
        # Write the function's logs and its Lambda Insights metrics.
        Sid    = "4"
        Effect = "Allow"
        Action = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = flatten([
          [for region in local.narrowed_regions : [for function in local.narrowed_function_logs : "arn:${var.partition}:logs:${region}:${local.narrowed_account}:log-group:/aws/lambda/${function}"]],
          [for region in local.narrowed_regions : "arn:${var.partition}:logs:${region}:${local.narrowed_account}:log-group:/aws/lambda-insights:*"],
        ])
      },
    ]
    minimal = [
      {
        # Start and watch renders, and ask a function for its version.
        Sid      = "Functions"
        Effect   = "Allow"
        Action   = ["lambda:InvokeFunction"]
        Resource = flatten([for region in local.narrowed_regions : [for function in local.narrowed_functions : "arn:${var.partition}:lambda:${region}:${local.narrowed_account}:function:${function}"]])
      },
      {
        # List sites and renders, and tell a missing object from a forbidden one.
        Sid       = "Buckets"
        Effect    = "Allow"
        Action    = ["s3:ListBucket"]
        Resource  = [for bucket in local.narrowed_buckets : "arn:${var.partition}:s3:::${bucket}"]
        Condition = local.narrowed_account_condition
      },
      {
        # Delete what is no longer needed. Read sites, progress, props and finished videos.
        Sid       = "InputProps"
        Effect    = "Allow"
        Action    = ["s3:DeleteObject", "s3:GetObject"]
        Resource  = [for bucket in local.narrowed_buckets : "arn:${var.partition}:s3:::${bucket}/input-props/*"]
        Condition = local.narrowed_account_condition
      },
      {
        # Delete what is no longer needed. Read sites, progress, props and finished videos. Write sites, props,
        # progress and videos. Set the ACL that Remotion sends with an object.
        Sid    = "ResolvedPropsAndRenders"
        Effect = "Allow"
        Action = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject", "s3:PutObjectAcl"]
        Resource = flatten([
          [for bucket in local.narrowed_buckets : "arn:${var.partition}:s3:::${bucket}/resolved-props/*"],
          [for bucket in local.narrowed_buckets : "arn:${var.partition}:s3:::${bucket}/renders/*"],
        ])
        Condition = local.narrowed_account_condition
      },
      {
        # Begin a log of an instance of the function. Write the function's logs.
        Sid    = "LogsAndInsightsLogs"
        Effect = "Allow"
        Action = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = flatten([
          [for region in local.narrowed_regions : [for function in local.narrowed_function_logs : "arn:${var.partition}:logs:${region}:${local.narrowed_account}:log-group:/aws/lambda/${function}"]],
          [for region in local.narrowed_regions : "arn:${var.partition}:logs:${region}:${local.narrowed_account}:log-group:/aws/lambda-insights:*"],
        ])
      },
      {
        # Create a log group.
        Sid      = "InsightsLogGroup"
        Effect   = "Allow"
        Action   = ["logs:CreateLogGroup"]
        Resource = [for region in local.narrowed_regions : "arn:${var.partition}:logs:${region}:${local.narrowed_account}:log-group:/aws/lambda-insights"]
      },
    ]
  }

  # What options add; statements without a resource are left out below.
  option_statements = [
    {
      # Give a function an address in its VPC. Connect a function to its VPC. Disconnect a function from its VPC.
      # Find a function's connections to its VPC. Check the subnets of a function in a VPC. Take an address in its
      # VPC away from a function.
      Sid    = "NetworkInterfaces"
      Effect = "Allow"
      Action = [
        "ec2:AssignPrivateIpAddresses",
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:UnassignPrivateIpAddresses",
      ]
      Resource = var.vpc ? ["*"] : []
    },
  ]

  # Grants to output buckets; statements without a resource are left out below.
  output_bucket_grants = [
    {
      # Write the finished video and its artifacts, and look whether one is there already.
      Sid    = "OutputBucketObjects"
      Effect = "Allow"
      Action = ["s3:PutObject", "s3:GetObject"]
      Resource = keys({
        for bucket in var.output_buckets : "arn:${var.partition}:s3:::${bucket.name}/${bucket.prefix}*" => true... if bucket.access == "write"
      })
    },
    {
      # Let S3 answer 404 and not 403 when the video is not there yet; without it the render fails.
      Sid    = "OutputBucketListing"
      Effect = "Allow"
      Action = ["s3:ListBucket"]
      Resource = keys({
        for bucket in var.output_buckets : "arn:${var.partition}:s3:::${bucket.name}" => true... if contains(["write", "read"], bucket.access)
      })
    },
    {
      # Write the finished video, for renders that are started with `overwrite: true`.
      Sid    = "OutputBucketPut"
      Effect = "Allow"
      Action = ["s3:PutObject"]
      Resource = keys({
        for arn in flatten([for bucket in var.output_buckets : ["arn:${var.partition}:s3:::${bucket.name}", "arn:${var.partition}:s3:::${bucket.name}/${bucket.prefix}*"] if bucket.access == "put"]) : arn => true...
      })
    },
    {
      # Set the ACL that Remotion sends with a video unless `privacy` is `no-acl`.
      Sid    = "OutputBucketAcl"
      Effect = "Allow"
      Action = ["s3:PutObjectAcl"]
      Resource = keys({
        for bucket in var.output_buckets : "arn:${var.partition}:s3:::${bucket.name}/${bucket.prefix}*" => true... if bucket.acl
      })
    },
    {
      # Download and presign finished videos, and see without the function that one is there.
      Sid    = "OutputBucketRead"
      Effect = "Allow"
      Action = ["s3:GetObject"]
      Resource = keys({
        for bucket in var.output_buckets : "arn:${var.partition}:s3:::${bucket.name}/${bucket.prefix}*" => true... if bucket.access == "read"
      })
    },
    {
      # Delete the video of a render together with the render.
      Sid    = "OutputBucketDelete"
      Effect = "Allow"
      Action = ["s3:DeleteObject"]
      Resource = keys({
        for bucket in var.output_buckets : "arn:${var.partition}:s3:::${bucket.name}/${bucket.prefix}*" => true... if bucket.access == "delete"
      })
    },
    {
      # Encrypt the video; S3 decrypts the parts of an upload to put them together.
      Sid    = "OutputBucketKeys"
      Effect = "Allow"
      Action = ["kms:GenerateDataKey", "kms:Decrypt"]
      Resource = keys({
        for bucket in var.output_buckets : bucket.kms_key_arn => true... if contains(["write", "put"], bucket.access) && bucket.kms_key_arn != null
      })
      Condition = {
        StringLike = {
          "kms:ViaService" = ["s3.*.amazonaws.com", "s3.*.amazonaws.com.cn"]
        }
      }
    },
    {
      # Decrypt the video for a download.
      Sid    = "OutputBucketReadKeys"
      Effect = "Allow"
      Action = ["kms:Decrypt"]
      Resource = keys({
        for bucket in var.output_buckets : bucket.kms_key_arn => true... if bucket.access == "read" && bucket.kms_key_arn != null
      })
      Condition = {
        StringLike = {
          "kms:ViaService" = ["s3.*.amazonaws.com", "s3.*.amazonaws.com.cn"]
        }
      }
    },
  ]

  policy_json = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [for statement in local.statements[var.profile] : { for key, value in statement : key => value if key != "Condition" || value != null }],
      [for statement in local.option_statements : statement if length(statement.Resource) > 0],
      [for statement in local.output_bucket_grants : statement if length(statement.Resource) > 0],
    )
  })
}

resource "aws_iam_role" "this" {
  name                 = var.name
  path                 = var.path
  description          = "Remotion Lambda's functions run as this role."
  assume_role_policy   = jsonencode(local.trust_policy)
  max_session_duration = var.max_session_duration
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags

  lifecycle {
    precondition {
      condition     = length(local.elsewhere) == 0
      error_message = "partition is \"${var.partition}\", where this is not: ${join(", ", local.elsewhere)}. Give what is in it, or set partition: Remotion runs in \"aws\" and \"aws-cn\" alone."
    }
  }
}

locals {
  # What is given and is in another partition, where IAM would never match it.
  elsewhere = concat(
    [for arn in concat([var.permissions_boundary_arn], var.output_buckets[*].kms_key_arn) : arn if try(split(":", arn)[1], var.partition) != var.partition],
    [for region in var.regions : region if var.partition == "aws-cn" ? !startswith(region, "cn-") : can(regex("^(cn|us-gov|eusc|us-iso[a-z]?|eu-iso[a-z]?)-", region))],
  )
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

locals {
  # Characters as IAM counts them: jsonencode writes no white space.
  policy_size = length(local.policy_json)
}

# AWS cannot change a policy's description, so a policy that was imported keeps its own.
resource "aws_iam_policy" "this" {
  count = var.policy_type == "managed" ? 1 : 0

  name        = var.policy_name
  path        = var.path
  description = "Lets Remotion Lambda's functions render."
  policy      = local.policy_json
  tags        = var.tags

  lifecycle {
    ignore_changes = [description]

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
