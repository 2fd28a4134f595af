locals {
  # Grants to output buckets; the policy leaves out statements without a resource.
  output_bucket_grants = [
    {
      # Write the finished video and its artifacts, and look whether one is there already.
      Sid    = "OutputBucketObjects"
      Effect = "Allow"
      Action = ["s3:PutObject", "s3:GetObject"]
      Resource = sort(toset([
        for bucket in var.output_buckets : "arn:${var.partition}:s3:::${bucket.name}/${bucket.prefix}*"
        if bucket.access == "write"
      ]))
    },
    {
      # Have S3 tell a video that is not there yet (404) from one that is forbidden (403).
      Sid    = "OutputBucketListing"
      Effect = "Allow"
      Action = ["s3:ListBucket"]
      Resource = sort(toset([
        for bucket in var.output_buckets : "arn:${var.partition}:s3:::${bucket.name}"
        if contains(["write", "read"], bucket.access)
      ]))
    },
    {
      # Write the finished video, for renders that are started with `overwrite: true`.
      Sid    = "OutputBucketPut"
      Effect = "Allow"
      Action = ["s3:PutObject"]
      Resource = sort(toset(flatten([
        for bucket in var.output_buckets : [
          "arn:${var.partition}:s3:::${bucket.name}",
          "arn:${var.partition}:s3:::${bucket.name}/${bucket.prefix}*",
        ]
        if bucket.access == "put"
      ])))
    },
    {
      # Set the ACL that Remotion sends with a video unless `privacy` is `no-acl`.
      Sid    = "OutputBucketAcl"
      Effect = "Allow"
      Action = ["s3:PutObjectAcl"]
      Resource = sort(toset([
        for bucket in var.output_buckets : "arn:${var.partition}:s3:::${bucket.name}/${bucket.prefix}*" if bucket.acl
      ]))
    },
    {
      # Download and presign finished videos, and see without the function that one is there.
      Sid    = "OutputBucketRead"
      Effect = "Allow"
      Action = ["s3:GetObject"]
      Resource = sort(toset([
        for bucket in var.output_buckets : "arn:${var.partition}:s3:::${bucket.name}/${bucket.prefix}*"
        if bucket.access == "read"
      ]))
    },
    {
      # Delete the video of a render together with the render.
      Sid    = "OutputBucketDelete"
      Effect = "Allow"
      Action = ["s3:DeleteObject"]
      Resource = sort(toset([
        for bucket in var.output_buckets : "arn:${var.partition}:s3:::${bucket.name}/${bucket.prefix}*"
        if bucket.access == "delete"
      ]))
    },
    {
      # Encrypt the video; S3 decrypts the parts of an upload to put them together.
      Sid    = "OutputBucketKeys"
      Effect = "Allow"
      Action = ["kms:GenerateDataKey", "kms:Decrypt"]
      Resource = sort(toset([
        for bucket in var.output_buckets : bucket.kms_key_arn
        if contains(["write", "put"], bucket.access) && bucket.kms_key_arn != null
      ]))
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
      Resource = sort(toset([
        for bucket in var.output_buckets : bucket.kms_key_arn if bucket.access == "read" && bucket.kms_key_arn != null
      ]))
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

  # So few buckets fit into one policy, also those whose names or keys are not known before the apply.
  one_policy_is_enough = sum(concat([0], [
    for bucket in var.output_buckets : 350 + 2 * length(jsonencode(bucket.prefix))
  ])) <= 5000

  # What is spread over several policies otherwise.
  granted_statements = [for statement in local.output_bucket_grants : statement if length(statement.Resource) > 0]

  # Characters for resources in a policy with one of the statements.
  statement_room = [
    for statement in local.granted_statements :
    6144 - length(jsonencode({ Version = "2012-10-17", Statement = [merge(statement, { Resource = [] })] }))
  ]

  # The ARNs by statement and length in JSON, which has six characters for each of & < >: those together take up
  # equal parts of a policy.
  arns = merge([
    for index, statement in local.granted_statements : {
      for arn in statement.Resource : "${index} ${length(jsonencode(arn))}" => arn...
    }
  ]...)

  # That part, in millionths: the ARN in quotes and a comma, of the room that there is.
  arn_parts = [
    for key, arns in local.arns : ceil(
      (length(jsonencode(arns[0])) + 1) * 1000000 / local.statement_room[split(" ", key)[0]],
    )
  ]

  # What those of a statement and length take up together.
  arn_sums = tolist([for index, arns in values(local.arns) : length(arns) * local.arn_parts[index]])

  # What all of them take up.
  arn_total = sum(concat([0], local.arn_sums))

  # All of them in a row, with a gap before each statement for its own text.
  row = local.arn_total + 35000 * length(local.granted_statements)

  # Where in the row those of a statement and length begin.
  arn_starts = [
    for index, key in keys(local.arns) : sum(concat(
      [35000 * (split(" ", key)[0] + 1)],
      slice(local.arn_sums, 0, index),
    ))
  ]

  # Every ARN with its statement and the place of its middle in the row.
  placed_arns = flatten([
    for index, key in keys(local.arns) : [
      for place, arn in local.arns[key] : {
        statement = split(" ", key)[0]
        arn       = arn
        middle    = local.arn_starts[index] + (place + 0.5) * local.arn_parts[index]
      }
    ]
  ])

  # The texts when the row is cut into so many equal parts: the fewest that could do, and some more. With the
  # last number, everything fits.
  policies_by_count = [
    for count in [
      ceil(local.arn_total / 1000000),
      ceil(local.arn_total / 1000000) + 1,
      ceil(local.arn_total / 1000000 * 1.05) + 1,
      ceil(local.row / 1000000 * 1.3) + 1,
    ] :
    {
      for number, placed in { for arn in local.placed_arns : floor(arn.middle / local.row * count) + 1 => arn... } :
      number => jsonencode({
        Version = "2012-10-17"
        Statement = [
          for statement, arns in { for arn in placed : arn.statement => arn.arn... } : merge(
            local.granted_statements[statement],
            { Resource = arns },
          )
        ]
      })
    }
  ]

  # The text of each policy by its number.
  policies = {
    for number, text in local.one_policy_is_enough ? { 1 = local.policy_json } : [
      for policies in concat([{ 1 = local.policy_json }], local.policies_by_count) : policies
      if alltrue([for text in values(policies) : length(text) <= 6144])
    ][0] : number => text if length(var.output_buckets) > 0
  }

  # What is given and is in another partition, where IAM would never match it.
  elsewhere = [
    for arn in var.output_buckets[*].kms_key_arn : arn if try(split(":", arn)[1], var.partition) != var.partition
  ]
}

# AWS cannot change a policy's description, so a policy that was imported keeps its own.
resource "aws_iam_policy" "this" {
  for_each = local.policies

  name        = each.key == "1" ? var.policy_name : "${var.policy_name}-${each.key}"
  path        = var.path
  description = "Lets Remotion Lambda use further buckets."
  policy      = each.value
  tags        = var.tags

  lifecycle {
    ignore_changes = [description]

    precondition {
      condition = length(local.elsewhere) == 0
      error_message = join("", [
        "partition is \"${var.partition}\", where this is not: ${join(", ", local.elsewhere)}. Give what is in it, or ",
        "set partition: Remotion runs in \"aws\" and \"aws-cn\" alone.",
      ])
    }

    precondition {
      condition = (
        each.key != "1" ||
        length(var.role_names) == 0 ||
        length(local.policies) <= var.max_policies_per_role
      )
      error_message = join("", [
        "The buckets need ${length(local.policies)} managed policies, and a role may have ${var.max_policies_per_role}",
        ": grant whole buckets in place of many folders, spread the buckets over several roles, an instance of the ",
        "module each, or have AWS raise the quota and set max_policies_per_role.",
      ])
    }
  }
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = merge([
    for number in keys(local.policies) : {
      for key, name in var.role_names : number == "1" ? key : "${key}/${number}" => { policy = number, role = name }
    }
  ]...)

  role       = basename(each.value.role)
  policy_arn = aws_iam_policy.this[each.value.policy].arn

  lifecycle {
    precondition {
      condition = try(split(":", each.value.role)[1], var.partition) == var.partition
      error_message = join("", [
        "partition is \"${var.partition}\", where this is not: ${each.value.role}. Give what is in it, or set ",
        "partition: Remotion runs in \"aws\" and \"aws-cn\" alone.",
      ])
    }
  }
}

moved {
  from = aws_iam_policy.this[0]
  to   = aws_iam_policy.this["1"]
}
