# A value for every rule of every input: the rule refuses it, and no other rule of that input does. What
# Terraform then says is above each.

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

# name is "arn:aws:iam::123456789012:role/api", which is not a role's name: give 1 to 64 letters, digits or
# any of _+=,.@- and no ARN or path.
run "refuses_name" {
  command = plan

  variables {
    name = "arn:aws:iam::123456789012:role/api"
  }

  expect_failures = [var.name]
}

# trusted_services has invalid values: "lambda". Give the service's own name, as in lambda.amazonaws.com or
# ecs-tasks.amazonaws.com, and no wildcard.
run "refuses_trusted_services" {
  command = plan

  variables {
    trusted_services = ["lambda"]
  }

  expect_failures = [var.trusted_services]
}

# source_account is "1234", which is not an account's number: give its twelve digits as a string, or nothing
# for every account.
run "refuses_source_account" {
  command = plan

  variables {
    source_account = "1234"
  }

  expect_failures = [var.source_account]
}

# source_arns has invalid values: "*". Give an ARN with its account, as in
# arn:aws:scheduler:us-east-1:123456789012:schedule-group/video; a wildcard may stand for the region, and
# behind the account.
run "refuses_source_arns" {
  command = plan

  variables {
    source_arns = ["*"]
  }

  expect_failures = [var.source_arns]
}

# trusted_principal_arns has invalid values: "*". Give the whole ARN of a role or a user, or of an account as
# in arn:aws:iam::123456789012:root, and no wildcard.
run "refuses_trusted_principal_arns" {
  command = plan

  variables {
    trusted_principal_arns = ["*"]
  }

  expect_failures = [var.trusted_principal_arns]
}

# external_id is "*", which is not an external id: give 2 to 1224 letters, digits or any of _+=,.@:/- and no
# wildcard, or null for none.
run "refuses_external_id" {
  command = plan

  variables {
    external_id = "*"
  }

  expect_failures = [var.external_id]
}

# session_tag_keys has invalid values: "cost,center". Give 1 to 128 letters, digits, spaces or any of _.:/=+-@
# and no wildcard.
run "refuses_session_tag_keys_1" {
  command = plan

  variables {
    session_tag_keys = ["cost,center"]
  }

  expect_failures = [var.session_tag_keys]
}

# session_tag_keys has invalid values: "aws:team". Keys must not begin with "aws:", which AWS has for itself.
run "refuses_session_tag_keys_2" {
  command = plan

  variables {
    session_tag_keys = ["aws:team"]
  }

  expect_failures = [var.session_tag_keys]
}

# trusted_oidc has invalid providers: "token.actions.githubusercontent.com". Give the ARN of a provider in
# IAM, as in arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com, and no wildcard.
run "refuses_trusted_oidc_1" {
  command = plan

  variables {
    trusted_oidc = [
      {
        provider_arn = "token.actions.githubusercontent.com"
        audiences    = ["sts.amazonaws.com"]
        subjects     = ["repo:acme@123456/video@456789:ref:refs/heads/main"]
        claims       = {}
      },
    ]
  }

  expect_failures = [var.trusted_oidc]
}

# trusted_oidc has empty lists in items, counted from 0: 0. Without audiences or subjects every identity of
# the provider could assume the role, and with an empty claim none; give at least one of each, and leave such
# a claim out.
run "refuses_trusted_oidc_2" {
  command = plan

  variables {
    trusted_oidc = [
      {
        provider_arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
        audiences    = []
        subjects     = ["repo:acme@123456/video@456789:ref:refs/heads/main"]
        claims       = {}
      },
    ]
  }

  expect_failures = [var.trusted_oidc]
}

# trusted_oidc has invalid audiences: "*". Give it in full, as in sts.amazonaws.com, and no wildcard.
run "refuses_trusted_oidc_3" {
  command = plan

  variables {
    trusted_oidc = [
      {
        provider_arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
        audiences    = ["*"]
        subjects     = ["repo:acme@123456/video@456789:ref:refs/heads/main"]
        claims       = {}
      },
    ]
  }

  expect_failures = [var.trusted_oidc]
}

