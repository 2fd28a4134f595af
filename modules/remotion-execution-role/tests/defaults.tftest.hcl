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

variables {
  trusted_services = ["lambda.amazonaws.com"]
}

run "defaults" {
  command = plan

  assert {
    condition     = var.name == "remotion-execution-role"
    error_message = "var.name is not \"remotion-execution-role\"."
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
    condition     = length(var.policy_arns) == 0
    error_message = "var.policy_arns has not 0 items."
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
    condition     = output.role_name == "remotion-execution-role"
    error_message = "output.role_name is not \"remotion-execution-role\"."
  }

  assert {
    condition     = output.instance_profile_name == null
    error_message = "output.instance_profile_name is not null."
  }

  assert {
    condition     = length(aws_iam_role_policy.this) == 0
    error_message = "aws_iam_role_policy.this has not 0 items."
  }

  assert {
    condition     = length(aws_iam_role_policy_attachment.this) == 0
    error_message = "aws_iam_role_policy_attachment.this has not 0 items."
  }

  assert {
    condition = jsondecode(output.trust_policy_json) == {
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
    error_message = "output.trust_policy_json is not what Remotion Lambda needs here."
  }
}
