# What the module makes of its defaults.

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

run "defaults" {
  command = plan

  assert {
    condition     = var.name == "remotion-executionrole-policy"
    error_message = "var.name is not \"remotion-executionrole-policy\"."
  }

  assert {
    condition     = length(var.role_names) == 0
    error_message = "var.role_names has not 0 items."
  }

  assert {
    condition     = var.profile == "full"
    error_message = "var.profile is not \"full\"."
  }

  assert {
    condition     = var.lambda_role_name == "remotion-lambda-role"
    error_message = "var.lambda_role_name is not \"remotion-lambda-role\"."
  }

  assert {
    condition     = var.lambda_role_path == "/"
    error_message = "var.lambda_role_path is not \"/\"."
  }

  assert {
    condition     = length(var.regions) == 0
    error_message = "var.regions has not 0 items."
  }

  assert {
    condition     = var.account_id == null
    error_message = "var.account_id is not null."
  }

  assert {
    condition     = length(var.bucket_names) == 0
    error_message = "var.bucket_names has not 0 items."
  }

  assert {
    condition     = length(var.function_names) == 0
    error_message = "var.function_names has not 0 items."
  }

  assert {
    condition     = length(var.custom_layer_arns) == 0
    error_message = "var.custom_layer_arns has not 0 items."
  }

  assert {
    condition     = var.vpc == false
    error_message = "var.vpc is not false."
  }

  assert {
    condition     = var.all_insights_regions == false
    error_message = "var.all_insights_regions is not false."
  }

  assert {
    condition     = length(var.output_buckets) == 0
    error_message = "var.output_buckets has not 0 items."
  }

  assert {
    condition     = var.path == "/"
    error_message = "var.path is not \"/\"."
  }

  assert {
    condition     = var.partition == "aws"
    error_message = "var.partition is not \"aws\"."
  }

  assert {
    condition     = length(var.tags) == 0
    error_message = "var.tags has not 0 items."
  }

  assert {
    condition     = output.policy_name == "remotion-executionrole-policy"
    error_message = "output.policy_name is not \"remotion-executionrole-policy\"."
  }

  assert {
    condition     = length(aws_iam_role_policy_attachment.this) == 0
    error_message = "aws_iam_role_policy_attachment.this has not 0 items."
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
      ]
    }
    error_message = "output.policy_json is not what Remotion Lambda needs here."
  }
}
