locals {
  # What may be done.
  statements = [
    {
      Sid      = "One"
      Action   = ["s3:GetObject", "s3:PutObject"]
      Resource = ["arn:${var.name}:*"]
    },
    {
      # The second: see = and "quotes".
      Sid      = "Two"
      Action   = ["s3:ListBucket"]
      Resource = [for key in ["a"] : "${key}-*"]
    },
  ]

  policy_json = {
    text = jsonencode({
      Version   = "2012-10-17"
      Statement = local.statements
    })
  }
}

resource "aws_iam_policy" "shared" {
  name   = "${var.name}-shared"
  policy = local.policy_json.text
  tags = {
    camelCase = "kept"
    "a b"     = "say \"hi\""
    "c/d"     = "back\\slash"
  }
}

resource "aws_iam_role" "this" {
  count = var.off ? 1 : 0

  name               = var.name
  assume_role_policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"

  inline_policy {
    name   = "first"
    policy = local.policy_json.text
  }

  inline_policy {
    name   = "second \"${var.name}\""
    policy = "{}"
  }

  lifecycle {
    create_before_destroy = true
    ignore_changes        = [tags, description]

    precondition {
      condition     = length(local.policy_json.text) <= 6144
      error_message = "The policy \"${var.name}\" has ${length(local.policy_json.text)} characters."
    }
  }

  depends_on = [aws_iam_policy.shared]
}

moved {
  from = aws_iam_role.old
  to   = aws_iam_role.this
}

moved {
  from = aws_iam_policy.old[0]
  to   = aws_iam_policy.shared["a b"]
}
