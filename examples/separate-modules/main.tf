# The same, module by module: for a team that keeps users, roles and policies apart. The role has a
# name of its own, which the two policies follow.

terraform {
  required_version = ">= 1.5.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

provider "aws" {
  region = "eu-central-1"
}

module "role" {
  source = "../../modules/remotion-lambda-role"

  name = "video-remotion-lambda-role"
  path = "/video/"
}

module "user" {
  source = "../../modules/remotion-user"

  name             = "video-remotion-user"
  lambda_role_name = module.role.role_name
  lambda_role_path = "/video/"
}

resource "aws_iam_role" "api" {
  name = "video-api"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ec2.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

module "policy" {
  source = "../../modules/remotion-executionrole-policy"

  name             = "video-remotion-executionrole-policy"
  lambda_role_name = module.role.role_name
  lambda_role_path = "/video/"

  role_names = {
    api = aws_iam_role.api.name
  }
}
