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
    policy_type = "managed"
  }

  assert {
    condition     = length(aws_iam_role_policy.this) == 0
    error_message = "aws_iam_role_policy.this has not 0 items."
  }

  assert {
    condition     = aws_iam_policy.this[0].name == "remotion-lambda-policy"
    error_message = "aws_iam_policy.this[0].name is not \"remotion-lambda-policy\"."
  }

  assert {
    condition     = aws_iam_role_policy_attachment.this[0].role == "remotion-lambda-role"
    error_message = "aws_iam_role_policy_attachment.this[0].role is not \"remotion-lambda-role\"."
  }
}

run "named" {
  command = plan

  variables {
    path = "/video/"
    tags = {
      team = "video"
    }
    name                     = "video"
    policy_name              = "video"
    max_session_duration     = 7200
    permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"
  }

  assert {
    condition     = output.role_name == "video"
    error_message = "output.role_name is not \"video\"."
  }

  assert {
    condition     = aws_iam_role_policy.this[0].name == "video"
    error_message = "aws_iam_role_policy.this[0].name is not \"video\"."
  }

  assert {
    condition     = aws_iam_role.this.max_session_duration == 7200
    error_message = "aws_iam_role.this.max_session_duration is not 7200."
  }

  assert {
    condition     = aws_iam_role.this.path == "/video/"
    error_message = "aws_iam_role.this.path is not \"/video/\"."
  }

  assert {
    condition     = aws_iam_role.this.tags["team"] == "video"
    error_message = "aws_iam_role.this.tags[\"team\"] is not \"video\"."
  }

  assert {
    condition     = aws_iam_role.this.permissions_boundary == "arn:aws:iam::123456789012:policy/boundary"
    error_message = "aws_iam_role.this.permissions_boundary is not \"arn:aws:iam::123456789012:policy/boundary\"."
  }
}

run "profile_minimal" {
  command = plan

  variables {
    profile = "minimal"
  }

  assert {
    condition = jsondecode(output.policy_json) == {
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
    error_message = "output.policy_json is not what Remotion Lambda needs here."
  }
}
