# SPDX-License-Identifier: Apache-2.0
# Module remotion-bucket-grants 0.1.0 of remotion-lambda-terraform, with the policies of Remotion 4.0.527.

terraform {
  required_version = ">= 1.5.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}
