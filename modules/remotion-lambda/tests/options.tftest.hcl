# What inputs change.

mock_provider "aws" {
  mock_resource "aws_iam_access_key" {
    defaults = {
      id = "mock"
    }
  }

  mock_resource "aws_iam_instance_profile" {
    defaults = {
      arn = "arn:aws:iam::123456789012:instance-profile/mock"
    }
  }

  mock_resource "aws_iam_policy" {
    defaults = {
      arn = "arn:aws:iam::123456789012:policy/mock"
    }
  }

  mock_resource "aws_iam_role" {
    defaults = {
      arn = "arn:aws:iam::123456789012:role/mock"
    }
  }

  mock_resource "aws_iam_role_policy" {
    defaults = {
      id = "mock:mock"
    }
  }

  mock_resource "aws_iam_role_policy_attachment" {
    defaults = {
      id = "mock"
    }
  }

  mock_resource "aws_iam_user" {
    defaults = {
      arn = "arn:aws:iam::123456789012:user/mock"
    }
  }

  mock_resource "aws_iam_user_policy" {
    defaults = {
      id = "mock:mock"
    }
  }

  mock_resource "aws_iam_user_policy_attachment" {
    defaults = {
      id = "mock"
    }
  }
}

run "managed" {
  command = plan

  variables {
    user_policy_type        = "managed"
    lambda_role_policy_type = "managed"
  }

  assert {
    condition     = length(aws_iam_user_policy.user) == 0
    error_message = "aws_iam_user_policy.user has not 0 items."
  }

  assert {
    condition     = length(aws_iam_role_policy.lambda_role) == 0
    error_message = "aws_iam_role_policy.lambda_role has not 0 items."
  }

  assert {
    condition     = aws_iam_policy.user[0].name == "remotion-user-policy"
    error_message = "aws_iam_policy.user[0].name is not \"remotion-user-policy\"."
  }

  assert {
    condition     = aws_iam_policy.lambda_role[0].name == "remotion-lambda-policy"
    error_message = "aws_iam_policy.lambda_role[0].name is not \"remotion-lambda-policy\"."
  }
}

run "prefixed" {
  command = plan

  variables {
    path = "/video/"
    tags = {
      team = "video"
    }
    name_prefix              = "staging-"
    permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"
    user_force_destroy       = true
  }

  assert {
    condition     = output.user_name == "staging-remotion-user"
    error_message = "output.user_name is not \"staging-remotion-user\"."
  }

  assert {
    condition     = output.lambda_role_name == "staging-remotion-lambda-role"
    error_message = "output.lambda_role_name is not \"staging-remotion-lambda-role\"."
  }

  assert {
    condition     = output.executionrole_policy_name == "staging-remotion-executionrole-policy"
    error_message = "output.executionrole_policy_name is not \"staging-remotion-executionrole-policy\"."
  }

  assert {
    condition     = aws_iam_user.user[0].force_destroy == true
    error_message = "aws_iam_user.user[0].force_destroy is not true."
  }

  assert {
    condition     = aws_iam_user.user[0].path == "/video/"
    error_message = "aws_iam_user.user[0].path is not \"/video/\"."
  }

  assert {
    condition     = aws_iam_user.user[0].tags["team"] == "video"
    error_message = "aws_iam_user.user[0].tags[\"team\"] is not \"video\"."
  }

  assert {
    condition     = aws_iam_user.user[0].permissions_boundary == "arn:aws:iam::123456789012:policy/boundary"
    error_message = "aws_iam_user.user[0].permissions_boundary is not \"arn:aws:iam::123456789012:policy/boundary\"."
  }

  assert {
    condition     = aws_iam_role.lambda_role.path == "/video/"
    error_message = "aws_iam_role.lambda_role.path is not \"/video/\"."
  }

  assert {
    condition     = aws_iam_role.lambda_role.tags["team"] == "video"
    error_message = "aws_iam_role.lambda_role.tags[\"team\"] is not \"video\"."
  }

  assert {
    condition     = aws_iam_role.lambda_role.permissions_boundary == "arn:aws:iam::123456789012:policy/boundary"
    error_message = "aws_iam_role.lambda_role.permissions_boundary is not \"arn:aws:iam::123456789012:policy/boundary\"."
  }

  assert {
    condition     = aws_iam_policy.executionrole_policy[0].path == "/video/"
    error_message = "aws_iam_policy.executionrole_policy[0].path is not \"/video/\"."
  }

  assert {
    condition     = aws_iam_policy.executionrole_policy[0].tags["team"] == "video"
    error_message = "aws_iam_policy.executionrole_policy[0].tags[\"team\"] is not \"video\"."
  }
}