# trusted_oidc has invalid subjects: "repo:\"acme\"/video". Give it as the token has it, as in
# "repo:acme@123456/video@456789:ref:refs/heads/main": no double quotes, no invisible characters, and nothing
# above U+00FF, which IAM takes in no policy.
run "refuses_trusted_oidc_4" {
  command = plan

  variables {
    trusted_oidc = [
      {
        provider_arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
        audiences    = ["sts.amazonaws.com"]
        subjects     = ["repo:\"acme\"/video"]
        claims       = {}
      },
    ]
  }

  expect_failures = [var.trusted_oidc]
}

# trusted_oidc has invalid subjects: "repo:acme/$video". No policy variables, so no dollar sign, no backslash,
# and no space at either end.
run "refuses_trusted_oidc_5" {
  command = plan

  variables {
    trusted_oidc = [
      {
        provider_arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
        audiences    = ["sts.amazonaws.com"]
        subjects     = ["repo:acme/$video"]
        claims       = {}
      },
    ]
  }

  expect_failures = [var.trusted_oidc]
}

# trusted_oidc has invalid values of claims: "\"main\"". Give it in full, as in "456789": no double quotes, no
# invisible characters, and nothing above U+00FF, which IAM takes in no policy.
run "refuses_trusted_oidc_6" {
  command = plan

  variables {
    trusted_oidc = [
      {
        provider_arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
        audiences    = ["sts.amazonaws.com"]
        subjects     = ["repo:acme@123456/video@456789:ref:refs/heads/main"]
        claims = {
          repository_id = ["\"main\""]
        }
      },
    ]
  }

  expect_failures = [var.trusted_oidc]
}

# trusted_oidc has invalid values of claims: "refs/heads/*". Claims are compared as they stand, so "*", "?"
# and policy variables would match nothing; no backslash, and no space at either end.
run "refuses_trusted_oidc_7" {
  command = plan

  variables {
    trusted_oidc = [
      {
        provider_arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
        audiences    = ["sts.amazonaws.com"]
        subjects     = ["repo:acme@123456/video@456789:ref:refs/heads/main"]
        claims = {
          repository_id = ["refs/heads/*"]
        }
      },
    ]
  }

  expect_failures = [var.trusted_oidc]
}

# trusted_oidc has invalid owners: "acme video". Give the beginning of the subject that only you can be given,
# as in "account:acme": no space, no double quotes, and nothing above U+00FF, which IAM takes in no policy.
run "refuses_trusted_oidc_8" {
  command = plan

  variables {
    trusted_oidc = [
      {
        provider_arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
        audiences    = ["sts.amazonaws.com"]
        subjects     = ["repo:acme@123456/video@456789:ref:refs/heads/main"]
        claims       = {}
        owner        = "acme video"
      },
    ]
  }

  expect_failures = [var.trusted_oidc]
}

# trusted_oidc has invalid owners: "acme:". No wildcard, dollar sign or backslash, and without the separator
# behind it.
run "refuses_trusted_oidc_9" {
  command = plan

  variables {
    trusted_oidc = [
      {
        provider_arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
        audiences    = ["sts.amazonaws.com"]
        subjects     = ["repo:acme@123456/video@456789:ref:refs/heads/main"]
        claims       = {}
        owner        = "acme:"
      },
    ]
  }

  expect_failures = [var.trusted_oidc]
}

# policy_arns has invalid values: "arn:aws:iam::123456789012:policy/*". Give one, as in
# arn:aws:iam::123456789012:policy/video, and no wildcard.
run "refuses_policy_arns" {
  command = plan

  variables {
    policy_arns = {
      video = "arn:aws:iam::123456789012:policy/*"
    }
  }

  expect_failures = [var.policy_arns]
}

