variable "output_buckets" {
  type = list(object({
    name        = string
    prefix      = optional(string, "")
    access      = optional(string, "write")
    acl         = optional(bool, false)
    kms_key_arn = optional(string)
  }))
  description = "Buckets to grant. All of them in one document: it is read by nobody, and is too long for a policy."
}

locals {
  document = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:PutObject", "s3:GetObject"]
        Resource = [for bucket in var.output_buckets : "arn:aws:s3:::${bucket.name}/${bucket.prefix}*" if bucket.access == "write"]
      },
      {
        Effect   = "Allow"
        Action   = ["s3:ListBucket"]
        Resource = [for bucket in var.output_buckets : "arn:aws:s3:::${bucket.name}" if contains(["write", "read"], bucket.access)]
      },
      {
        Effect   = "Allow"
        Action   = ["s3:PutObject"]
        Resource = flatten([for bucket in var.output_buckets : ["arn:aws:s3:::${bucket.name}", "arn:aws:s3:::${bucket.name}/${bucket.prefix}*"] if bucket.access == "put"])
      },
      {
        Effect   = "Allow"
        Action   = ["s3:PutObjectAcl"]
        Resource = [for bucket in var.output_buckets : "arn:aws:s3:::${bucket.name}/${bucket.prefix}*" if bucket.acl]
      },
      {
        Effect   = "Allow"
        Action   = ["kms:GenerateDataKey", "kms:Decrypt"]
        Resource = distinct([for bucket in var.output_buckets : bucket.kms_key_arn if bucket.kms_key_arn != null])
      },
    ]
  })
}

output "length" {
  description = "Characters of the document."
  value       = length(local.document)
}
