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

# name is "arn:aws:iam::123456789012:role/api", which is not a role's name: give 1 to 64 letters, digits or
# any of _+=,.@- and no ARN or path.
run "refuses_name" {
  command = plan

  variables {
    name = "arn:aws:iam::123456789012:role/api"
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

# profile is "other": give "full" or "minimal".
run "refuses_profile" {
  command = plan

  variables {
    profile = "other"
  }

  expect_failures = [var.profile]
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

run "refuses_a_boundary_in_another_partition" {
  command = plan

  variables {
    permissions_boundary_arn = "arn:aws-cn:iam::123456789012:policy/boundary"
  }

  expect_failures = [aws_iam_role.this]
}
