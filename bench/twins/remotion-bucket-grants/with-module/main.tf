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

module "remotion" {
  source = "../../../../modules/remotion-bucket-grants"

  policy_name = "${var.name_prefix}remotion-bucket-grants"
  role_names  = { api = aws_iam_role.api.name }

  output_buckets = [
    { name = "acme-videos", prefix = "", access = "write", kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab" },
    { name = "acme-archive", prefix = "finished/", access = "write" },
  ]
}
