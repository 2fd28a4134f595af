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

run "granted" {
  command = plan

  variables {
    path = "/video/"
    tags = {
      team = "video"
    }
    role_names = {
      writer = "writer"
      api    = "arn:aws:iam::123456789012:role/api"
    }
    output_buckets = [
      {
        name   = "acme-videos"
        prefix = "finished/"
        access = "write"
        acl    = true
      },
      {
        name   = "acme-archive"
        prefix = ""
        access = "read"
      },
    ]
  }

  assert {
    condition     = length(aws_iam_policy.this) == 1
    error_message = "aws_iam_policy.this has not 1 item."
  }

  assert {
    condition     = length(aws_iam_role_policy_attachment.this) == 2
    error_message = "aws_iam_role_policy_attachment.this has not 2 items."
  }

  assert {
    condition     = values(aws_iam_policy.this)[0].name == "remotion-bucket-grants"
    error_message = "values(aws_iam_policy.this)[0].name is not \"remotion-bucket-grants\"."
  }

  assert {
    condition     = values(aws_iam_policy.this)[0].path == "/video/"
    error_message = "values(aws_iam_policy.this)[0].path is not \"/video/\"."
  }

  assert {
    condition     = values(aws_iam_policy.this)[0].tags["team"] == "video"
    error_message = "values(aws_iam_policy.this)[0].tags[\"team\"] is not \"video\"."
  }

  assert {
    condition = jsondecode(output.policy_json) == {
      Version = "2012-10-17"
      Statement = [
        {
          Sid      = "OutputBucketObjects"
          Effect   = "Allow"
          Action   = ["s3:PutObject", "s3:GetObject"]
          Resource = ["arn:aws:s3:::acme-videos/finished/*"]
        },
        {
          Sid      = "OutputBucketListing"
          Effect   = "Allow"
          Action   = ["s3:ListBucket"]
          Resource = ["arn:aws:s3:::acme-archive", "arn:aws:s3:::acme-videos"]
        },
        {
          Sid      = "OutputBucketAcl"
          Effect   = "Allow"
          Action   = ["s3:PutObjectAcl"]
          Resource = ["arn:aws:s3:::acme-videos/finished/*"]
        },
        {
          Sid      = "OutputBucketRead"
          Effect   = "Allow"
          Action   = ["s3:GetObject"]
          Resource = ["arn:aws:s3:::acme-archive/*"]
        },
      ]
    }
    error_message = "output.policy_json is not what Remotion Lambda needs here."
  }
}

run "in_china" {
  command = plan

  variables {
    partition   = "aws-cn"
    policy_name = "video"
    role_names = {
      writer = "writer"
    }
    output_buckets = [
      {
        name   = "acme-videos"
        prefix = "finished/"
        access = "write"
        acl    = true
      },
      {
        name   = "acme-archive"
        prefix = ""
        access = "read"
      },
    ]
  }

  assert {
    condition     = values(aws_iam_policy.this)[0].name == "video"
    error_message = "values(aws_iam_policy.this)[0].name is not \"video\"."
  }

  assert {
    condition = jsondecode(output.policy_json) == {
      Version = "2012-10-17"
      Statement = [
        {
          Sid      = "OutputBucketObjects"
          Effect   = "Allow"
          Action   = ["s3:PutObject", "s3:GetObject"]
          Resource = ["arn:aws-cn:s3:::acme-videos/finished/*"]
        },
        {
          Sid      = "OutputBucketListing"
          Effect   = "Allow"
          Action   = ["s3:ListBucket"]
          Resource = ["arn:aws-cn:s3:::acme-archive", "arn:aws-cn:s3:::acme-videos"]
        },
        {
          Sid      = "OutputBucketAcl"
          Effect   = "Allow"
          Action   = ["s3:PutObjectAcl"]
          Resource = ["arn:aws-cn:s3:::acme-videos/finished/*"]
        },
        {
          Sid      = "OutputBucketRead"
          Effect   = "Allow"
          Action   = ["s3:GetObject"]
          Resource = ["arn:aws-cn:s3:::acme-archive/*"]
        },
      ]
    }
    error_message = "output.policy_json is not what Remotion Lambda needs here."
  }
}

# More buckets than one managed policy holds.
run "over_several_policies" {
  command = plan

  variables {
    role_names = {
      writer = "writer"
    }
    output_buckets = [
      for number in [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
        20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39,
        40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59,
        60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79,
        80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99,
      ] : { name = "acme-videos-${number}", prefix = "", access = "write" }
    ]
  }

  assert {
    condition     = length(aws_iam_policy.this) == 2
    error_message = "aws_iam_policy.this has not 2 items."
  }

  assert {
    condition     = length(aws_iam_role_policy_attachment.this) == 2
    error_message = "aws_iam_role_policy_attachment.this has not 2 items."
  }

  assert {
    condition     = alltrue([for policy in aws_iam_policy.this : length(policy.policy) <= 6144])
    error_message = "A policy has more than 6144 characters."
  }
}
