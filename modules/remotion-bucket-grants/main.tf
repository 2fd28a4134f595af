locals {
  # Grants to output buckets: the keys of an object are its ARNs, each once and in order; the policy leaves out
  # statements without a resource.
  output_bucket_grants = [
    {
      # Write the finished video and its artifacts, and look whether one is there already.
      Sid    = "OutputBucketObjects"
      Effect = "Allow"
      Action = ["s3:PutObject", "s3:GetObject"]
      Resource = keys({
        for bucket in var.output_buckets : "arn:${var.partition}:s3:::${bucket.name}/${bucket.prefix}*" => true...
        if bucket.access == "write"
      })
    },
    {
      # Have S3 tell a video that is not there yet (404) from one that is forbidden (403).
      Sid    = "OutputBucketListing"
      Effect = "Allow"
      Action = ["s3:ListBucket"]
      Resource = keys({
        for bucket in var.output_buckets : "arn:${var.partition}:s3:::${bucket.name}" => true...
        if contains(["write", "read"], bucket.access)
      })
    },
    {
      # Write the finished video of renders with `overwrite: true`; Remotion's guide grants it on the bucket, too.
      Sid    = "OutputBucketPut"
      Effect = "Allow"
      Action = ["s3:PutObject"]
      Resource = keys({ for arn in flatten([
        for bucket in var.output_buckets : [
          "arn:${var.partition}:s3:::${bucket.name}",
          "arn:${var.partition}:s3:::${bucket.name}/${bucket.prefix}*",
        ]
        if bucket.access == "put"
      ]) : arn => true... })
    },
    {
      # Set the ACL that Remotion sends with a video unless `privacy` is `no-acl`.
      Sid    = "OutputBucketAcl"
      Effect = "Allow"
      Action = ["s3:PutObjectAcl"]
      Resource = keys({
        for bucket in var.output_buckets : "arn:${var.partition}:s3:::${bucket.name}/${bucket.prefix}*" => true...
        if bucket.acl
      })
    },
    {
      # Download and presign finished videos, and see without the function that one is there.
      Sid    = "OutputBucketRead"
      Effect = "Allow"
      Action = ["s3:GetObject"]
      Resource = keys({
        for bucket in var.output_buckets : "arn:${var.partition}:s3:::${bucket.name}/${bucket.prefix}*" => true...
        if bucket.access == "read"
      })
    },
    {
      # Delete the video of a render together with the render.
      Sid    = "OutputBucketDelete"
      Effect = "Allow"
      Action = ["s3:DeleteObject"]
      Resource = keys({
        for bucket in var.output_buckets : "arn:${var.partition}:s3:::${bucket.name}/${bucket.prefix}*" => true...
        if bucket.access == "delete"
      })
    },
    {
      # Encrypt the video; S3 decrypts the parts of an upload to put them together.
      Sid    = "OutputBucketKeys"
      Effect = "Allow"
      Action = ["kms:GenerateDataKey", "kms:Decrypt"]
      Resource = keys({
        for bucket in var.output_buckets : bucket.kms_key_arn => true...
        if contains(["write", "put"], bucket.access) && bucket.kms_key_arn != null
      })
      Condition = {
        StringLike = {
          "kms:ViaService" = ["s3.*.amazonaws.com", "s3.*.amazonaws.com.cn"]
        }
      }
    },
    {
      # Decrypt the video for a download.
      Sid    = "OutputBucketReadKeys"
      Effect = "Allow"
      Action = ["kms:Decrypt"]
      Resource = keys({
        for bucket in var.output_buckets : bucket.kms_key_arn => true...
        if bucket.access == "read" && bucket.kms_key_arn != null
      })
      Condition = {
        StringLike = {
          "kms:ViaService" = ["s3.*.amazonaws.com", "s3.*.amazonaws.com.cn"]
        }
      }
    },
  ]

  policy_json = jsonencode({
    Version   = "2012-10-17"
    Statement = [for statement in local.output_bucket_grants : statement if length(statement.Resource) > 0]
  })

  # ARNs of another partition, where IAM would never match them.
  outside_partition = distinct([
    for arn in compact(var.output_buckets[*].kms_key_arn) : arn if !startswith(arn, "arn:${var.partition}:")
  ])
}

resource "aws_iam_policy" "this" {
  for_each = local.policies

  name        = each.key == "1" ? var.policy_name : "${var.policy_name}-${each.key}"
  path        = var.path
  description = "Lets Remotion Lambda use further buckets."
  policy      = each.value
  tags        = var.tags

  lifecycle {
    # AWS cannot change a policy's description, so a policy that was imported keeps its own.
    ignore_changes = [description]

    precondition {
      condition = length(local.outside_partition) == 0
      error_message = join("", [
        "These are not in the partition \"${var.partition}\": ${join(", ", local.outside_partition)}. ",
        "Give what belongs to it, or set partition: Remotion runs in \"aws\" and \"aws-cn\" alone.",
      ])
    }

    precondition {
      condition = (
        each.key != "1" ||
        length(var.role_names) == 0 ||
        length(local.policies) <= var.max_policies_per_role
      )
      error_message = join("", [
        "The buckets need ${length(local.policies)} managed policies, ",
        "and a role may have ${var.max_policies_per_role}: ",
        "grant whole buckets in place of many folders, spread the buckets over several roles, ",
        "an instance of the module each, or have AWS raise the quota and set max_policies_per_role.",
      ])
    }
  }
}

locals {
  # Which policy is attached to which role. As a local, Terraform puts the policies together once, and not for
  # each attachment.
  attachments = merge([
    for number, policy in aws_iam_policy.this : {
      for key, name in var.role_names :
      number == "1" ? key : "${key}/${number}" => { policy_arn = policy.arn, role = name }
    }
  ]...)
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = local.attachments

  role       = basename(each.value.role)
  policy_arn = each.value.policy_arn

  lifecycle {
    precondition {
      condition = !startswith(each.value.role, "arn:") || startswith(each.value.role, "arn:${var.partition}:")
      error_message = join("", [
        "${each.value.role} is not in the partition \"${var.partition}\". Give what belongs to it, or set partition: ",
        "Remotion runs in \"aws\" and \"aws-cn\" alone.",
      ])
    }
  }
}