run "without_user_and_policy" {
  command = plan

  variables {
    create_user                 = false
    create_executionrole_policy = false
  }

  assert {
    condition     = output.user_name == null
    error_message = "output.user_name is not null."
  }

  assert {
    condition     = output.executionrole_policy_name == null
    error_message = "output.executionrole_policy_name is not null."
  }

  assert {
    condition     = output.lambda_role_name == "remotion-lambda-role"
    error_message = "output.lambda_role_name is not \"remotion-lambda-role\"."
  }
}

run "access_keys" {
  command = plan

  variables {
    create_access_key = true
    access_keys = {
      first = "inactive"
    }
  }

  assert {
    condition     = length(aws_iam_access_key.user) == 1
    error_message = "aws_iam_access_key.user has not 1 item."
  }

  assert {
    condition     = aws_iam_access_key.user_named["first"].status == "Inactive"
    error_message = "aws_iam_access_key.user_named[\"first\"].status is not \"Inactive\"."
  }
}

run "execution_role" {
  command = plan

  variables {
    create_execution_role   = true
    trusted_services        = ["lambda.amazonaws.com", "ec2.amazonaws.com"]
    create_instance_profile = true
    log_function_names      = ["video-api"]
    role_names = {
      api = "api"
    }
  }

  assert {
    condition     = output.execution_role_name == "remotion-execution-role"
    error_message = "output.execution_role_name is not \"remotion-execution-role\"."
  }

  assert {
    condition     = output.instance_profile_name == "remotion-execution-role"
    error_message = "output.instance_profile_name is not \"remotion-execution-role\"."
  }

  assert {
    condition     = aws_iam_role_policy_attachment.execution_role_remotion[0].role == "remotion-execution-role"
    error_message = "aws_iam_role_policy_attachment.execution_role_remotion[0].role is not \"remotion-execution-role\"."
  }

  assert {
    condition     = aws_iam_role_policy_attachment.executionrole_policy["api"].role == "api"
    error_message = "aws_iam_role_policy_attachment.executionrole_policy[\"api\"].role is not \"api\"."
  }

  assert {
    condition     = length(aws_iam_role_policy.execution_role) == 1
    error_message = "aws_iam_role_policy.execution_role has not 1 item."
  }
}

run "callers_profile_render" {
  command = plan

  variables {
    user_policy_type             = "managed"
    user_profile                 = "render"
    executionrole_policy_profile = "render"
  }

  assert {
    condition = jsondecode(output.user_policy_json) == {
      Version = "2012-10-17"
      Statement = [
        {
          Sid      = "Listing"
          Effect   = "Allow"
          Action   = ["s3:ListAllMyBuckets"]
          Resource = ["*"]
        },
        {
          Sid      = "Functions"
          Effect   = "Allow"
          Action   = ["lambda:InvokeFunction"]
          Resource = ["arn:aws:lambda:*:*:function:remotion-render-*"]
        },
        {
          Sid      = "Buckets"
          Effect   = "Allow"
          Action   = ["s3:GetBucketLocation", "s3:ListBucket"]
          Resource = ["arn:aws:s3:::remotionlambda-*"]
        },
        {
          Sid      = "Objects"
          Effect   = "Allow"
          Action   = ["s3:GetObject"]
          Resource = ["arn:aws:s3:::remotionlambda-*/*"]
        },
        {
          Sid    = "InputPropsAndCancellation"
          Effect = "Allow"
          Action = ["s3:PutObject", "s3:PutObjectAcl"]
          Resource = [
            "arn:aws:s3:::remotionlambda-*/input-props/*",
            "arn:aws:s3:::remotionlambda-*/renders/*/cancel.json",
          ]
        },
      ]
    }
    error_message = "output.user_policy_json is not what Remotion Lambda needs here."
  }

  assert {
    condition = jsondecode(output.executionrole_policy_json) == {
      Version = "2012-10-17"
      Statement = [
        {
          Sid      = "Listing"
          Effect   = "Allow"
          Action   = ["s3:ListAllMyBuckets"]
          Resource = ["*"]
        },
        {
          Sid      = "Functions"
          Effect   = "Allow"
          Action   = ["lambda:InvokeFunction"]
          Resource = ["arn:aws:lambda:*:*:function:remotion-render-*"]
        },
        {
          Sid      = "Buckets"
          Effect   = "Allow"
          Action   = ["s3:GetBucketLocation", "s3:ListBucket"]
          Resource = ["arn:aws:s3:::remotionlambda-*"]
        },
        {
          Sid      = "Objects"
          Effect   = "Allow"
          Action   = ["s3:GetObject"]
          Resource = ["arn:aws:s3:::remotionlambda-*/*"]
        },
        {
          Sid    = "InputPropsAndCancellation"
          Effect = "Allow"
          Action = ["s3:PutObject", "s3:PutObjectAcl"]
          Resource = [
            "arn:aws:s3:::remotionlambda-*/input-props/*",
            "arn:aws:s3:::remotionlambda-*/renders/*/cancel.json",
          ]
        },
      ]
    }
    error_message = "output.executionrole_policy_json is not what Remotion Lambda needs here."
  }
}