# log_function_names has invalid values: "render:live". Give 1 to 64 letters, digits, hyphens or underscores,
# and no ARN or wildcard.
run "refuses_log_function_names" {
  command = plan

  variables {
    log_function_names = ["render:live"]
  }

  expect_failures = [var.log_function_names]
}

# max_trust_policy_size is 2047: give a whole number of characters from 2048 to 8192.
run "refuses_max_trust_policy_size" {
  command = plan

  variables {
    max_trust_policy_size = 2047
  }

  expect_failures = [var.max_trust_policy_size]
}

# max_session_duration is 3599: give a whole number of seconds from 3600 to 43200.
run "refuses_max_session_duration" {
  command = plan

  variables {
    max_session_duration = 3599
  }

  expect_failures = [var.max_session_duration]
}

# path is "video", which is not an IAM path: begin and end with a slash, as in "/" or "/video/", with visible
# ASCII characters between, 512 in all: no space, no two slashes in a row, no wildcard (* or ?), dollar sign,
# double quote or backslash.
run "refuses_path" {
  command = plan

  variables {
    path = "video"
  }

  expect_failures = [var.path]
}

# partition is "other": give "aws" or "aws-cn".
run "refuses_partition" {
  command = plan

  variables {
    partition = "other"
  }

  expect_failures = [var.partition]
}

# tags has 51 tags: AWS allows 50.
run "refuses_tags_1" {
  command = plan

  variables {
    tags = {
      for number in [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
        20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39,
        40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50,
      ] : "key-${number}" => ""
    }
  }

  expect_failures = [var.tags]
}

# tags has invalid keys: "cost,center". Give 1 to 128 letters, digits, spaces or any of _.:/=+-@.
run "refuses_tags_2" {
  command = plan

  variables {
    tags = {
      "cost,center" = "video"
    }
  }

  expect_failures = [var.tags]
}

# tags has invalid keys: "aws:owner". Keys must not begin with "aws:", which AWS has for itself.
run "refuses_tags_3" {
  command = plan

  variables {
    tags = {
      "aws:owner" = "video"
    }
  }

  expect_failures = [var.tags]
}

# tags has invalid values: team = "video;render". Give at most 256 letters, digits, spaces or any of _.:/=+-@.
run "refuses_tags_4" {
  command = plan

  variables {
    tags = {
      team = "video;render"
    }
  }

  expect_failures = [var.tags]
}

# permissions_boundary_arn is "boundary", which is not the ARN of a managed policy: give one, as in
# arn:aws:iam::123456789012:policy/boundary, or null for none.
run "refuses_permissions_boundary_arn" {
  command = plan

  variables {
    permissions_boundary_arn = "boundary"
  }

  expect_failures = [var.permissions_boundary_arn]
}

run "refuses_a_role_for_nobody" {
  command = plan

  variables {
    trusted_services = []
  }

  expect_failures = [aws_iam_role.this]
}

run "refuses_an_external_id_for_nobody" {
  command = plan

  variables {
    external_id = "acme-1"
  }

  expect_failures = [aws_iam_role.this]
}

run "refuses_an_instance_profile_that_no_instance_could_use" {
  command = plan

  variables {
    create_instance_profile = true
  }

  expect_failures = [aws_iam_instance_profile.this[0]]
}

run "refuses_subjects_of_everybody" {
  command = plan

  variables {
    trusted_oidc = [
      {
        provider_arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
        audiences    = ["sts.amazonaws.com"]
        subjects     = ["repo:*"]
        claims = {
          repository_id = ["456789"]
        }
      },
    ]
  }

  expect_failures = [aws_iam_role.this]
}

run "refuses_a_boundary_in_another_partition" {
  command = plan

  variables {
    permissions_boundary_arn = "arn:aws-cn:iam::123456789012:policy/boundary"
  }

  expect_failures = [aws_iam_role.this]
}
