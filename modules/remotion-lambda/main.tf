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

  # The layers differ between the partitions.
  user_layers = {
    aws = flatten([
      [for region in local.narrowed_regions : "arn:${var.partition}:lambda:${region}:678892195805:layer:remotion-binaries-*"],
      [for region in local.narrowed_regions : "arn:${var.partition}:lambda:${region}:580247275435:layer:LambdaInsightsExtension*"],
    ])
    aws-cn = [for region in local.narrowed_regions : "arn:${var.partition}:lambda:${region}:488211338238:layer:LambdaInsightsExtension*"]
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
        Resource = ["arn:${var.partition}:iam::${local.narrowed_account}:role${var.path}${var.name_prefix}${var.lambda_role_name}"]
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
        Resource = [for bucket in local.narrowed_bucket_trees : "arn:${var.partition}:s3:::${bucket}"]
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
        Resource = flatten([for region in local.narrowed_regions : [for function in local.narrowed_functions : "arn:${var.partition}:lambda:${region}:${local.narrowed_account}:function:${function}"]])
      },
      {
        # Create a function's log group and set how long its logs are kept.
        Sid      = "LogsRetention"
        Effect   = "Allow"
        Action   = ["logs:CreateLogGroup", "logs:PutRetentionPolicy"]
        Resource = flatten([for region in local.narrowed_regions : [for function in local.narrowed_function_logs : "arn:${var.partition}:logs:${region}:${local.narrowed_account}:log-group:/aws/lambda/${function}"]])
      },
      {
        # Put the layers with Chrome and the compositor, and Lambda Insights, into a function.
        Sid      = "FetchBinaries"
        Effect   = "Allow"
        Action   = ["lambda:GetLayerVersion"]
        Resource = local.user_layers[var.partition]
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
        Resource = flatten([for region in local.narrowed_regions : [for function in local.narrowed_functions : "arn:${var.partition}:lambda:${region}:${local.narrowed_account}:function:${function}"]])
      },
      {
        # See which region a bucket is in. List sites and renders, and tell a missing object from a forbidden one.
        Sid       = "Buckets"
        Effect    = "Allow"
        Action    = ["s3:GetBucketLocation", "s3:ListBucket"]
        Resource  = [for bucket in local.narrowed_buckets : "arn:${var.partition}:s3:::${bucket}"]
        Condition = local.narrowed_account_condition
      },
      {
        # Read sites, progress, props and finished videos.
        Sid       = "Objects"
        Effect    = "Allow"
        Action    = ["s3:GetObject"]
        Resource  = [for bucket in local.narrowed_buckets : "arn:${var.partition}:s3:::${bucket}/*"]
        Condition = local.narrowed_account_condition
      },
      {
        # Write sites, props, progress and videos. Set the ACL that Remotion sends with an object.
        Sid    = "InputPropsAndCancellation"
        Effect = "Allow"
        Action = ["s3:PutObject", "s3:PutObjectAcl"]
        Resource = flatten([
          [for bucket in local.narrowed_buckets : "arn:${var.partition}:s3:::${bucket}/input-props/*"],
          [for bucket in local.narrowed_buckets : "arn:${var.partition}:s3:::${bucket}/renders/*/cancel.json"],
        ])
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
        Resource = flatten([for region in local.narrowed_regions : [for function in local.narrowed_functions : "arn:${var.partition}:lambda:${region}:${local.narrowed_account}:function:${function}"]])
      },
      {
        # Put layers into a function.
        Sid      = "LayersAndInsights"
        Effect   = "Allow"
        Action   = ["lambda:GetLayerVersion"]
        Resource = local.user_layers[var.partition]
      },
      {
        # Hand the role that Remotion's functions run as to a function when it is created.
        Sid      = "PassRole"
        Effect   = "Allow"
        Action   = ["iam:PassRole"]
        Resource = ["arn:${var.partition}:iam::${local.narrowed_account}:role${var.path}${var.name_prefix}${var.lambda_role_name}"]
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
        Resource  = [for bucket in local.narrowed_buckets : "arn:${var.partition}:s3:::${bucket}"]
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
        Resource  = [for bucket in local.narrowed_buckets : "arn:${var.partition}:s3:::${bucket}/sites/*"]
        Condition = local.narrowed_account_condition
      },
      {
        # Create a log group. Set how long logs are kept.
        Sid      = "Logs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogGroup", "logs:PutRetentionPolicy"]
        Resource = flatten([for region in local.narrowed_regions : [for function in local.narrowed_function_logs : "arn:${var.partition}:logs:${region}:${local.narrowed_account}:log-group:/aws/lambda/${function}"]])
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
        Resource = [for region in local.narrowed_regions : "arn:${var.partition}:servicequotas:${region}:${local.narrowed_account}:lambda/L-B99A9384"]
      },
    ]
  }

  # What options add; statements without a resource are left out below.
  user_option_statements = [
    {
      # Put layers into a function.
      Sid      = "CustomLayers"
      Effect   = "Allow"
      Action   = ["lambda:GetLayerVersion"]
      Resource = var.custom_layer_arns
    },
    {
      # See which layers a function has. Give a function other layers.
      Sid      = "CustomLayersOfFunctions"
      Effect   = "Allow"
      Action   = ["lambda:GetFunctionConfiguration", "lambda:UpdateFunctionConfiguration"]
      Resource = length(var.custom_layer_arns) > 0 ? flatten([for region in local.narrowed_regions : [for function in local.narrowed_functions : "arn:${var.partition}:lambda:${region}:${local.narrowed_account}:function:${function}"]]) : []
    },
    {
      # Put layers into a function.
      Sid    = "AllInsightsRegions"
      Effect = "Allow"
      Action = ["lambda:GetLayerVersion"]
      Resource = var.all_insights_regions ? [
        "arn:${var.partition}:lambda:af-south-1:012438385374:layer:LambdaInsightsExtension*",
        "arn:${var.partition}:lambda:ap-east-1:519774774795:layer:LambdaInsightsExtension*",
        "arn:${var.partition}:lambda:ap-northeast-3:194566237122:layer:LambdaInsightsExtension*",
        "arn:${var.partition}:lambda:eu-south-1:339249233099:layer:LambdaInsightsExtension*",
      ] : []
    },
    {
      # Check the security groups of a function in a VPC. Check the subnets of a function in a VPC. Check the VPC of
      # a function.
      Sid      = "FunctionsInVpc"
      Effect   = "Allow"
      Action   = ["ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs"]
      Resource = var.vpc ? ["*"] : []
    },
  ]

  # Grants to output buckets; statements without a resource are left out below.
  user_output_bucket_grants = [
    {
      # Let S3 answer 404 and not 403 when the video is not there yet; without it the render fails.
      Sid    = "OutputBucketListing"
      Effect = "Allow"
      Action = ["s3:ListBucket"]
      Resource = keys({
        for bucket in var.output_buckets : "arn:${var.partition}:s3:::${bucket.name}" => true... if bucket.access == "read"
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

  user_policy_json = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [for statement in local.user_statements[var.user_profile] : { for key, value in statement : key => value if key != "Condition" || value != null }],
      [for statement in local.user_option_statements : statement if length(statement.Resource) > 0 && var.user_profile != "render"],
      [for statement in local.user_output_bucket_grants : statement if length(statement.Resource) > 0],
    )
  })
}

