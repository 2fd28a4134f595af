# What inputs change.

mock_provider "aws" {
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
}

variables {
  trusted_services = ["lambda.amazonaws.com"]
}

run "named" {
  command = plan

  variables {
    path = "/video/"
    tags = {
      team = "video"
    }
    name                     = "video"
    max_session_duration     = 7200
    permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"
  }

  assert {
    condition     = output.role_name == "video"
    error_message = "output.role_name is not \"video\"."
  }

  assert {
    condition     = aws_iam_role.this.max_session_duration == 7200
    error_message = "aws_iam_role.this.max_session_duration is not 7200."
  }

  assert {
    condition     = aws_iam_role.this.path == "/video/"
    error_message = "aws_iam_role.this.path is not \"/video/\"."
  }

  assert {
    condition     = aws_iam_role.this.tags["team"] == "video"
    error_message = "aws_iam_role.this.tags[\"team\"] is not \"video\"."
  }

  assert {
    condition     = aws_iam_role.this.permissions_boundary == "arn:aws:iam::123456789012:policy/boundary"
    error_message = "aws_iam_role.this.permissions_boundary is not \"arn:aws:iam::123456789012:policy/boundary\"."
  }
}

run "policies" {
  command = plan

  variables {
    policy_arns = {
      logs = "arn:aws:iam::aws:policy/CloudWatchLogsReadOnlyAccess"
    }
    log_function_names = ["video-api"]
  }

  assert {
    condition     = length(aws_iam_role_policy.this) == 1
    error_message = "aws_iam_role_policy.this has not 1 item."
  }

  assert {
    condition     = aws_iam_role_policy_attachment.this["logs"].policy_arn == "arn:aws:iam::aws:policy/CloudWatchLogsReadOnlyAccess"
    error_message = "aws_iam_role_policy_attachment.this[\"logs\"].policy_arn is not \"arn:aws:iam::aws:policy/CloudWatchLogsReadOnlyAccess\"."
  }
}

run "instance_profile" {
  command = plan

  variables {
    trusted_services        = ["ec2.amazonaws.com"]
    create_instance_profile = true
  }

  assert {
    condition     = output.instance_profile_name == "remotion-execution-role"
    error_message = "output.instance_profile_name is not \"remotion-execution-role\"."
  }
}

run "trusts_tasks_of_an_account" {
  command = plan

  variables {
    trusted_services = ["ecs-tasks.amazonaws.com"]
    source_account   = "123456789012"
  }

  assert {
    condition = jsondecode(output.trust_policy_json) == {
      Version = "2012-10-17"
      Statement = [
        {
          Effect = "Allow"
          Principal = {
            Service = ["ecs-tasks.amazonaws.com"]
          }
          Action = ["sts:AssumeRole"]
          Condition = {
            StringEquals = {
              "aws:SourceAccount" = ["123456789012"]
            }
          }
        },
      ]
    }
    error_message = "output.trust_policy_json is not what Remotion Lambda needs here."
  }
}

run "trusts_schedules" {
  command = plan

  variables {
    trusted_services = ["scheduler.amazonaws.com"]
    source_arns      = ["arn:aws:scheduler:us-east-1:123456789012:schedule-group/video"]
  }

  assert {
    condition = jsondecode(output.trust_policy_json) == {
      Version = "2012-10-17"
      Statement = [
        {
          Effect = "Allow"
          Principal = {
            Service = ["scheduler.amazonaws.com"]
          }
          Action = ["sts:AssumeRole"]
          Condition = {
            ArnLike = {
              "aws:SourceArn" = ["arn:aws:scheduler:us-east-1:123456789012:schedule-group/video"]
            }
          }
        },
      ]
    }
    error_message = "output.trust_policy_json is not what Remotion Lambda needs here."
  }
}

run "trusts_another_account" {
  command = plan

  variables {
    trusted_services       = []
    trusted_principal_arns = ["arn:aws:iam::210987654321:root"]
    external_id            = "acme-1"
    session_tag_keys       = ["team"]
  }

  assert {
    condition = jsondecode(output.trust_policy_json) == {
      Version = "2012-10-17"
      Statement = [
        {
          Effect = "Allow"
          Principal = {
            AWS = ["arn:aws:iam::210987654321:root"]
          }
          Action = ["sts:AssumeRole", "sts:TagSession"]
          Condition = {
            StringEquals = {
              "sts:ExternalId" = ["acme-1"]
            }
            "ForAllValues:StringEquals" = {
              "aws:TagKeys" = ["team"]
            }
          }
        },
      ]
    }
    error_message = "output.trust_policy_json is not what Remotion Lambda needs here."
  }
}

run "trusts_github" {
  command = plan

  variables {
    trusted_services = []
    trusted_oidc = [
      {
        provider_arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
        audiences    = ["sts.amazonaws.com"]
        subjects     = ["repo:acme@123456/video@456789:ref:refs/heads/main"]
        claims = {
          repository_id = ["456789"]
        }
      },
    ]
  }

  assert {
    condition = jsondecode(output.trust_policy_json) == {
      Version = "2012-10-17"
      Statement = [
        {
          Effect = "Allow"
          Principal = {
            Federated = ["arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"]
          }
          Action = ["sts:AssumeRoleWithWebIdentity"]
          Condition = {
            StringEquals = {
              "token.actions.githubusercontent.com:aud"           = ["sts.amazonaws.com"]
              "token.actions.githubusercontent.com:repository_id" = ["456789"]
            }
            StringLike = {
              "token.actions.githubusercontent.com:sub" = ["repo:acme@123456/video@456789:ref:refs/heads/main"]
            }
          }
        },
      ]
    }
    error_message = "output.trust_policy_json is not what Remotion Lambda needs here."
  }
}
