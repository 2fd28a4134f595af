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
    condition     = length(var.role_names) == 0
    error_message = "var.role_names has not 0 items."
  }

  assert {
    condition     = length(var.output_buckets) == 0
    error_message = "var.output_buckets has not 0 items."
  }

  assert {
    condition     = var.policy_name == "remotion-bucket-grants"
    error_message = "var.policy_name is not \"remotion-bucket-grants\"."
  }

  assert {
    condition     = var.max_policies_per_role == 10
    error_message = "var.max_policies_per_role is not 10."
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
    condition     = length(output.policy_arns) == 0
    error_message = "output.policy_arns has not 0 items."
  }

  assert {
    condition     = length(aws_iam_role_policy_attachment.this) == 0
    error_message = "aws_iam_role_policy_attachment.this has not 0 items."
  }
}
