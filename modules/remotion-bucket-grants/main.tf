locals {
  # Grants to output buckets; statements without a resource are left out below.
  output_bucket_grants = [
    {
      # Write the finished video and its artifacts, and look whether one is there already.
      Sid    = "OutputBucketObjects"
      Effect = "Allow"
      Action = ["s3:PutObject", "s3:GetObject"]
      Resource = distinct([
        for bucket in var.output_buckets : "arn:${var.partition}:s3:::${bucket.name}/${bucket.prefix}*" if bucket.access == "write"
      ])
    },
    {
      # Let S3 answer 404 and not 403 when the video is not there yet; without it the render fails.
      Sid    = "OutputBucketListing"
      Effect = "Allow"
      Action = ["s3:ListBucket"]
      Resource = distinct([
        for bucket in var.output_buckets : "arn:${var.partition}:s3:::${bucket.name}" if bucket.access == "write"
      ])
    },
    {
      # Write the finished video, for renders that are started with `overwrite: true`.
      Sid    = "OutputBucketPut"
      Effect = "Allow"
      Action = ["s3:PutObject"]
      Resource = distinct(flatten([
        for bucket in var.output_buckets : ["arn:${var.partition}:s3:::${bucket.name}", "arn:${var.partition}:s3:::${bucket.name}/${bucket.prefix}*"] if bucket.access == "put"
      ]))
    },
    {
      # Set the ACL that Remotion sends with a video unless `privacy` is `no-acl`.
      Sid    = "OutputBucketAcl"
      Effect = "Allow"
      Action = ["s3:PutObjectAcl"]
      Resource = distinct([
        for bucket in var.output_buckets : "arn:${var.partition}:s3:::${bucket.name}/${bucket.prefix}*" if bucket.acl
      ])
    },
  ]

  policy_json = jsonencode({
    Version   = "2012-10-17"
    Statement = [for statement in local.output_bucket_grants : statement if length(statement.Resource) > 0]
  })

  # Characters as IAM counts them: jsonencode writes no white space.
  policy_size = length(local.policy_json)
}

# AWS cannot change a policy's description, so a policy that was imported keeps its own.
resource "aws_iam_policy" "this" {
  count = length(var.output_buckets) > 0 ? 1 : 0

  name        = var.policy_name
  path        = var.path
  description = "Lets Remotion Lambda write to further buckets."
  policy      = local.policy_json
  tags        = var.tags

  lifecycle {
    ignore_changes = [description]

    precondition {
      condition     = local.policy_size <= 6144
      error_message = "The policy ${var.policy_name} would have ${local.policy_size} characters, and AWS allows 6144: split output_buckets over several instances of the module, each with its own policy_name."
    }
  }
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = length(var.output_buckets) > 0 ? var.role_names : {}

  role       = each.value
  policy_arn = aws_iam_policy.this[0].arn
}
