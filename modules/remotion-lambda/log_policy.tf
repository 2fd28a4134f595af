locals {
  execution_role_log_statements = [
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

  execution_role_log_policy_json = jsonencode({
    Version   = "2012-10-17"
    Statement = local.execution_role_log_statements
  })

  # Characters as IAM counts them: jsonencode writes no white space.
  execution_role_log_policy_size = length(local.execution_role_log_policy_json)
}

resource "aws_iam_role_policy" "execution_role" {
  count = var.create_execution_role && length(var.log_function_names) > 0 ? 1 : 0

  name   = "${local.names.execution_role}-logs"
  role   = aws_iam_role.execution_role[0].name
  policy = local.execution_role_log_policy_json

  lifecycle {
    precondition {
      condition = local.execution_role_log_policy_size <= 10240
      error_message = join("", [
        "The policy ${local.names.execution_role}-logs would have ${local.execution_role_log_policy_size} characters, ",
        "and AWS allows 10240: spread the functions over several roles.",
      ])
    }
  }
}
