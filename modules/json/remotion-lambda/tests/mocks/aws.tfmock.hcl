# What a mocked provider answers, for tests that call this module: mock_provider "aws" takes the folder of
# this file as its source, in Terraform from 1.7. For OpenTofu, aws.tofutest.hcl has the same in itself.

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
