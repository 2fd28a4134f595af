# A role of another account that calls renderMediaOnLambda() here: it assumes a role of this account,
# and proves with the external id for whom it does. Its own account must allow it sts:AssumeRole on the
# output role_arn.

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

variable "caller_arn" {
  type        = string
  description = "ARN of the role in the other account."
  default     = "arn:aws:iam::210987654321:role/video-api"
  nullable    = false
}

variable "external_id" {
  type        = string
  description = "What the other account says to assume the role, agreed with it and with nobody else."
  default     = "acme-4f1c9e07"
  nullable    = false
}

module "remotion_policy" {
  source = "../../modules/remotion-executionrole-policy"

  name    = "video-partner-render"
  profile = "render"
}

module "caller" {
  source = "../../modules/remotion-execution-role"

  name                   = "video-partner"
  trusted_principal_arns = [var.caller_arn]
  external_id            = var.external_id

  policy_arns = {
    remotion = module.remotion_policy.policy_arn
  }
}

output "role_arn" {
  description = "For the other account: what it assumes."
  value       = module.caller.role_arn
}