run "callers_profile_deploy" {
  command = plan

  variables {
    user_policy_type             = "managed"
    user_profile                 = "deploy"
    executionrole_policy_profile = "deploy"
  }

  assert {
    condition = jsondecode(output.user_policy_json) == {
      Version = "2012-10-17"
      Statement = [
        {
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
          Resource = ["arn:aws:lambda:*:*:function:remotion-render-*"]
        },
        {
          Sid    = "LayersAndInsights"
          Effect = "Allow"
          Action = ["lambda:GetLayerVersion"]
          Resource = [
            "arn:aws:lambda:*:678892195805:layer:remotion-binaries-*",
            "arn:aws:lambda:*:580247275435:layer:LambdaInsightsExtension*",
          ]
        },
        {
          Sid      = "PassRole"
          Effect   = "Allow"
          Action   = ["iam:PassRole"]
          Resource = ["arn:aws:iam::*:role/remotion-lambda-role"]
          Condition = {
            StringEquals = {
              "iam:PassedToService" = "lambda.amazonaws.com"
            }
          }
        },
        {
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
          Resource = ["arn:aws:s3:::remotionlambda-*"]
        },
        {
          Sid    = "Sites"
          Effect = "Allow"
          Action = [
            "s3:AbortMultipartUpload",
            "s3:DeleteObject",
            "s3:GetObject",
            "s3:PutObject",
            "s3:PutObjectAcl",
          ]
          Resource = ["arn:aws:s3:::remotionlambda-*/sites/*"]
        },
        {
          Sid      = "Logs"
          Effect   = "Allow"
          Action   = ["logs:CreateLogGroup", "logs:PutRetentionPolicy"]
          Resource = ["arn:aws:logs:*:*:log-group:/aws/lambda/remotion-render-*"]
        },
        {
          Sid    = "ConcurrencyQuota"
          Effect = "Allow"
          Action = [
            "servicequotas:GetServiceQuota",
            "servicequotas:ListRequestedServiceQuotaChangeHistoryByQuota",
            "servicequotas:RequestServiceQuotaIncrease",
          ]
          Resource = ["arn:aws:servicequotas:*:*:lambda/L-B99A9384"]
        },
      ]
    }
    error_message = "output.user_policy_json is not what Remotion Lambda needs here."
  }

  assert {
    condition = jsondecode(output.executionrole_policy_json) == {
      Version = "2012-10-17"
      Statement = [
        {
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
          Resource = ["arn:aws:lambda:*:*:function:remotion-render-*"]
        },
        {
          Sid    = "LayersAndInsights"
          Effect = "Allow"
          Action = ["lambda:GetLayerVersion"]
          Resource = [
            "arn:aws:lambda:*:678892195805:layer:remotion-binaries-*",
            "arn:aws:lambda:*:580247275435:layer:LambdaInsightsExtension*",
          ]
        },
        {
          Sid      = "PassRole"
          Effect   = "Allow"
          Action   = ["iam:PassRole"]
          Resource = ["arn:aws:iam::*:role/remotion-lambda-role"]
          Condition = {
            StringEquals = {
              "iam:PassedToService" = "lambda.amazonaws.com"
            }
          }
        },
        {
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
          Resource = ["arn:aws:s3:::remotionlambda-*"]
        },
        {
          Sid    = "Sites"
          Effect = "Allow"
          Action = [
            "s3:AbortMultipartUpload",
            "s3:DeleteObject",
            "s3:GetObject",
            "s3:PutObject",
            "s3:PutObjectAcl",
          ]
          Resource = ["arn:aws:s3:::remotionlambda-*/sites/*"]
        },
        {
          Sid      = "Logs"
          Effect   = "Allow"
          Action   = ["logs:CreateLogGroup", "logs:PutRetentionPolicy"]
          Resource = ["arn:aws:logs:*:*:log-group:/aws/lambda/remotion-render-*"]
        },
        {
          Sid    = "ConcurrencyQuota"
          Effect = "Allow"
          Action = [
            "servicequotas:GetServiceQuota",
            "servicequotas:ListRequestedServiceQuotaChangeHistoryByQuota",
            "servicequotas:RequestServiceQuotaIncrease",
          ]
          Resource = ["arn:aws:servicequotas:*:*:lambda/L-B99A9384"]
        },
      ]
    }
    error_message = "output.executionrole_policy_json is not what Remotion Lambda needs here."
  }
}

