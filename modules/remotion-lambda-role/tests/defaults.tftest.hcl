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
    condition     = var.name == "remotion-lambda-role"
    error_message = "var.name is not \"remotion-lambda-role\"."
  }

  assert {
    condition     = var.policy_name == "remotion-lambda-policy"
    error_message = "var.policy_name is not \"remotion-lambda-policy\"."
  }

  assert {
    condition     = var.policy_type == "inline"
    error_message = "var.policy_type is not \"inline\"."
  }

  assert {
    condition     = var.profile == "full"
    error_message = "var.profile is not \"full\"."
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
    condition     = var.vpc == false
    error_message = "var.vpc is not false."
  }

  assert {
    condition     = length(var.output_buckets) == 0
    error_message = "var.output_buckets has not 0 items."
  }

  assert {
    condition     = var.max_session_duration == 3600
    error_message = "var.max_session_duration is not 3600."
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
    condition     = output.role_name == "remotion-lambda-role"
    error_message = "output.role_name is not \"remotion-lambda-role\"."
  }

  assert {
    condition     = aws_iam_role_policy.this[0].name == "remotion-lambda-policy"
    error_message = "aws_iam_role_policy.this[0].name is not \"remotion-lambda-policy\"."
  }

  assert {
    condition     = length(aws_iam_policy.this) == 0
    error_message = "aws_iam_policy.this has not 0 items."
  }

  assert {
    condition = jsondecode(aws_iam_role.this.assume_role_policy) == {
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
    error_message = "aws_iam_role.this.assume_role_policy is not what Remotion Lambda needs here."
  }

  assert {
    condition = jsondecode(output.policy_json) == {
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
    error_message = "output.policy_json is not what Remotion Lambda needs here."
  }
}
