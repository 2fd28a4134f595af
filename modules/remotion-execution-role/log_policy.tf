locals {
  log_statements = [
    {
      # Write the logs of the Lambda functions that call Remotion as this role.
      Sid    = "CallerLogs"
      Effect = "Allow"
      Action = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = concat(
        [for function in var.log_function_names : "arn:${var.partition}:logs:*:*:log-group:/aws/lambda/${function}"],
        [for function in var.log_function_names : "arn:${var.partition}:logs:*:*:log-group:/aws/lambda/${function}:*"],
      )
    },
  ]

  log_policy_json = jsonencode({
    Version   = "2012-10-17"
    Statement = local.log_statements
  })

  # Characters as IAM counts them: jsonencode writes no white space.
  log_policy_size = length(local.log_policy_json)
}

resource "aws_iam_role_policy" "this" {
  count = length(var.log_function_names) > 0 ? 1 : 0

  name   = "${var.name}-logs"
  role   = aws_iam_role.this.name
  policy = local.log_policy_json

  lifecycle {
    precondition {
      condition = local.log_policy_size <= 10240
      error_message = join("", [
        "The policy ${var.name}-logs would have ${local.log_policy_size} characters, and AWS allows 10240: ",
        "spread the functions over several roles.",
      ])
    }
  }
}
