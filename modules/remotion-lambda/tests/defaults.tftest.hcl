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
    condition     = var.name_prefix == ""
    error_message = "var.name_prefix is not \"\"."
  }

  assert {
    condition     = var.create_user == true
    error_message = "var.create_user is not true."
  }

  assert {
    condition     = var.user_name == "remotion-user"
    error_message = "var.user_name is not \"remotion-user\"."
  }

  assert {
    condition     = var.user_policy_name == "remotion-user-policy"
    error_message = "var.user_policy_name is not \"remotion-user-policy\"."
  }

  assert {
    condition     = var.user_policy_type == "inline"
    error_message = "var.user_policy_type is not \"inline\"."
  }

  assert {
    condition     = var.user_profile == "full"
    error_message = "var.user_profile is not \"full\"."
  }

  assert {
    condition     = var.create_access_key == false
    error_message = "var.create_access_key is not false."
  }

  assert {
    condition     = length(var.access_keys) == 0
    error_message = "var.access_keys has not 0 items."
  }

  assert {
    condition     = var.pgp_key == null
    error_message = "var.pgp_key is not null."
  }

  assert {
    condition     = var.user_force_destroy == false
    error_message = "var.user_force_destroy is not false."
  }

  assert {
    condition     = var.lambda_role_name == "remotion-lambda-role"
    error_message = "var.lambda_role_name is not \"remotion-lambda-role\"."
  }

  assert {
    condition     = var.lambda_role_policy_name == "remotion-lambda-policy"
    error_message = "var.lambda_role_policy_name is not \"remotion-lambda-policy\"."
  }

  assert {
    condition     = var.lambda_role_policy_type == "inline"
    error_message = "var.lambda_role_policy_type is not \"inline\"."
  }

  assert {
    condition     = var.lambda_role_profile == "full"
    error_message = "var.lambda_role_profile is not \"full\"."
  }

  assert {
    condition     = var.max_session_duration == 3600
    error_message = "var.max_session_duration is not 3600."
  }

  assert {
    condition     = length(var.output_buckets) == 0
    error_message = "var.output_buckets has not 0 items."
  }

  assert {
    condition     = var.create_executionrole_policy == true
    error_message = "var.create_executionrole_policy is not true."
  }

  assert {
    condition     = var.executionrole_policy_name == "remotion-executionrole-policy"
    error_message = "var.executionrole_policy_name is not \"remotion-executionrole-policy\"."
  }

  assert {
    condition     = var.executionrole_policy_profile == "full"
    error_message = "var.executionrole_policy_profile is not \"full\"."
  }

  assert {
    condition     = length(var.role_names) == 0
    error_message = "var.role_names has not 0 items."
  }

  assert {
    condition     = var.create_execution_role == false
    error_message = "var.create_execution_role is not false."
  }

  assert {
    condition     = var.execution_role_name == "remotion-execution-role"
    error_message = "var.execution_role_name is not \"remotion-execution-role\"."
  }

  assert {
    condition     = length(var.trusted_services) == 0
    error_message = "var.trusted_services has not 0 items."
  }

  assert {
    condition     = var.source_account == null
    error_message = "var.source_account is not null."
  }

  assert {
    condition     = length(var.source_arns) == 0
    error_message = "var.source_arns has not 0 items."
  }

  assert {
    condition     = length(var.trusted_principal_arns) == 0
    error_message = "var.trusted_principal_arns has not 0 items."
  }

  assert {
    condition     = var.external_id == null
    error_message = "var.external_id is not null."
  }

  assert {
    condition     = length(var.session_tag_keys) == 0
    error_message = "var.session_tag_keys has not 0 items."
  }

  assert {
    condition     = length(var.trusted_oidc) == 0
    error_message = "var.trusted_oidc has not 0 items."
  }

  assert {
    condition     = length(var.execution_role_policy_arns) == 0
    error_message = "var.execution_role_policy_arns has not 0 items."
  }

  assert {
    condition     = length(var.log_function_names) == 0
    error_message = "var.log_function_names has not 0 items."
  }

  assert {
    condition     = var.create_instance_profile == false
    error_message = "var.create_instance_profile is not false."
  }

  assert {
    condition     = var.max_trust_policy_size == 2048
    error_message = "var.max_trust_policy_size is not 2048."
  }

  assert {
    condition     = var.execution_role_max_session_duration == 3600
    error_message = "var.execution_role_max_session_duration is not 3600."
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
    condition     = var.permissions_boundary_arn == null
    error_message = "var.permissions_boundary_arn is not null."
  }

  assert {
    condition     = output.user_name == "remotion-user"
    error_message = "output.user_name is not \"remotion-user\"."
  }

  assert {
    condition     = output.lambda_role_name == "remotion-lambda-role"
    error_message = "output.lambda_role_name is not \"remotion-lambda-role\"."
  }

  assert {
    condition     = output.executionrole_policy_name == "remotion-executionrole-policy"
    error_message = "output.executionrole_policy_name is not \"remotion-executionrole-policy\"."
  }

  assert {
    condition     = output.execution_role_name == null
    error_message = "output.execution_role_name is not null."
  }

  assert {
    condition     = output.access_key_id == null
    error_message = "output.access_key_id is not null."
  }

  assert {
    condition = jsondecode(aws_iam_role.lambda_role.assume_role_policy) == {
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
    error_message = "aws_iam_role.lambda_role.assume_role_policy is not what Remotion Lambda needs here."
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
      ]
    }
    error_message = "output.executionrole_policy_json is not what Remotion Lambda needs here."
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
      ]
    }
    error_message = "output.lambda_role_policy_json is not what Remotion Lambda needs here."
  }
}
