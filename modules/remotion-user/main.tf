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
  layers = {
    aws = flatten([
      [for region in local.narrowed_regions : "arn:${var.partition}:lambda:${region}:678892195805:layer:remotion-binaries-*"],
      [for region in local.narrowed_regions : "arn:${var.partition}:lambda:${region}:580247275435:layer:LambdaInsightsExtension*"],
    ])
    aws-cn = [for region in local.narrowed_regions : "arn:${var.partition}:lambda:${region}:488211338238:layer:LambdaInsightsExtension*"]
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
        Resource = ["arn:${var.partition}:iam::${local.narrowed_account}:role${var.lambda_role_path}${var.lambda_role_name}"]
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
        Resource = local.layers[var.partition]
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
        Resource = local.layers[var.partition]
      },
      {
        # Hand the role that Remotion's functions run as to a function when it is created.
        Sid      = "PassRole"
        Effect   = "Allow"
        Action   = ["iam:PassRole"]
        Resource = ["arn:${var.partition}:iam::${local.narrowed_account}:role${var.lambda_role_path}${var.lambda_role_name}"]
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
  option_statements = [
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
  output_bucket_grants = [
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

  policy_json = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [for statement in local.statements[var.profile] : { for key, value in statement : key => value if key != "Condition" || value != null }],
      [for statement in local.option_statements : statement if length(statement.Resource) > 0 && var.profile != "render"],
      [for statement in local.output_bucket_grants : statement if length(statement.Resource) > 0],
    )
  })
}

resource "aws_iam_user" "this" {
  name                 = var.name
  path                 = var.path
  force_destroy        = var.force_destroy
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
    [for arn in concat([var.permissions_boundary_arn], var.custom_layer_arns, var.output_buckets[*].kms_key_arn) : arn if try(split(":", arn)[1], var.partition) != var.partition],
    [for region in var.regions : region if var.partition == "aws-cn" ? !startswith(region, "cn-") : can(regex("^(cn|us-gov|eusc|us-iso[a-z]?|eu-iso[a-z]?)-", region))],
  )
}

resource "aws_iam_user_policy" "this" {
  count = var.policy_type == "inline" ? 1 : 0

  name   = var.policy_name
  user   = aws_iam_user.this.name
  policy = local.policy_json

  lifecycle {
    precondition {
      condition     = local.policy_size <= 2048
      error_message = "The policy ${var.policy_name} would have ${local.policy_size} characters, and AWS allows 2048: make it a managed policy (policy type \"managed\"), which may have 6144, or narrow it to fewer regions, buckets and functions."
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
  description = "Lets a user deploy to and render with Remotion Lambda."
  policy      = local.policy_json
  tags        = var.tags

  lifecycle {
    ignore_changes = [description]

    precondition {
      condition     = local.policy_size <= 6144
      error_message = "The policy ${var.policy_name} would have ${local.policy_size} characters, and AWS allows 6144: narrow it to fewer regions, buckets and functions."
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

  user    = aws_iam_user.this.name
  pgp_key = var.pgp_key

  lifecycle {
    precondition {
      condition     = length(var.access_keys) < 2
      error_message = "create_access_key makes one more key beside the ${length(var.access_keys)} in access_keys, and IAM allows a user 2: give that key a name in access_keys, too, or leave create_access_key out."
    }
  }
}

# Another pgp_key is for keys that are new: it must replace none that is in use.
resource "aws_iam_access_key" "named" {
  for_each = var.access_keys

  user    = aws_iam_user.this.name
  pgp_key = var.pgp_key
  status  = title(each.value)

  lifecycle {
    ignore_changes = [pgp_key]
  }
}
