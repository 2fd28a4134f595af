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

run "attached" {
  command = plan

  variables {
    path = "/video/"
    tags = {
      team = "video"
    }
    name = "video"
    role_names = {
      api    = "api"
      worker = "arn:aws:iam::123456789012:role/worker"
    }
  }

  assert {
    condition     = output.policy_name == "video"
    error_message = "output.policy_name is not \"video\"."
  }

  assert {
    condition     = aws_iam_role_policy_attachment.this["api"].role == "api"
    error_message = "aws_iam_role_policy_attachment.this[\"api\"].role is not \"api\"."
  }

  assert {
    condition     = aws_iam_role_policy_attachment.this["worker"].role == "worker"
    error_message = "aws_iam_role_policy_attachment.this[\"worker\"].role is not \"worker\"."
  }

  assert {
    condition     = aws_iam_policy.this.path == "/video/"
    error_message = "aws_iam_policy.this.path is not \"/video/\"."
  }

  assert {
    condition     = aws_iam_policy.this.tags["team"] == "video"
    error_message = "aws_iam_policy.this.tags[\"team\"] is not \"video\"."
  }
}

run "passes_the_role_that_is_named" {
  command = plan

  variables {
    lambda_role_name = "video"
    lambda_role_path = "/video/"
  }

  assert {
    condition = jsondecode(output.policy_json) == {
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
          Resource = ["arn:aws:iam::*:role/video/video"]
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
      ]
    }
    error_message = "output.policy_json is not what Remotion Lambda needs here."
  }
}

run "profile_render" {
  command = plan

  variables {
    profile = "render"
  }

  assert {
    condition = jsondecode(output.policy_json) == {
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
    error_message = "output.policy_json is not what Remotion Lambda needs here."
  }
}

run "profile_deploy" {
  command = plan

  variables {
    profile = "deploy"
  }

  assert {
    condition = jsondecode(output.policy_json) == {
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
    error_message = "output.policy_json is not what Remotion Lambda needs here."
  }
}

run "narrowed" {
  command = plan

  variables {
    regions        = ["eu-central-1"]
    account_id     = "123456789012"
    bucket_names   = ["remotionlambda-eucentral1-abc"]
    function_names = ["remotion-render-video"]
  }

  assert {
    condition = jsondecode(output.policy_json) == {
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
    error_message = "output.policy_json is not what Remotion Lambda needs here."
  }
}

run "in_vpc" {
  command = plan

  variables {
    vpc = true
  }

  assert {
    condition = jsondecode(output.policy_json) == {
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
    error_message = "output.policy_json is not what Remotion Lambda needs here."
  }
}

run "in_china" {
  command = plan

  variables {
    partition = "aws-cn"
  }

  assert {
    condition = jsondecode(output.policy_json) == {
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
    error_message = "output.policy_json is not what Remotion Lambda needs here."
  }
}

run "custom_layers" {
  command = plan

  variables {
    custom_layer_arns = ["arn:aws:lambda:us-east-1:123456789012:layer:fonts:3"]
  }

  assert {
    condition = jsondecode(output.policy_json) == {
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
    error_message = "output.policy_json is not what Remotion Lambda needs here."
  }
}

run "all_insights_regions" {
  command = plan

  variables {
    all_insights_regions = true
  }

  assert {
    condition = jsondecode(output.policy_json) == {
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
    error_message = "output.policy_json is not what Remotion Lambda needs here."
  }
}

run "output_buckets" {
  command = plan

  variables {
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
    condition = jsondecode(output.policy_json) == {
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
    error_message = "output.policy_json is not what Remotion Lambda needs here."
  }
}