resource "aws_iam_user" "this" {
  count = var.create_user ? 1 : 0

  name                 = "${var.name_prefix}${var.user_name}"
  path                 = var.path
  force_destroy        = var.user_force_destroy
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags

  lifecycle {
    precondition {
      condition     = length("${var.name_prefix}${var.user_name}") <= 64
      error_message = "The user's name ${var.name_prefix}${var.user_name} has ${length("${var.name_prefix}${var.user_name}")} characters, and AWS allows 64: shorten the prefix or the name."
    }

    precondition {
      condition     = length(local.user_elsewhere) == 0
      error_message = "partition is \"${var.partition}\", where this is not: ${join(", ", local.user_elsewhere)}. Give what is in it, or set partition: Remotion runs in \"aws\" and \"aws-cn\" alone."
    }
  }
}

locals {
  # What is given and is in another partition, where IAM would never match it.
  user_elsewhere = concat(
    [for arn in concat([var.permissions_boundary_arn], var.custom_layer_arns, var.output_buckets[*].kms_key_arn) : arn if try(split(":", arn)[1], var.partition) != var.partition],
    [for region in var.regions : region if var.partition == "aws-cn" ? !startswith(region, "cn-") : can(regex("^(cn|us-gov|eusc|us-iso[a-z]?|eu-iso[a-z]?)-", region))],
  )
}

resource "aws_iam_user_policy" "this" {
  count = var.create_user && var.user_policy_type == "inline" ? 1 : 0

  name   = "${var.name_prefix}${var.user_policy_name}"
  user   = aws_iam_user.this[0].name
  policy = local.user_policy_json

  lifecycle {
    precondition {
      condition     = length("${var.name_prefix}${var.user_policy_name}") <= 128
      error_message = "The policy's name ${var.name_prefix}${var.user_policy_name} has ${length("${var.name_prefix}${var.user_policy_name}")} characters, and AWS allows 128: shorten the prefix or the name."
    }

    precondition {
      condition     = local.user_policy_size <= 2048
      error_message = "The policy ${var.name_prefix}${var.user_policy_name} would have ${local.user_policy_size} characters, and AWS allows 2048: make it a managed policy (policy type \"managed\"), which may have 6144, or narrow it to fewer regions, buckets and functions."
    }
  }
}

locals {
  # Characters as IAM counts them: jsonencode writes no white space.
  user_policy_size = length(local.user_policy_json)
}

