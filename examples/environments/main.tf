# Staging and production in one account, from one apply. Each environment has a user, a role and
# policies of its own, and its user may pass its own role to Lambda and no other.

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

locals {
  environments = {
    staging = {
      output_buckets = [{ name = "acme-videos-staging", prefix = "", access = "write", acl = true }]
    }
    production = {
      output_buckets = [{ name = "acme-videos", prefix = "", access = "write", acl = true }]
    }
  }
}

module "remotion" {
  source   = "../../modules/remotion-lambda"
  for_each = local.environments

  name_prefix    = "${each.key}-"
  output_buckets = each.value.output_buckets

  tags = {
    Environment = each.key
  }
}

# Without it deployFunction() passes remotion-lambda-role, which these users may not.
output "custom_role_arns" {
  description = "By environment, for deployFunction() as customRoleArn."
  value       = { for environment, remotion in module.remotion : environment => remotion.lambda_role_arn }
}