run "callers_narrowed" {
  command = plan

  variables {
    user_policy_type = "managed"
    regions          = ["eu-central-1"]
    account_id       = "123456789012"
    bucket_names     = ["remotionlambda-eucentral1-abc"]
    function_names   = ["remotion-render-video"]
  }

  assert {
    condition = jsondecode(output.user_policy_json) == {
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
          Resource = ["arn:aws:iam::123456789012:role/remotion-lambda-role"]
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
          Resource = [
            "arn:aws:s3:::remotionlambda-eucentral1-abc",
            "arn:aws:s3:::remotionlambda-eucentral1-abc/*",
          ]
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
          Resource = ["arn:aws:lambda:eu-central-1:123456789012:function:remotion-render-video"]
        },
        {
          Sid    = "LogsRetention"
          Effect = "Allow"
          Action = ["logs:CreateLogGroup", "logs:PutRetentionPolicy"]
          Resource = [
            "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/remotion-render-video",
            "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/remotion-render-video:*",
          ]
        },
        {
          Sid    = "FetchBinaries"
          Effect = "Allow"
          Action = ["lambda:GetLayerVersion"]
          Resource = [
            "arn:aws:lambda:eu-central-1:678892195805:layer:remotion-binaries-*",
            "arn:aws:lambda:eu-central-1:580247275435:layer:LambdaInsightsExtension*",
          ]
        },
      ]
    }
    error_message = "output.user_policy_json is not what Remotion Lambda needs here."
  }

  assert {
    condition = jsondecode(output.executionrole_policy_json) == {
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
          Resource = ["arn:aws:iam::123456789012:role/remotion-lambda-role"]
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
          Resource = [
            "arn:aws:s3:::remotionlambda-eucentral1-abc",
            "arn:aws:s3:::remotionlambda-eucentral1-abc/*",
          ]
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
          Resource = ["arn:aws:lambda:eu-central-1:123456789012:function:remotion-render-video"]
        },
        {
          Sid    = "LogsRetention"
          Effect = "Allow"
          Action = ["logs:CreateLogGroup", "logs:PutRetentionPolicy"]
          Resource = [
            "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/remotion-render-video",
            "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/remotion-render-video:*",
          ]
        },
        {
          Sid    = "FetchBinaries"
          Effect = "Allow"
          Action = ["lambda:GetLayerVersion"]
          Resource = [
            "arn:aws:lambda:eu-central-1:678892195805:layer:remotion-binaries-*",
            "arn:aws:lambda:eu-central-1:580247275435:layer:LambdaInsightsExtension*",
          ]
        },
      ]
    }
    error_message = "output.executionrole_policy_json is not what Remotion Lambda needs here."
  }
}

run "callers_in_vpc" {
  command = plan

  variables {
    user_policy_type = "managed"
    vpc              = true
  }

  assert {
    condition = jsondecode(output.user_policy_json) == {
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
          Resource = ["arn:aws:iam::*:role/remotion-lambda-role"]
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
        {
          Sid      = "FunctionsInVpc"
          Effect   = "Allow"
          Action   = ["ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs"]
          Resource = ["*"]
        },
      ]
    }
    error_message = "output.user_policy_json is not what Remotion Lambda needs here."
  }

  assert {
    condition = jsondecode(output.executionrole_policy_json) == {
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
          Resource = ["arn:aws:iam::*:role/remotion-lambda-role"]
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
        {
          Sid      = "FunctionsInVpc"
          Effect   = "Allow"
          Action   = ["ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs"]
          Resource = ["*"]
        },
      ]
    }
    error_message = "output.executionrole_policy_json is not what Remotion Lambda needs here."
  }
}

