# Two more buckets for a role that exists already, made by hand or by somebody else's Terraform.

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

variable "remotion_role" {
  type        = string
  description = "Name of the role that Remotion's functions run as."
  default     = "remotion-lambda-role"
  nullable    = false
}

module "grants" {
  source = "../../modules/remotion-bucket-grants"

  role_names = {
    remotion = var.remotion_role
  }

  output_buckets = [
    { name = "acme-videos", prefix = "finished/", access = "write", acl = true },
    { name = "acme-archive", prefix = "", access = "put" },
  ]
}
