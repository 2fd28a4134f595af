# Everything that Remotion Lambda needs: for an API that calls renderMediaOnLambda() with a role that is
# there already, for a function that does so every night with a role made here, and with videos that go
# to two further buckets.

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
  region = "us-east-1"
}

resource "aws_iam_role" "api" {
  name = "video-api"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

module "remotion" {
  source = "../../modules/remotion-lambda"

  role_names = {
    api = aws_iam_role.api.name
  }

  create_execution_role = true
  execution_role_name   = "video-nightly"
  trusted_services      = ["lambda.amazonaws.com"]
  log_function_names    = ["video-nightly"]

  # The role of Remotion's functions writes; the user and the callers read.
  output_buckets = [
    { name = "acme-videos", prefix = "", access = "write", acl = true },
    { name = "acme-videos", prefix = "", access = "read" },
    { name = "acme-archive", prefix = "finished/", access = "write" },
  ]

  tags = {
    Project = "video"
  }
}

output "custom_role_arn" {
  description = "For deployFunction(), where the role is not called remotion-lambda-role."
  value       = module.remotion.lambda_role_arn
}

output "nightly_role_arn" {
  description = "Role of the function that renders every night."
  value       = module.remotion.execution_role_arn
}