run "callers_in_china" {
  command = plan

  variables {
    user_policy_type = "managed"
    partition        = "aws-cn"
  }

  assert {
    condition = jsondecode(output.user_policy_json) == {
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
          Resource = ["arn:aws-cn:iam::*:role/remotion-lambda-role"]
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
          Resource = ["arn:aws-cn:s3:::remotionlambda-*"]
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
          Resource = ["arn:aws-cn:lambda:*:*:function:remotion-render-*"]
        },
        {
          Sid      = "LogsRetention"
          Effect   = "Allow"
          Action   = ["logs:CreateLogGroup", "logs:PutRetentionPolicy"]
          Resource = ["arn:aws-cn:logs:*:*:log-group:/aws/lambda/remotion-render-*"]
        },
        {
          Sid      = "FetchBinaries"
          Effect   = "Allow"
          Action   = ["lambda:GetLayerVersion"]
          Resource = ["arn:aws-cn:lambda:*:488211338238:layer:LambdaInsightsExtension*"]
        },
      ]
    }
    error_message = "output.user_policy_json is not what Remotion Lambda needs here."
  }

  assert {
    condition = jsondecode(output.executionrole_policy_json) == {
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
          Resource = ["arn:aws-cn:iam::*:role/remotion-lambda-role"]
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
          Resource = ["arn:aws-cn:s3:::remotionlambda-*"]
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
          Resource = ["arn:aws-cn:lambda:*:*:function:remotion-render-*"]
        },
        {
          Sid      = "LogsRetention"
          Effect   = "Allow"
          Action   = ["logs:CreateLogGroup", "logs:PutRetentionPolicy"]
          Resource = ["arn:aws-cn:logs:*:*:log-group:/aws/lambda/remotion-render-*"]
        },
        {
          Sid      = "FetchBinaries"
          Effect   = "Allow"
          Action   = ["lambda:GetLayerVersion"]
          Resource = ["arn:aws-cn:lambda:*:488211338238:layer:LambdaInsightsExtension*"]
        },
      ]
    }
    error_message = "output.executionrole_policy_json is not what Remotion Lambda needs here."
  }
}

run "callers_custom_layers" {
  command = plan

  variables {
    user_policy_type  = "managed"
    custom_layer_arns = ["arn:aws:lambda:us-east-1:123456789012:layer:fonts:3"]
  }

  assert {
    condition = jsondecode(output.user_policy_json) == {
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
          Resource = ["arn:aws:iam::*:role/remotion-lambda-role"]
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
        {
          Sid      = "CustomLayers"
          Effect   = "Allow"
          Action   = ["lambda:GetLayerVersion"]
          Resource = ["arn:aws:lambda:us-east-1:123456789012:layer:fonts:3"]
        },
        {
          Sid      = "CustomLayersOfFunctions"
          Effect   = "Allow"
          Action   = ["lambda:GetFunctionConfiguration", "lambda:UpdateFunctionConfiguration"]
          Resource = ["arn:aws:lambda:*:*:function:remotion-render-*"]
        },
      ]
    }
    error_message = "output.user_policy_json is not what Remotion Lambda needs here."
  }

  assert {
    condition = jsondecode(output.executionrole_policy_json) == {
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
          Resource = ["arn:aws:iam::*:role/remotion-lambda-role"]
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
        {
          Sid      = "CustomLayers"
          Effect   = "Allow"
          Action   = ["lambda:GetLayerVersion"]
          Resource = ["arn:aws:lambda:us-east-1:123456789012:layer:fonts:3"]
        },
        {
          Sid      = "CustomLayersOfFunctions"
          Effect   = "Allow"
          Action   = ["lambda:GetFunctionConfiguration", "lambda:UpdateFunctionConfiguration"]
          Resource = ["arn:aws:lambda:*:*:function:remotion-render-*"]
        },
      ]
    }
    error_message = "output.executionrole_policy_json is not what Remotion Lambda needs here."
  }
}

