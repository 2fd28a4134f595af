variable "name_prefix" {
  type        = string
  description = "Goes before every name."
  default     = ""
}

resource "aws_iam_role" "api" {
  name = "${var.name_prefix}api"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Principal = {
          Service = "ec2.amazonaws.com"
        }
        Action = "sts:AssumeRole"
      },
    ]
  })
}

module "bucket_policy" {
  source  = "terraform-aws-modules/iam/aws//modules/iam-policy"
  version = "5.60.0"

  name = "${var.name_prefix}remotion-bucket-grants"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:PutObject", "s3:GetObject"]
        Resource = ["arn:aws:s3:::acme-videos/*", "arn:aws:s3:::acme-archive/finished/*"]
      },
      {
        Effect   = "Allow"
        Action   = "s3:ListBucket"
        Resource = ["arn:aws:s3:::acme-videos", "arn:aws:s3:::acme-archive"]
      },
      {
        Effect   = "Allow"
        Action   = ["kms:GenerateDataKey", "kms:Decrypt"]
        Resource = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
        Condition = {
          StringLike = {
            "kms:ViaService" = "s3.*.amazonaws.com"
          }
        }
      },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "buckets" {
  role       = aws_iam_role.api.name
  policy_arn = module.bucket_policy.arn
}
