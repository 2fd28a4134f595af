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

# name_prefix is "*", which is not a prefix of names: give up to 32 letters, digits or any of _+=,.@- and no
# wildcard, ARN or path, as in "staging-"; or leave it empty.
run "refuses_name_prefix" {
  command = plan

  variables {
    name_prefix = "*"
  }

  expect_failures = [var.name_prefix]
}

# user_name is "remotion user", which is not a user's name: give 1 to 64 letters, digits or any of _+=,.@- and
# no ARN or path.
run "refuses_user_name" {
  command = plan

  variables {
    user_name = "remotion user"
  }

  expect_failures = [var.user_name]
}

# user_policy_name is "remotion policy", which is not a policy's name: give 1 to 128 letters, digits or any of
# _+=,.@- and no space, ARN or path.
run "refuses_user_policy_name" {
  command = plan

  variables {
    user_policy_name = "remotion policy"
  }

  expect_failures = [var.user_policy_name]
}

# user_policy_type is "other": give "inline" or "managed".
run "refuses_user_policy_type" {
  command = plan

  variables {
    user_policy_type = "other"
  }

  expect_failures = [var.user_policy_type]
}

# user_profile is "other": give "full", "render" or "deploy".
run "refuses_user_profile" {
  command = plan

  variables {
    user_profile = "other"
  }

  expect_failures = [var.user_profile]
}

# access_keys has invalid names: "first key". Give 1 to 64 letters, digits or any of _.- and no space.
run "refuses_access_keys_1" {
  command = plan

  variables {
    access_keys = {
      "first key" = "active"
    }
  }

  expect_failures = [var.access_keys]
}

# access_keys has invalid statuses: first = "other". Give "active" or "inactive".
run "refuses_access_keys_2" {
  command = plan

  variables {
    access_keys = {
      first = "other"
    }
  }

  expect_failures = [var.access_keys]
}

# access_keys has 3 keys (first, second, third), and IAM allows a user 2, with that of create_access_key: take
# out one that nothing uses any more.
run "refuses_access_keys_3" {
  command = plan

  variables {
    access_keys = {
      first  = "active"
      second = "active"
      third  = "active"
    }
  }

  expect_failures = [var.access_keys]
}

# pgp_key begins with "-----BEGIN P", which is not a PGP public key: give the binary key in base64, as gpg
# --export KEY | base64 -w0 writes it, no armour and no private key, or keybase:USERNAME.
run "refuses_pgp_key" {
  command = plan

  variables {
    pgp_key = "-----BEGIN PGP PUBLIC KEY BLOCK-----"
  }

  expect_failures = [var.pgp_key]
}

# lambda_role_name is "arn:aws:iam::123456789012:role/api", which is not a role's name: give 1 to 64 letters,
# digits or any of _+=,.@- and no ARN or path.
run "refuses_lambda_role_name" {
  command = plan

  variables {
    lambda_role_name = "arn:aws:iam::123456789012:role/api"
  }

  expect_failures = [var.lambda_role_name]
}

# lambda_role_policy_name is "remotion policy", which is not a policy's name: give 1 to 128 letters, digits or
# any of _+=,.@- and no space, ARN or path.
run "refuses_lambda_role_policy_name" {
  command = plan

  variables {
    lambda_role_policy_name = "remotion policy"
  }

  expect_failures = [var.lambda_role_policy_name]
}

# lambda_role_policy_type is "other": give "inline" or "managed".
run "refuses_lambda_role_policy_type" {
  command = plan

  variables {
    lambda_role_policy_type = "other"
  }

  expect_failures = [var.lambda_role_policy_type]
}

# lambda_role_profile is "other": give "full" or "minimal".
run "refuses_lambda_role_profile" {
  command = plan

  variables {
    lambda_role_profile = "other"
  }

  expect_failures = [var.lambda_role_profile]
}

# max_session_duration is 3599: give a whole number of seconds from 3600 to 43200.
run "refuses_max_session_duration" {
  command = plan

  variables {
    max_session_duration = 3599
  }

  expect_failures = [var.max_session_duration]
}