# AWS cannot change a policy's description, so a policy that was imported keeps its own.
resource "aws_iam_policy" "user" {
  count = var.create_user && var.user_policy_type == "managed" ? 1 : 0

  name        = "${var.name_prefix}${var.user_policy_name}"
  path        = var.path
  description = "Lets a user deploy to and render with Remotion Lambda."
  policy      = local.user_policy_json
  tags        = var.tags

  lifecycle {
    ignore_changes = [description]

    precondition {
      condition     = length("${var.name_prefix}${var.user_policy_name}") <= 128
      error_message = "The policy's name ${var.name_prefix}${var.user_policy_name} has ${length("${var.name_prefix}${var.user_policy_name}")} characters, and AWS allows 128: shorten the prefix or the name."
    }

    precondition {
      condition     = local.user_policy_size <= 6144
      error_message = "The policy ${var.name_prefix}${var.user_policy_name} would have ${local.user_policy_size} characters, and AWS allows 6144: narrow it to fewer regions, buckets and functions."
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

  user    = aws_iam_user.this[0].name
  pgp_key = var.pgp_key

  lifecycle {
    precondition {
      condition     = length(var.access_keys) < 2
      error_message = "create_access_key makes one more key beside the ${length(var.access_keys)} in access_keys, and IAM allows a user 2: give that key a name in access_keys, too, or leave create_access_key out."
    }
  }
}

# Another pgp_key is for keys that are new: it must replace none that is in use.
resource "aws_iam_access_key" "user_named" {
  for_each = var.create_user ? var.access_keys : {}

  user    = aws_iam_user.this[0].name
  pgp_key = var.pgp_key
  status  = title(each.value)

  lifecycle {
    ignore_changes = [pgp_key]
  }
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

  # Statements by profile: full is Remotion 4.0.527, getRolePolicy().
  lambda_role_statements = {
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
  lambda_role_option_statements = [
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
  lambda_role_output_bucket_grants = [
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
        for bucket in var.output_buckets : "arn:${var.partition}:s3:::${bucket.name}" => true... if bucket.access == "write"
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
  ]

  lambda_role_policy_json = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [for statement in local.lambda_role_statements[var.lambda_role_profile] : { for key, value in statement : key => value if key != "Condition" || value != null }],
      [for statement in local.lambda_role_option_statements : statement if length(statement.Resource) > 0],
      [for statement in local.lambda_role_output_bucket_grants : statement if length(statement.Resource) > 0],
    )
  })
}

resource "aws_iam_role" "lambda" {
  name                 = "${var.name_prefix}${var.lambda_role_name}"
  path                 = var.path
  description          = "Remotion Lambda's functions run as this role."
  assume_role_policy   = jsonencode(local.lambda_role_trust_policy)
  max_session_duration = var.max_session_duration
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags

  lifecycle {
    precondition {
      condition     = length("${var.name_prefix}${var.lambda_role_name}") <= 64
      error_message = "The role's name ${var.name_prefix}${var.lambda_role_name} has ${length("${var.name_prefix}${var.lambda_role_name}")} characters, and AWS allows 64: shorten the prefix or the name."
    }

    precondition {
      condition     = length(local.lambda_role_elsewhere) == 0
      error_message = "partition is \"${var.partition}\", where this is not: ${join(", ", local.lambda_role_elsewhere)}. Give what is in it, or set partition: Remotion runs in \"aws\" and \"aws-cn\" alone."
    }
  }
}

locals {
  # What is given and is in another partition, where IAM would never match it.
  lambda_role_elsewhere = concat(
    [for arn in concat([var.permissions_boundary_arn], var.output_buckets[*].kms_key_arn) : arn if try(split(":", arn)[1], var.partition) != var.partition],
    [for region in var.regions : region if var.partition == "aws-cn" ? !startswith(region, "cn-") : can(regex("^(cn|us-gov|eusc|us-iso[a-z]?|eu-iso[a-z]?)-", region))],
  )
}

resource "aws_iam_role_policy" "lambda" {
  count = var.lambda_role_policy_type == "inline" ? 1 : 0

  name   = "${var.name_prefix}${var.lambda_role_policy_name}"
  role   = aws_iam_role.lambda.name
  policy = local.lambda_role_policy_json

  lifecycle {
    precondition {
      condition     = length("${var.name_prefix}${var.lambda_role_policy_name}") <= 128
      error_message = "The policy's name ${var.name_prefix}${var.lambda_role_policy_name} has ${length("${var.name_prefix}${var.lambda_role_policy_name}")} characters, and AWS allows 128: shorten the prefix or the name."
    }

    precondition {
      condition     = local.lambda_role_policy_size <= 10240
      error_message = "The policy ${var.name_prefix}${var.lambda_role_policy_name} would have ${local.lambda_role_policy_size} characters, and AWS allows 10240: grant some of the output buckets through the module remotion-bucket-grants."
    }
  }
}

locals {
  # Characters as IAM counts them: jsonencode writes no white space.
  lambda_role_policy_size = length(local.lambda_role_policy_json)
}

# AWS cannot change a policy's description, so a policy that was imported keeps its own.
resource "aws_iam_policy" "lambda_role" {
  count = var.lambda_role_policy_type == "managed" ? 1 : 0

  name        = "${var.name_prefix}${var.lambda_role_policy_name}"
  path        = var.path
  description = "Lets Remotion Lambda's functions render."
  policy      = local.lambda_role_policy_json
  tags        = var.tags

  lifecycle {
    ignore_changes = [description]

    precondition {
      condition     = length("${var.name_prefix}${var.lambda_role_policy_name}") <= 128
      error_message = "The policy's name ${var.name_prefix}${var.lambda_role_policy_name} has ${length("${var.name_prefix}${var.lambda_role_policy_name}")} characters, and AWS allows 128: shorten the prefix or the name."
    }

    precondition {
      condition     = local.lambda_role_policy_size <= 6144
      error_message = "The policy ${var.name_prefix}${var.lambda_role_policy_name} would have ${local.lambda_role_policy_size} characters, and AWS allows 6144: make it an inline policy (policy type \"inline\"), which may have 10240, or grant some of the output buckets through the module remotion-bucket-grants."
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
    Version = "2012-10-17"
    Statement = concat(
      [for statement in local.user_statements[var.executionrole_policy_profile] : { for key, value in statement : key => value if key != "Condition" || value != null }],
      [for statement in local.user_option_statements : statement if length(statement.Resource) > 0 && var.executionrole_policy_profile != "render"],
      [for statement in local.user_output_bucket_grants : statement if length(statement.Resource) > 0],
    )
  })
}

# AWS cannot change a policy's description, so a policy that was imported keeps its own.
resource "aws_iam_policy" "executionrole" {
  count = var.create_executionrole_policy ? 1 : 0

  name        = "${var.name_prefix}${var.executionrole_policy_name}"
  path        = var.path
  description = "Lets a caller render with Remotion Lambda without long-term keys."
  policy      = local.executionrole_policy_json
  tags        = var.tags

  lifecycle {
    ignore_changes = [description]

    precondition {
      condition     = length("${var.name_prefix}${var.executionrole_policy_name}") <= 128
      error_message = "The policy's name ${var.name_prefix}${var.executionrole_policy_name} has ${length("${var.name_prefix}${var.executionrole_policy_name}")} characters, and AWS allows 128: shorten the prefix or the name."
    }

    precondition {
      condition     = local.executionrole_policy_size <= 6144
      error_message = "The policy ${var.name_prefix}${var.executionrole_policy_name} would have ${local.executionrole_policy_size} characters, and AWS allows 6144: grant some of the output buckets through the module remotion-bucket-grants."
    }

    precondition {
      condition     = length(local.executionrole_policy_elsewhere) == 0
      error_message = "partition is \"${var.partition}\", where this is not: ${join(", ", local.executionrole_policy_elsewhere)}. Give what is in it, or set partition: Remotion runs in \"aws\" and \"aws-cn\" alone."
    }
  }
}

locals {
  # Characters as IAM counts them: jsonencode writes no white space.
  executionrole_policy_size = length(local.executionrole_policy_json)

  # What is given and is in another partition, where IAM would never match it.
  executionrole_policy_elsewhere = concat(
    [for arn in concat(var.custom_layer_arns, var.output_buckets[*].kms_key_arn) : arn if try(split(":", arn)[1], var.partition) != var.partition],
    [for region in var.regions : region if var.partition == "aws-cn" ? !startswith(region, "cn-") : can(regex("^(cn|us-gov|eusc|us-iso[a-z]?|eu-iso[a-z]?)-", region))],
  )
}

resource "aws_iam_role_policy_attachment" "executionrole" {
  for_each = var.create_executionrole_policy ? var.role_names : {}

  role       = basename(each.value)
  policy_arn = aws_iam_policy.executionrole[0].arn

  lifecycle {
    precondition {
      condition     = try(split(":", each.value)[1], var.partition) == var.partition
      error_message = "partition is \"${var.partition}\", where this is not: ${each.value}. Give what is in it, or set partition: Remotion runs in \"aws\" and \"aws-cn\" alone."
    }
  }
}

locals {
  # For whom a service must act when it assumes the role.
  execution_role_source_condition = {
    for operator, keys in {
      StringEquals = { "aws:SourceAccount" = var.source_account == null ? [] : [var.source_account] }
      ArnLike      = { "aws:SourceArn" = var.source_arns }
    } : operator => keys if length(flatten(values(keys))) > 0
  }

  # What runs in these services; EKS gives the sessions of pods tags.
  execution_role_trusted_services = [
    {
      services = [for service in var.trusted_services : service if service != "pods.eks.amazonaws.com"]
      actions  = ["sts:AssumeRole"]
    },
    {
      services = [for service in var.trusted_services : service if service == "pods.eks.amazonaws.com"]
      actions  = ["sts:AssumeRole", "sts:TagSession"]
    },
  ]

  execution_role_service_trust_statements = [
    for trusted in local.execution_role_trusted_services : merge(
      {
        Effect    = "Allow"
        Principal = { Service = trusted.services }
        Action    = trusted.actions
      },
      { for element, value in { Condition = local.execution_role_source_condition } : element => value if length(value) > 0 },
    ) if length(trusted.services) > 0
  ]

  # What roles, users and accounts must say, and may say, when they assume the role.
  execution_role_principal_condition = {
    for operator, keys in {
      StringEquals                = { "sts:ExternalId" = var.external_id == null ? [] : [var.external_id] }
      "ForAllValues:StringEquals" = { "aws:TagKeys" = var.session_tag_keys }
    } : operator => keys if length(flatten(values(keys))) > 0
  }

  # These roles, users and accounts.
  execution_role_principal_trust_statements = [
    for arns in [var.trusted_principal_arns] : merge(
      {
        Effect    = "Allow"
        Principal = { AWS = arns }
        Action    = concat(["sts:AssumeRole"], length(var.session_tag_keys) > 0 ? ["sts:TagSession"] : [])
      },
      { for element, value in { Condition = local.execution_role_principal_condition } : element => value if length(value) > 0 },
    ) if length(arns) > 0
  ]

  # Identities of OIDC providers: these audiences, subjects and claims, and no others.
  execution_role_oidc_trust_statements = [
    for trust in var.trusted_oidc : {
      Effect    = "Allow"
      Principal = { Federated = [trust.provider_arn] }
      Action    = ["sts:AssumeRoleWithWebIdentity"]
      Condition = {
        StringEquals = merge(
          { "${split(":oidc-provider/", trust.provider_arn)[1]}:aud" = trust.audiences },
          { for claim, values in trust.claims : "${split(":oidc-provider/", trust.provider_arn)[1]}:${claim}" => values },
        )
        StringLike = { "${split(":oidc-provider/", trust.provider_arn)[1]}:sub" = trust.subjects }
      }
    }
  ]

  execution_role_trust_policy = {
    Version = "2012-10-17"
    Statement = concat(
      local.execution_role_service_trust_statements,
      local.execution_role_principal_trust_statements,
      local.execution_role_oidc_trust_statements,
    )
  }

  execution_role_trust_policy_json = jsonencode(local.execution_role_trust_policy)
  execution_role_trust_policy_size = length(local.execution_role_trust_policy_json)

  # The logs of the functions that run as the role.
  execution_role_log_statements = [
    {
      # Write the logs of the functions that run as this role.
      Sid    = "CallerLogs"
      Effect = "Allow"
      Action = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = flatten([
        [for function in var.log_function_names : "arn:${var.partition}:logs:*:*:log-group:/aws/lambda/${function}"],
        [for function in var.log_function_names : "arn:${var.partition}:logs:*:*:log-group:/aws/lambda/${function}:*"],
      ])
    },
  ]

  execution_role_log_policy_json = jsonencode({
    Version   = "2012-10-17"
    Statement = local.execution_role_log_statements
  })

  # Characters as IAM counts them: jsonencode writes no white space.
  execution_role_log_policy_size = length(local.execution_role_log_policy_json)
}

resource "aws_iam_role" "execution" {
  count = var.create_execution_role ? 1 : 0

  name                 = "${var.name_prefix}${var.execution_role_name}"
  path                 = var.path
  description          = "Calls Remotion Lambda without long-term keys."
  assume_role_policy   = local.execution_role_trust_policy_json
  max_session_duration = var.execution_role_max_session_duration
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags

  lifecycle {
    precondition {
      condition     = length("${var.name_prefix}${var.execution_role_name}") <= 64
      error_message = "The role's name ${var.name_prefix}${var.execution_role_name} has ${length("${var.name_prefix}${var.execution_role_name}")} characters, and AWS allows 64: shorten the prefix or the name."
    }

    precondition {
      condition     = length(local.execution_role_elsewhere) == 0
      error_message = "partition is \"${var.partition}\", where this is not: ${join(", ", local.execution_role_elsewhere)}. Give what is in it, or set partition: Remotion runs in \"aws\" and \"aws-cn\" alone."
    }

    precondition {
      condition     = length(local.execution_role_trust_policy.Statement) > 0
      error_message = "Nobody could assume the role ${var.name_prefix}${var.execution_role_name}: give trusted_services, trusted_principal_arns or trusted_oidc."
    }

    precondition {
      condition     = !(var.source_account != null || length(var.source_arns) > 0) || (length(var.trusted_services) > 0 && length([for service in var.trusted_services : service if !can(regex("^(ecs-tasks|events|pipes|scheduler|states)([.][a-z0-9-]+)?[.]amazonaws[.]com([.]cn)?$", service))]) == 0)
      error_message = "source_account and source_arns are for services that say for whom they act (ecs-tasks.amazonaws.com, events.amazonaws.com, pipes.amazonaws.com, scheduler.amazonaws.com, states.amazonaws.com), and trusted_services has ${jsonencode(var.trusted_services)}: leave them out, or give the other services a role of their own."
    }

    precondition {
      condition     = var.source_account == null || length([for arn in var.source_arns : arn if try(split(":", arn)[4], "") != var.source_account]) == 0
      error_message = "source_arns has ${join(", ", [for arn in var.source_arns : arn if try(split(":", arn)[4], "") != var.source_account])}, and source_account is ${jsonencode(var.source_account)}: nobody acts for both, so nobody could assume the role. Give ARNs of that account, or leave source_account out, for an ARN names its account."
    }

    precondition {
      condition     = length(var.source_arns) == 0 || length([for service in var.trusted_services : service if !contains([for arn in var.source_arns : try(split(":", arn)[2], "")], lookup({ "ecs-tasks" = "ecs" }, split(".", service)[0], split(".", service)[0]))]) == 0
      error_message = "source_arns names nothing that ${join(", ", [for service in var.trusted_services : service if !contains([for arn in var.source_arns : try(split(":", arn)[2], "")], lookup({ "ecs-tasks" = "ecs" }, split(".", service)[0], split(".", service)[0]))])} could act for, which is of its own service alone, so it could not assume the role: add its ARN, or give the service a role of its own."
    }

    precondition {
      condition     = length(var.trusted_principal_arns) > 0 || !(var.external_id != null || length(var.session_tag_keys) > 0)
      error_message = "external_id and session_tag_keys would do nothing, as trusted_principal_arns is empty: they are asked of no service and of no OIDC identity. Name whom they are for, or leave them out."
    }

    precondition {
      condition     = length(local.execution_role_oidc_strangers) == 0
      error_message = "trusted_oidc has ${join("; ", local.execution_role_oidc_strangers)}: a stranger could assume the role. Write out what only you can be given, with wildcards behind it alone; for an issuer without a known shape give that beginning as owner."
    }

    precondition {
      condition     = length(local.execution_role_oidc_wrong_audiences) == 0
      error_message = "trusted_oidc has the audiences ${join("; ", local.execution_role_oidc_wrong_audiences)}: of this issuer the audience tells its customers apart, so name yours in full."
    }

    precondition {
      condition     = length(local.execution_role_oidc_unknown_claims) == 0
      error_message = "trusted_oidc has the claims ${join("; ", local.execution_role_oidc_unknown_claims)}: AWS evaluates no other claims, so nobody could assume the role."
    }

    precondition {
      condition     = local.execution_role_trust_policy_size <= var.max_trust_policy_size
      error_message = "The trust policy of ${var.name_prefix}${var.execution_role_name} would have ${local.execution_role_trust_policy_size} characters, and AWS allows ${var.max_trust_policy_size}: trust an account in place of its roles, spread the callers over several roles, or have AWS raise the quota and set max_trust_policy_size."
    }
  }
}

locals {
  # What is given and is in another partition, where IAM would never match it.
  execution_role_elsewhere = [for arn in concat([var.permissions_boundary_arn], var.trusted_principal_arns, var.source_arns, var.trusted_oidc[*].provider_arn) : arn if try(split(":", arn)[1], var.partition) != var.partition]

  # What AWS evaluates of a token beside its subject and audience.
  execution_role_oidc_claims = [
    {
      issuer = "^accounts[.]google[.]com$"
      claims = ["google/organization_number", "oaud"]
    },
    {
      issuer = "^(agent[.][A-Za-z0-9_-]+[.]buildkite[.]dev|agent[.][A-Za-z0-9_-]+[.]buildkite[.]site|agent[.]buildkite[.]com)$"
      claims = [
        "build_branch",
        "cluster_id",
        "cluster_name",
        "organization_id",
        "organization_slug",
        "pipeline_id",
        "pipeline_slug",
      ]
    },
    {
      issuer = "^(github[.]com/enterprises/[A-Za-z0-9_-]+|token[.]actions[.][A-Za-z0-9_-]+[.]ghe[.]com|token[.]actions[.]githubusercontent[.]com|token[.]actions[.]githubusercontent[.]com/.+)$"
      claims = [
        "actor",
        "actor_id",
        "enterprise_id",
        "environment",
        "job_workflow_ref",
        "ref",
        "repository",
        "repository_id",
        "repository_owner_id",
        "workflow",
      ]
    },
    {
      issuer = "^gitlab[.]com$"
      claims = [
        "namespace_id",
        "pipeline_source",
        "project_id",
        "ref_protected",
        "runner_environment",
        "user_access_level",
        "user_email",
        "user_id",
        "user_login",
      ]
    },
    {
      issuer = "^idcs-[A-Za-z0-9_-]+[.]identity[.]oraclecloud[.]com$"
      claims = ["rpst_id"]
    },
    {
      issuer = "^oidc[.]circleci[.]com/org/[A-Za-z0-9_-]+$"
      claims = ["oidc.circleci.com/project-id"]
    },
  ]

  # What the subjects of known issuers must match: the customer's place is literal.
  execution_role_oidc_issuers = [
    {
      issuer  = "^token[.]actions[.]githubusercontent[.]com$"
      subject = "^(([a-z_]+|repo_property_[A-Za-z0-9_-]+):[^:*?]*:)*(pull_request:(([a-z_]+|repo_property_[A-Za-z0-9_-]+):[^:*?]*:)*)?((repo|repository|job_workflow_ref):[A-Za-z0-9_-]+(@[0-9]+)?/[^/]|(repository_owner|enterprise):[A-Za-z0-9_-]+(@[0-9]+)?(:|$)|(repository_owner_id|repository_id|enterprise_id):[0-9]+(:|$))"
      example = "repo:acme@123456/video@456789:ref:refs/heads/main"
    },
    {
      issuer  = "^gitlab[.]com(/.*)?$"
      subject = "^project_path:[^:/*?]+/"
      example = "project_path:acme/video:ref_type:branch:ref:main"
    },
    {
      issuer  = "^app[.]terraform[.]io$"
      subject = "^organization:[^:*?]+:"
      example = "organization:acme:project:video:workspace:renders:run_phase:apply"
    },
    {
      issuer  = "^agent[.](buildkite[.]com|[A-Za-z0-9-]+[.]buildkite[.](dev|site))$"
      subject = "^organization:[^:*?]+:"
      example = "organization:acme:pipeline:video:*"
    },
    {
      issuer  = "^oidc[.]circleci[.]com/org/[0-9A-Fa-f-]+$"
      subject = "^org/[^/*?]+/"
      example = "org/11111111-2222-3333-4444-555555555555/project/66666666-7777-8888-9999-000000000000/user/*"
    },
    {
      issuer  = "^oidc[.]vercel[.]com$"
      subject = "^owner:[^:*?]+:"
      example = "owner:acme:project:video:environment:production"
    },
    {
      issuer  = "^api[.]bitbucket[.]org/2[.]0/workspaces/[^/]+/pipelines-config/identity/oidc$"
      subject = "^[{][0-9A-Fa-f-]+[}]:"
      example = "{11111111-2222-3333-4444-555555555555}:*"
    },
    {
      issuer  = "^(token[.]actions[.]githubusercontent[.]com/.+|token[.]actions[.][A-Za-z0-9-]+[.]ghe[.]com(/.+)?|github[.]com/enterprises/.+)$"
      subject = "^[^*?]+$|^[^*?]+[:/|][^*?]*[*]$|^(([a-z_]+|repo_property_[A-Za-z0-9_-]+):[^:*?]*:)*(pull_request:(([a-z_]+|repo_property_[A-Za-z0-9_-]+):[^:*?]*:)*)?((repo|repository|job_workflow_ref):[A-Za-z0-9_-]+(@[0-9]+)?/[^/]|(repository_owner|enterprise):[A-Za-z0-9_-]+(@[0-9]+)?(:|$)|(repository_owner_id|repository_id|enterprise_id):[0-9]+(:|$))"
      example = "repo:acme/video:ref:refs/heads/main"
    },
    {
      issuer  = "^gitlab[.][A-Za-z0-9.-]+(/.*)?$"
      subject = "^[^*?]+$|^[^*?]+[:/|][^*?]*[*]$|^project_path:[^:/*?]+/"
      example = "project_path:acme/video:ref_type:branch:ref:main"
    },
    {
      issuer  = "^[A-Za-z0-9-]+([.][a-z]{2}(-[0-9])?)?[.]auth0[.]com$"
      subject = "^[^*?]+$|^[^*?]+[:/|][^*?]*[*]$"
      example = "auth0|*"
    },
    {
      issuer  = "^oidc[.]eks(-fips)?[.][a-z0-9-]+[.]amazonaws[.]com([.]cn)?/id/[0-9A-Za-z]+$"
      subject = "^[^*?]+$|^[^*?]+[:/|][^*?]*[*]$"
      example = "system:serviceaccount:video:render"
    },
    {
      issuer  = "^oidc[.]vercel[.]com/[^/]+$"
      subject = "^[^*?]+$|^[^*?]+[:/|][^*?]*[*]$|^owner:[^:*?]+:"
      example = "owner:acme:project:video:environment:production"
    },
  ]

  # The identities that are trusted, with what is known of their issuers.
  execution_role_oidc_trusts = [
    for trust in [for trust in var.trusted_oidc : merge(trust, { issuer = split(":oidc-provider/", trust.provider_arn)[1] })] : {
      issuer    = trust.issuer
      audiences = trust.audiences
      subjects  = trust.subjects
      claims    = keys(trust.claims)
      owner     = trust.owner == null ? "" : trust.owner
      shapes    = [for known in local.execution_role_oidc_issuers : known if can(regex(known.issuer, trimsuffix(lower(trust.issuer), "/")))]
      evaluated = flatten([for rule in local.execution_role_oidc_claims : rule.claims if can(regex(rule.issuer, trust.issuer))])
    }
  ]

  # Subjects that a stranger's token could have, too.
  execution_role_oidc_strangers = flatten([
    for trust in local.execution_role_oidc_trusts : [
      for subject in trust.subjects :
      "${jsonencode(subject)} of ${trust.issuer}, to be written as ${startswith(subject, trust.owner) ? try(trust.shapes[0].example, "a subject without wildcards, or with one at its end behind the owner") : "a subject of the owner ${jsonencode(trust.owner)}"}"
      if !(
        (trust.owner == "" || (startswith(subject, trust.owner) && can(regex("^([:/|]|$)", trimprefix(subject, trust.owner))))) &&
        (
          length(trust.shapes) > 0
          ? can(regex(trust.shapes[0].subject, subject))
          : can(regex(trust.owner == "" ? "^[^*?]+$" : "^([:/|][^*?]*[*]?)?$", trimprefix(subject, trust.owner)))
        )
      )
    ]
  ])

  # Issuers whose audience names the customer.
  execution_role_oidc_audiences = [
    {
      issuer   = "^oidc[.]vercel[.]com$"
      audience = "^https://vercel[.]com/[A-Za-z0-9_-]+$"
      example  = "https://vercel.com/acme"
    },
    {
      issuer   = "^(api[.]pulumi[.]com/oidc|sandboxes[.]cloud|cognito-identity[.]amazonaws[.]com)$"
      audience = "^(aws:)?[A-Za-z0-9_-]+(:[A-Za-z0-9_-]+)*$"
      example  = "aws:acme"
    },
  ]

  execution_role_oidc_wrong_audiences = flatten([
    for trust in local.execution_role_oidc_trusts : [
      for rule in local.execution_role_oidc_audiences : [
        for audience in trust.audiences :
        "${jsonencode(audience)} of ${trust.issuer}, to be written as ${rule.example}" if !can(regex(rule.audience, audience))
      ] if can(regex(rule.issuer, trimsuffix(lower(trust.issuer), "/")))
    ]
  ])

  execution_role_oidc_unknown_claims = flatten([
    for trust in local.execution_role_oidc_trusts : [
      for claim in trust.claims :
      "${jsonencode(claim)} of ${trust.issuer}, which may have ${join(", ", concat(trust.evaluated, length(trust.evaluated) == 0 ? ["none"] : []))}"
      if !contains(trust.evaluated, claim)
    ]
  ])
}

resource "aws_iam_role_policy_attachment" "execution" {
  for_each = var.create_execution_role ? var.execution_role_policy_arns : {}

  role       = aws_iam_role.execution[0].name
  policy_arn = each.value

  lifecycle {
    precondition {
      condition     = try(split(":", each.value)[1], var.partition) == var.partition
      error_message = "partition is \"${var.partition}\", where this is not: ${each.value}. Give what is in it, or set partition: Remotion runs in \"aws\" and \"aws-cn\" alone."
    }
  }
}

resource "aws_iam_role_policy" "execution" {
  count = var.create_execution_role && length(var.log_function_names) > 0 ? 1 : 0

  name   = "${var.name_prefix}${var.execution_role_name}-logs"
  role   = aws_iam_role.execution[0].name
  policy = local.execution_role_log_policy_json

  lifecycle {
    precondition {
      condition     = local.execution_role_log_policy_size <= 10240
      error_message = "The policy ${var.name_prefix}${var.execution_role_name}-logs would have ${local.execution_role_log_policy_size} characters, and AWS allows 10240: spread the functions over several roles."
    }
  }
}

resource "aws_iam_instance_profile" "execution_role" {
  count = var.create_execution_role && var.create_instance_profile ? 1 : 0

  name = "${var.name_prefix}${var.execution_role_name}"
  role = aws_iam_role.execution[0].name
  path = var.path
  tags = var.tags

  lifecycle {
    precondition {
      condition     = length(setintersection(var.trusted_services, ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"])) > 0
      error_message = "No EC2 instance could use the instance profile ${var.name_prefix}${var.execution_role_name}: add ec2.amazonaws.com to trusted_services, or leave the profile out."
    }
  }
}

resource "aws_iam_role_policy_attachment" "execution_remotion" {
  count = var.create_execution_role && var.create_executionrole_policy ? 1 : 0

  role       = one(aws_iam_role.execution[*].name)
  policy_arn = one(aws_iam_policy.executionrole[*].arn)
}

locals {
  # What is given for the role for callers.
  execution_role_inputs = compact([
    length(var.trusted_services) > 0 ? "trusted_services" : "",
    var.source_account != null ? "source_account" : "",
    length(var.source_arns) > 0 ? "source_arns" : "",
    length(var.trusted_principal_arns) > 0 ? "trusted_principal_arns" : "",
    var.external_id != null ? "external_id" : "",
    length(var.session_tag_keys) > 0 ? "session_tag_keys" : "",
    length(var.trusted_oidc) > 0 ? "trusted_oidc" : "",
    length(var.execution_role_policy_arns) > 0 ? "execution_role_policy_arns" : "",
    length(var.log_function_names) > 0 ? "log_function_names" : "",
    var.create_instance_profile ? "create_instance_profile" : "",
  ])
}