run "callers_all_insights_regions" {
  command = plan

  variables {
    user_policy_type     = "managed"
    all_insights_regions = true
  }

  assert {
    condition = jsondecode(output.user_policy_json) == {
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
          Resource = ["arn:aws:iam::*:role/remotion-lambda-role"]
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
        {
          Sid    = "AllInsightsRegions"
          Effect = "Allow"
          Action = ["lambda:GetLayerVersion"]
          Resource = [
            "arn:aws:lambda:af-south-1:012438385374:layer:LambdaInsightsExtension*",
            "arn:aws:lambda:ap-east-1:519774774795:layer:LambdaInsightsExtension*",
            "arn:aws:lambda:ap-northeast-3:194566237122:layer:LambdaInsightsExtension*",
            "arn:aws:lambda:eu-south-1:339249233099:layer:LambdaInsightsExtension*",
          ]
        },
      ]
    }
    error_message = "output.user_policy_json is not what Remotion Lambda needs here."
  }

  assert {
    condition = jsondecode(output.executionrole_policy_json) == {
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
          Resource = ["arn:aws:iam::*:role/remotion-lambda-role"]
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
        {
          Sid    = "AllInsightsRegions"
          Effect = "Allow"
          Action = ["lambda:GetLayerVersion"]
          Resource = [
            "arn:aws:lambda:af-south-1:012438385374:layer:LambdaInsightsExtension*",
            "arn:aws:lambda:ap-east-1:519774774795:layer:LambdaInsightsExtension*",
            "arn:aws:lambda:ap-northeast-3:194566237122:layer:LambdaInsightsExtension*",
            "arn:aws:lambda:eu-south-1:339249233099:layer:LambdaInsightsExtension*",
          ]
        },
      ]
    }
    error_message = "output.executionrole_policy_json is not what Remotion Lambda needs here."
  }
}

run "callers_output_buckets" {
  command = plan

  variables {
    user_policy_type = "managed"
    output_buckets = [
      {
        name        = "acme-videos"
        prefix      = "finished/"
        access      = "read"
        kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
      },
      {
        name   = "acme-videos"
        prefix = "finished/"
        access = "delete"
      },
    ]
  }

  assert {
    condition = jsondecode(output.user_policy_json) == {
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
          Resource = ["arn:aws:iam::*:role/remotion-lambda-role"]
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
        {
          Sid      = "OutputBucketListing"
          Effect   = "Allow"
          Action   = ["s3:ListBucket"]
          Resource = ["arn:aws:s3:::acme-videos"]
        },
        {
          Sid      = "OutputBucketRead"
          Effect   = "Allow"
          Action   = ["s3:GetObject"]
          Resource = ["arn:aws:s3:::acme-videos/finished/*"]
        },
        {
          Sid      = "OutputBucketDelete"
          Effect   = "Allow"
          Action   = ["s3:DeleteObject"]
          Resource = ["arn:aws:s3:::acme-videos/finished/*"]
        },
        {
          Sid      = "OutputBucketReadKeys"
          Effect   = "Allow"
          Action   = ["kms:Decrypt"]
          Resource = ["arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"]
          Condition = {
            StringLike = {
              "kms:ViaService" = ["s3.*.amazonaws.com", "s3.*.amazonaws.com.cn"]
            }
          }
        },
      ]
    }
    error_message = "output.user_policy_json is not what Remotion Lambda needs here."
  }

  assert {
    condition = jsondecode(output.executionrole_policy_json) == {
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
          Resource = ["arn:aws:iam::*:role/remotion-lambda-role"]
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
        {
          Sid      = "OutputBucketListing"
          Effect   = "Allow"
          Action   = ["s3:ListBucket"]
          Resource = ["arn:aws:s3:::acme-videos"]
        },
        {
          Sid      = "OutputBucketRead"
          Effect   = "Allow"
          Action   = ["s3:GetObject"]
          Resource = ["arn:aws:s3:::acme-videos/finished/*"]
        },
        {
          Sid      = "OutputBucketDelete"
          Effect   = "Allow"
          Action   = ["s3:DeleteObject"]
          Resource = ["arn:aws:s3:::acme-videos/finished/*"]
        },
        {
          Sid      = "OutputBucketReadKeys"
          Effect   = "Allow"
          Action   = ["kms:Decrypt"]
          Resource = ["arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"]
          Condition = {
            StringLike = {
              "kms:ViaService" = ["s3.*.amazonaws.com", "s3.*.amazonaws.com.cn"]
            }
          }
        },
      ]
    }
    error_message = "output.executionrole_policy_json is not what Remotion Lambda needs here."
  }
}