# output_buckets has invalid names: "acme_videos". Give the name alone, no ARN and no wildcard: 3 to 63
# lower-case letters, digits, dots or hyphens, with a letter or digit at both ends.
run "refuses_output_buckets_1" {
  command = plan

  variables {
    output_buckets = [
      {
        name   = "acme_videos"
        prefix = ""
        access = "write"
      },
    ]
  }

  expect_failures = [var.output_buckets]
}

# output_buckets has invalid names: "192.168.0.1". S3 takes no two dots in a row and no IP address, and keeps
# these beginnings and ends for itself: xn--, sthree-, amzn-s3-demo-, -s3alias, --ol-s3, .mrap, --x-s3,
# --table-s3.
run "refuses_output_buckets_2" {
  command = plan

  variables {
    output_buckets = [
      {
        name   = "192.168.0.1"
        prefix = ""
        access = "write"
      },
    ]
  }

  expect_failures = [var.output_buckets]
}

# output_buckets has invalid prefixes: "videos". Write "" for the whole bucket, or name a folder that ends in
# a slash, as in "videos/" or "year=2024/", 512 characters at most: none above U+00FF, which IAM takes in no
# policy, no double quote, and no invisible character.
run "refuses_output_buckets_3" {
  command = plan

  variables {
    output_buckets = [
      {
        name   = "acme-videos"
        prefix = "videos"
        access = "write"
      },
    ]
  }

  expect_failures = [var.output_buckets]
}

# output_buckets has invalid prefixes: "videos//finished/". No wildcard (* or ?), dollar sign, brace or
# backslash, no slash at the beginning and no two in a row, no space beside a slash, and no ARN.
run "refuses_output_buckets_4" {
  command = plan

  variables {
    output_buckets = [
      {
        name   = "acme-videos"
        prefix = "videos//finished/"
        access = "write"
      },
    ]
  }

  expect_failures = [var.output_buckets]
}

# output_buckets has invalid values of access: "other". Give "write", "put", "read" or "delete".
run "refuses_output_buckets_5" {
  command = plan

  variables {
    output_buckets = [
      {
        name   = "acme-videos"
        prefix = ""
        access = "other"
      },
    ]
  }

  expect_failures = [var.output_buckets]
}

# output_buckets has acl beside an access that does not write, for: "acme-videos". Leave acl out, or give the
# access "write" or "put".
run "refuses_output_buckets_6" {
  command = plan

  variables {
    output_buckets = [
      {
        name   = "acme-videos"
        prefix = ""
        access = "read"
        acl    = true
      },
    ]
  }

  expect_failures = [var.output_buckets]
}

# output_buckets has invalid keys: "arn:aws:kms:us-east-1:123456789012:alias/videos". Give the key's whole
# ARN, as in arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab, and no alias.
run "refuses_output_buckets_7" {
  command = plan

  variables {
    output_buckets = [
      {
        name        = "acme-videos"
        prefix      = ""
        access      = "write"
        kms_key_arn = "arn:aws:kms:us-east-1:123456789012:alias/videos"
      },
    ]
  }

  expect_failures = [var.output_buckets]
}

# executionrole_policy_name is "remotion policy", which is not a policy's name: give 1 to 128 letters, digits
# or any of _+=,.@- and no space, ARN or path.
run "refuses_executionrole_policy_name" {
  command = plan

  variables {
    executionrole_policy_name = "remotion policy"
  }

  expect_failures = [var.executionrole_policy_name]
}

# executionrole_policy_profile is "other": give "full", "render" or "deploy".
run "refuses_executionrole_policy_profile" {
  command = plan

  variables {
    executionrole_policy_profile = "other"
  }

  expect_failures = [var.executionrole_policy_profile]
}

# role_names has invalid values: "role/*". Give its name, of 1 to 64 letters, digits or any of _+=,.@- and no
# wildcard, or its whole ARN, as in arn:aws:iam::123456789012:role/api.
run "refuses_role_names" {
  command = plan

  variables {
    role_names = {
      api = "role/*"
    }
  }

  expect_failures = [var.role_names]
}

