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

# name is "remotion user", which is not a user's name: give 1 to 64 letters, digits or any of _+=,.@- and no
# ARN or path.
run "refuses_name" {
  command = plan

  variables {
    name = "remotion user"
  }

  expect_failures = [var.name]
}

# policy_name is "remotion policy", which is not a policy's name: give 1 to 128 letters, digits or any of
# _+=,.@- and no space, ARN or path.
run "refuses_policy_name" {
  command = plan

  variables {
    policy_name = "remotion policy"
  }

  expect_failures = [var.policy_name]
}

# policy_type is "other": give "inline" or "managed".
run "refuses_policy_type" {
  command = plan

  variables {
    policy_type = "other"
  }

  expect_failures = [var.policy_type]
}

# profile is "other": give "full", "render" or "deploy".
run "refuses_profile" {
  command = plan

  variables {
    profile = "other"
  }

  expect_failures = [var.profile]
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

# lambda_role_path is "video", which is not an IAM path: begin and end with a slash, as in "/" or "/video/",
# with visible ASCII characters between, 512 in all: no space, no two slashes in a row, no wildcard (* or ?),
# dollar sign, double quote or backslash.
run "refuses_lambda_role_path" {
  command = plan

  variables {
    lambda_role_path = "video"
  }

  expect_failures = [var.lambda_role_path]
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

# output_buckets has invalid names: "acme_videos". Give the name alone, no ARN and no wildcard: 3 to 63
# lower-case letters, digits, dots or hyphens, with a letter or digit at both ends.
run "refuses_output_buckets_1" {
  command = plan

  variables {
    output_buckets = [
      {
        name   = "acme_videos"
        prefix = ""
        access = "read"
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
        access = "read"
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
        access = "read"
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
        access = "read"
      },
    ]
  }

  expect_failures = [var.output_buckets]
}

# output_buckets has invalid values of access: "other". Give "read" or "delete". The role that writes videos
# takes "write" or "put", in the modules remotion-lambda-role and remotion-bucket-grants.
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

# output_buckets has acl for: "acme-videos". Leave it out: it is for the role that writes videos, in the
# modules remotion-lambda-role and remotion-bucket-grants.
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
        access      = "read"
        kms_key_arn = "arn:aws:kms:us-east-1:123456789012:alias/videos"
      },
    ]
  }

  expect_failures = [var.output_buckets]
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
    profile              = "render"
    all_insights_regions = true
  }

  expect_failures = [output.policy_json]
}

run "refuses_a_third_access_key" {
  command = plan

  variables {
    create_access_key = true
    access_keys = {
      first  = "active"
      second = "inactive"
    }
  }

  expect_failures = [aws_iam_access_key.this[0]]
}

run "refuses_a_boundary_in_another_partition" {
  command = plan

  variables {
    permissions_boundary_arn = "arn:aws-cn:iam::123456789012:policy/boundary"
  }

  expect_failures = [aws_iam_user.this]
}
