# An EC2 instance that calls renderMediaOnLambda(). It gets its role through an instance profile, and
# the SDK on it finds short-term keys by itself.

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

module "caller" {
  source = "../../modules/remotion-execution-role"

  name                    = "video-server"
  trusted_services        = ["ec2.amazonaws.com"]
  create_instance_profile = true
}

module "remotion_policy" {
  source = "../../modules/remotion-executionrole-policy"

  name    = "video-server-render"
  profile = "render"

  role_names = {
    caller = module.caller.role_name
  }
}

resource "aws_launch_template" "server" {
  name_prefix   = "video-server-"
  instance_type = "t3.small"

  iam_instance_profile {
    arn = module.caller.instance_profile_arn
  }

  # Only who can send a header may ask for the role's keys: a forged request of the server cannot.
  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
  }
}

output "instance_profile_name" {
  description = "For aws_instance, as iam_instance_profile."
  value       = module.caller.instance_profile_name
}