# execution_role_name is "arn:aws:iam::123456789012:role/api", which is not a role's name: give 1 to 64
# letters, digits or any of _+=,.@- and no ARN or path.
run "refuses_execution_role_name" {
  command = plan

  variables {
    execution_role_name = "arn:aws:iam::123456789012:role/api"
  }

  expect_failures = [var.execution_role_name]
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

# execution_role_policy_arns has invalid values: "arn:aws:iam::123456789012:policy/*". Give one, as in
# arn:aws:iam::123456789012:policy/video, and no wildcard.
run "refuses_execution_role_policy_arns" {
  command = plan

  variables {
    execution_role_policy_arns = {
      video = "arn:aws:iam::123456789012:policy/*"
    }
  }

  expect_failures = [var.execution_role_policy_arns]
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

# execution_role_max_session_duration is 3599: give a whole number of seconds from 3600 to 43200.
run "refuses_execution_role_max_session_duration" {
  command = plan

  variables {
    execution_role_max_session_duration = 3599
  }

  expect_failures = [var.execution_role_max_session_duration]
}

# regions has invalid values: "*". Give a name like us-east-1 or eu-central-1, and no wildcard.
run "refuses_regions" {
  command = plan

  variables {
    regions = ["*"]
  }

  expect_failures = [var.regions]
}

# account_id is "1234", which is not an account's number: give its twelve digits as a string, or nothing for
# every account.
run "refuses_account_id" {
  command = plan

  variables {
    account_id = "1234"
  }

  expect_failures = [var.account_id]
}

# bucket_names has invalid values: "acme_videos". Give the name alone, no ARN and no wildcard: 3 to 63
# lower-case letters, digits, dots or hyphens, with a letter or digit at both ends.
run "refuses_bucket_names_1" {
  command = plan

  variables {
    bucket_names = ["acme_videos"]
  }

  expect_failures = [var.bucket_names]
}

# bucket_names has invalid values: "192.168.0.1". S3 takes no two dots in a row and no IP address, and keeps
# these beginnings and ends for itself: xn--, sthree-, amzn-s3-demo-, -s3alias, --ol-s3, .mrap, --x-s3,
# --table-s3.
run "refuses_bucket_names_2" {
  command = plan

  variables {
    bucket_names = ["192.168.0.1"]
  }

  expect_failures = [var.bucket_names]
}

# function_names has invalid values: "render:live". Give 1 to 64 letters, digits, hyphens or underscores, and
# no ARN or wildcard.
run "refuses_function_names" {
  command = plan

  variables {
    function_names = ["render:live"]
  }

  expect_failures = [var.function_names]
}

# custom_layer_arns has invalid values: "arn:aws:lambda:us-east-1:123456789012:layer:fonts". Give the whole
# ARN with the version, as in arn:aws:lambda:us-east-1:123456789012:layer:fonts:3.
run "refuses_custom_layer_arns" {
  command = plan

  variables {
    custom_layer_arns = ["arn:aws:lambda:us-east-1:123456789012:layer:fonts"]
  }

  expect_failures = [var.custom_layer_arns]
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

run "refuses_options_for_deploying_where_nobody_does" {
  command = plan

  variables {
    user_profile                 = "render"
    executionrole_policy_profile = "render"
    all_insights_regions         = true
  }

  expect_failures = [output.user_policy_json]
}

run "refuses_keys_without_a_user" {
  command = plan

  variables {
    create_user       = false
    create_access_key = true
  }

  expect_failures = [output.access_key_id]
}

run "refuses_roles_without_a_policy" {
  command = plan

  variables {
    create_executionrole_policy = false
    role_names = {
      api = "api"
    }
  }

  expect_failures = [output.executionrole_policy_arn]
}

run "refuses_trust_without_a_role" {
  command = plan

  variables {
    trusted_services = ["lambda.amazonaws.com"]
  }

  expect_failures = [output.execution_role_name]
}