run "role_profile_minimal" {
  command = plan

  variables {
    lambda_role_profile = "minimal"
  }

  assert {
    condition = jsondecode(output.lambda_role_policy_json) == {
      Version = "2012-10-17"
      Statement = [
        {
          Sid      = "Functions"
          Effect   = "Allow"
          Action   = ["lambda:InvokeFunction"]
          Resource = ["arn:aws:lambda:*:*:function:remotion-render-*"]
        },
        {
          Sid      = "Buckets"
          Effect   = "Allow"
          Action   = ["s3:ListBucket"]
          Resource = ["arn:aws:s3:::remotionlambda-*"]
        },
        {
          Sid      = "InputProps"
          Effect   = "Allow"
          Action   = ["s3:DeleteObject", "s3:GetObject"]
          Resource = ["arn:aws:s3:::remotionlambda-*/input-props/*"]
        },
        {
          Sid    = "ResolvedPropsAndRenders"
          Effect = "Allow"
          Action = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject", "s3:PutObjectAcl"]
          Resource = [
            "arn:aws:s3:::remotionlambda-*/resolved-props/*",
            "arn:aws:s3:::remotionlambda-*/renders/*",
          ]
        },
        {
          Sid    = "LogsAndInsightsLogs"
          Effect = "Allow"
          Action = ["logs:CreateLogStream", "logs:PutLogEvents"]
          Resource = [
            "arn:aws:logs:*:*:log-group:/aws/lambda/remotion-render-*",
            "arn:aws:logs:*:*:log-group:/aws/lambda-insights:*",
          ]
        },
        {
          Sid      = "InsightsLogGroup"
          Effect   = "Allow"
          Action   = ["logs:CreateLogGroup"]
          Resource = ["arn:aws:logs:*:*:log-group:/aws/lambda-insights"]
        },
      ]
    }
    error_message = "output.lambda_role_policy_json is not what Remotion Lambda needs here."
  }
}

run "role_narrowed" {
  command = plan

  variables {
    regions        = ["eu-central-1"]
    account_id     = "123456789012"
    bucket_names   = ["remotionlambda-eucentral1-abc"]
    function_names = ["remotion-render-video"]
  }

  assert {
    condition = jsondecode(output.lambda_role_policy_json) == {
      Version = "2012-10-17"
      Statement = [
        {
          Sid      = "0"
          Effect   = "Allow"
          Action   = ["s3:ListAllMyBuckets"]
          Resource = ["*"]
        },
        {
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
          Resource = [
            "arn:aws:s3:::remotionlambda-eucentral1-abc",
            "arn:aws:s3:::remotionlambda-eucentral1-abc/*",
          ]
        },
        {
          Sid      = "2"
          Effect   = "Allow"
          Action   = ["lambda:InvokeFunction"]
          Resource = ["arn:aws:lambda:eu-central-1:123456789012:function:remotion-render-video"]
        },
        {
          Sid      = "3"
          Effect   = "Allow"
          Action   = ["logs:CreateLogGroup"]
          Resource = ["arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda-insights"]
        },
        {
          Sid    = "4"
          Effect = "Allow"
          Action = ["logs:CreateLogStream", "logs:PutLogEvents"]
          Resource = [
            "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/remotion-render-video",
            "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/remotion-render-video:*",
            "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda-insights:*",
          ]
        },
      ]
    }
    error_message = "output.lambda_role_policy_json is not what Remotion Lambda needs here."
  }
}

run "role_in_vpc" {
  command = plan

  variables {
    vpc = true
  }

  assert {
    condition = jsondecode(output.lambda_role_policy_json) == {
      Version = "2012-10-17"
      Statement = [
        {
          Sid      = "0"
          Effect   = "Allow"
          Action   = ["s3:ListAllMyBuckets"]
          Resource = ["*"]
        },
        {
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
          Resource = ["arn:aws:s3:::remotionlambda-*"]
        },
        {
          Sid      = "2"
          Effect   = "Allow"
          Action   = ["lambda:InvokeFunction"]
          Resource = ["arn:aws:lambda:*:*:function:remotion-render-*"]
        },
        {
          Sid      = "3"
          Effect   = "Allow"
          Action   = ["logs:CreateLogGroup"]
          Resource = ["arn:aws:logs:*:*:log-group:/aws/lambda-insights"]
        },
        {
          Sid    = "4"
          Effect = "Allow"
          Action = ["logs:CreateLogStream", "logs:PutLogEvents"]
          Resource = [
            "arn:aws:logs:*:*:log-group:/aws/lambda/remotion-render-*",
            "arn:aws:logs:*:*:log-group:/aws/lambda-insights:*",
          ]
        },
        {
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
          Resource = ["*"]
        },
      ]
    }
    error_message = "output.lambda_role_policy_json is not what Remotion Lambda needs here."
  }
}

