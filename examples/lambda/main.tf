# A Lambda function that calls renderMediaOnLambda(), with a role of its own that may render with
# Remotion, write the logs of this one function, and do nothing else.

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

variable "image_uri" {
  type        = string
  description = "Image of the function, in ECR."
  default     = "123456789012.dkr.ecr.us-east-1.amazonaws.com/video-api:latest"
  nullable    = false
}

locals {
  function_name = "video-api"
}

module "caller" {
  source = "../../modules/remotion-execution-role"

  name               = "video-api"
  trusted_services   = ["lambda.amazonaws.com"]
  log_function_names = [local.function_name]
}

module "remotion_policy" {
  source = "../../modules/remotion-executionrole-policy"

  name    = "video-api-render"
  profile = "render"

  role_names = {
    caller = module.caller.role_name
  }
}

resource "aws_lambda_function" "api" {
  function_name = local.function_name
  role          = module.caller.role_arn
  package_type  = "Image"
  image_uri     = var.image_uri
  timeout       = 30

  image_config {
    command = ["index.handler"]
  }

  # Before that it could neither render nor write its logs.
  depends_on = [module.caller, module.remotion_policy]
}

output "function_arn" {
  description = "The function that starts renders."
  value       = aws_lambda_function.api.arn
}
