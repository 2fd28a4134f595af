# Jobs of GitHub Actions that call renderMediaOnLambda(), with no key among the secrets of the
# repository: on the branch main, and in any environment, which can ask for a reviewer. Pull requests
# may not.
#
# The job needs "permissions: id-token: write" and the step aws-actions/configure-aws-credentials with
# the output role_arn as role-to-assume.

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

# One for each account, whatever the number of repositories: if there is one already, take its ARN.
resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]

  # AWS knows GitHub's certificates and does not look at this, but older providers ask for it.
  thumbprint_list = ["6938fd4d98bab03faadb97b34396831e3780aea1"]
}

module "caller" {
  source = "../../modules/remotion-execution-role"

  name = "video-workflow"

  trusted_oidc = [
    {
      provider_arn = aws_iam_openid_connect_provider.github.arn
      audiences    = ["sts.amazonaws.com"]

      # Both forms of GitHub's subjects. The first is of repositories that were made, renamed or transferred after
      # 15 July 2026: gh api repos/acme/video --jq '"\(.owner.login)@\(.owner.id)/\(.name)@\(.id)"' tells the numbers.
      # Take the other one out once yours has it: a name that is given up can be taken by a stranger.
      subjects = [
        "repo:acme@123456/video@456789:ref:refs/heads/main",
        "repo:acme@123456/video@456789:environment:*",
        "repo:acme/video:ref:refs/heads/main",
        "repo:acme/video:environment:*",
      ]

      # Further claims of the token, of those that AWS evaluates; {} for none.
      claims = {}
    },
  ]
}

module "remotion_policy" {
  source = "../../modules/remotion-executionrole-policy"

  name    = "video-workflow-render"
  profile = "render"

  role_names = {
    caller = module.caller.role_name
  }
}

output "role_arn" {
  description = "For aws-actions/configure-aws-credentials, as role-to-assume."
  value       = module.caller.role_arn
}