run "role_in_china" {
  command = plan

  variables {
    partition = "aws-cn"
  }

  assert {
    condition = jsondecode(output.lambda_role_policy_json) == {
      Version = "2012-10-17"
      Statement = [
        {
          Sid      = "0"
          Effect   = "Allow"
          Action   = ["s3:ListAllMyBuckets"]
          Resource = ["*"]
        },
        {
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
          Resource = ["arn:aws-cn:s3:::remotionlambda-*"]
        },
        {
          Sid      = "2"
          Effect   = "Allow"
          Action   = ["lambda:InvokeFunction"]
          Resource = ["arn:aws-cn:lambda:*:*:function:remotion-render-*"]
        },
        {
          Sid      = "3"
          Effect   = "Allow"
          Action   = ["logs:CreateLogGroup"]
          Resource = ["arn:aws-cn:logs:*:*:log-group:/aws/lambda-insights"]
        },
        {
          Sid    = "4"
          Effect = "Allow"
          Action = ["logs:CreateLogStream", "logs:PutLogEvents"]
          Resource = [
            "arn:aws-cn:logs:*:*:log-group:/aws/lambda/remotion-render-*",
            "arn:aws-cn:logs:*:*:log-group:/aws/lambda-insights:*",
          ]
        },
      ]
    }
    error_message = "output.lambda_role_policy_json is not what Remotion Lambda needs here."
  }
}

run "role_output_buckets" {
  command = plan

  variables {
    output_buckets = [
      {
        name        = "acme-videos"
        prefix      = "finished/"
        access      = "write"
        acl         = true
        kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
      },
      {
        name   = "acme-archive"
        prefix = ""
        access = "put"
      },
    ]
  }

  assert {
    condition = jsondecode(output.lambda_role_policy_json) == {
      Version = "2012-10-17"
      Statement = [
        {
          Sid      = "0"
          Effect   = "Allow"
          Action   = ["s3:ListAllMyBuckets"]
          Resource = ["*"]
        },
        {
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
          Resource = ["arn:aws:s3:::remotionlambda-*"]
        },
        {
          Sid      = "2"
          Effect   = "Allow"
          Action   = ["lambda:InvokeFunction"]
          Resource = ["arn:aws:lambda:*:*:function:remotion-render-*"]
        },
        {
          Sid      = "3"
          Effect   = "Allow"
          Action   = ["logs:CreateLogGroup"]
          Resource = ["arn:aws:logs:*:*:log-group:/aws/lambda-insights"]
        },
        {
          Sid    = "4"
          Effect = "Allow"
          Action = ["logs:CreateLogStream", "logs:PutLogEvents"]
          Resource = [
            "arn:aws:logs:*:*:log-group:/aws/lambda/remotion-render-*",
            "arn:aws:logs:*:*:log-group:/aws/lambda-insights:*",
          ]
        },
        {
          Sid      = "OutputBucketObjects"
          Effect   = "Allow"
          Action   = ["s3:PutObject", "s3:GetObject"]
          Resource = ["arn:aws:s3:::acme-videos/finished/*"]
        },
        {
          Sid      = "OutputBucketListing"
          Effect   = "Allow"
          Action   = ["s3:ListBucket"]
          Resource = ["arn:aws:s3:::acme-videos"]
        },
        {
          Sid      = "OutputBucketPut"
          Effect   = "Allow"
          Action   = ["s3:PutObject"]
          Resource = ["arn:aws:s3:::acme-archive", "arn:aws:s3:::acme-archive/*"]
        },
        {
          Sid      = "OutputBucketAcl"
          Effect   = "Allow"
          Action   = ["s3:PutObjectAcl"]
          Resource = ["arn:aws:s3:::acme-videos/finished/*"]
        },
        {
          Sid      = "OutputBucketKeys"
          Effect   = "Allow"
          Action   = ["kms:GenerateDataKey", "kms:Decrypt"]
          Resource = ["arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"]
          Condition = {
            StringLike = {
              "kms:ViaService" = ["s3.*.amazonaws.com", "s3.*.amazonaws.com.cn"]
            }
          }
        },
      ]
    }
    error_message = "output.lambda_role_policy_json is not what Remotion Lambda needs here."
  }
}
