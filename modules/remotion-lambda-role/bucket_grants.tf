locals {
  # Grants to output buckets, each ARN once and in order; the policy leaves out statements without a resource.
  output_bucket_grants = [
    {
      # Write the finished video and its artifacts, and look whether one is there already.
      Sid    = "OutputBucketObjects"
      Effect = "Allow"
      Action = ["s3:PutObject", "s3:GetObject"]
      Resource = toset([
        for bucket in var.output_buckets : "arn:${var.partition}:s3:::${bucket.name}/${bucket.prefix}*"
        if bucket.access == "write"
      ])
    },
    {
      # Have S3 tell a video that is not there yet (404) from one that is forbidden (403).
      Sid    = "OutputBucketListing"
      Effect = "Allow"
      Action = ["s3:ListBucket"]
      Resource = toset([
        for bucket in var.output_buckets : "arn:${var.partition}:s3:::${bucket.name}"
        if contains(["write", "read"], bucket.access)
      ])
    },
    {
      # Write the finished video of renders with `overwrite: true`; Remotion's guide grants it on the bucket, too.
      Sid    = "OutputBucketPut"
      Effect = "Allow"
      Action = ["s3:PutObject"]
      Resource = toset(flatten([
        for bucket in var.output_buckets : [
          "arn:${var.partition}:s3:::${bucket.name}",
          "arn:${var.partition}:s3:::${bucket.name}/${bucket.prefix}*",
        ]
        if bucket.access == "put"
      ]))
    },
    {
      # Set the ACL that Remotion sends with a video unless `privacy` is `no-acl`.
      Sid    = "OutputBucketAcl"
      Effect = "Allow"
      Action = ["s3:PutObjectAcl"]
      Resource = toset([
        for bucket in var.output_buckets : "arn:${var.partition}:s3:::${bucket.name}/${bucket.prefix}*" if bucket.acl
      ])
    },
    {
      # Download and presign finished videos, and see without the function that one is there.
      Sid    = "OutputBucketRead"
      Effect = "Allow"
      Action = ["s3:GetObject"]
      Resource = toset([
        for bucket in var.output_buckets : "arn:${var.partition}:s3:::${bucket.name}/${bucket.prefix}*"
        if bucket.access == "read"
      ])
    },
    {
      # Delete the video of a render together with the render.
      Sid    = "OutputBucketDelete"
      Effect = "Allow"
      Action = ["s3:DeleteObject"]
      Resource = toset([
        for bucket in var.output_buckets : "arn:${var.partition}:s3:::${bucket.name}/${bucket.prefix}*"
        if bucket.access == "delete"
      ])
    },
    {
      # Encrypt the video; S3 decrypts the parts of an upload to put them together.
      Sid    = "OutputBucketKeys"
      Effect = "Allow"
      Action = ["kms:GenerateDataKey", "kms:Decrypt"]
      Resource = toset([
        for bucket in var.output_buckets : bucket.kms_key_arn
        if contains(["write", "put"], bucket.access) && bucket.kms_key_arn != null
      ])
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
      Resource = toset([
        for bucket in var.output_buckets : bucket.kms_key_arn if bucket.access == "read" && bucket.kms_key_arn != null
      ])
      Condition = {
        StringLike = {
          "kms:ViaService" = ["s3.*.amazonaws.com", "s3.*.amazonaws.com.cn"]
        }
      }
    },
  ]
}
