locals {
  # For whom a service must act when it assumes the role.
  execution_role_source_condition = merge(
    var.source_account == null ? {} : { StringEquals = { "aws:SourceAccount" = [var.source_account] } },
    length(var.source_arns) == 0 ? {} : { ArnLike = { "aws:SourceArn" = var.source_arns } },
  )

  # EKS Pod Identity gives the sessions of pods tags, and needs sts:TagSession for it.
  execution_role_trusted_services = [
    {
      services = [for service in var.trusted_services : service if service != "pods.eks.amazonaws.com"]
      actions  = ["sts:AssumeRole"]
    },
    {
      services = [for service in var.trusted_services : service if service == "pods.eks.amazonaws.com"]
      actions  = ["sts:AssumeRole", "sts:TagSession"]
    },
  ]

  execution_role_service_trust_statements = [
    for trusted in local.execution_role_trusted_services : merge(
      {
        Effect    = "Allow"
        Principal = { Service = trusted.services }
        Action    = trusted.actions
      },
      length(local.execution_role_source_condition) == 0 ? {} : { Condition = local.execution_role_source_condition },
    ) if length(trusted.services) > 0
  ]

  # What roles, users and accounts must say, and may say, when they assume the role.
  execution_role_principal_condition = merge(
    var.external_id == null ? {} : { StringEquals = { "sts:ExternalId" = [var.external_id] } },
    length(var.session_tag_keys) == 0 ? {} : { "ForAllValues:StringEquals" = { "aws:TagKeys" = var.session_tag_keys } },
  )

  execution_role_principal_trust_statements = length(var.trusted_principal_arns) == 0 ? [] : [
    merge(
      {
        Effect    = "Allow"
        Principal = { AWS = var.trusted_principal_arns }
        Action    = length(var.session_tag_keys) > 0 ? ["sts:AssumeRole", "sts:TagSession"] : ["sts:AssumeRole"]
      },
      length(local.execution_role_principal_condition) == 0 ? {} : {
        Condition = local.execution_role_principal_condition
      },
    ),
  ]

  execution_role_trust_policy = {
    Version = "2012-10-17"
    Statement = concat(
      local.execution_role_service_trust_statements,
      local.execution_role_principal_trust_statements,
      local.execution_role_oidc_trust_statements,
    )
  }

  execution_role_trust_policy_json = jsonencode(local.execution_role_trust_policy)
  execution_role_trust_policy_size = length(local.execution_role_trust_policy_json)

  # ARNs of another partition, where IAM would never match them.
  execution_role_outside_partition = distinct([
    for arn in compact(concat(
      [var.permissions_boundary_arn],
      var.trusted_principal_arns,
      var.source_arns,
      var.trusted_oidc[*].provider_arn,
    )) : arn
    if !startswith(arn, "arn:${var.partition}:")
  ])

  # Sources of another account than the one that is given.
  execution_role_sources_of_others = var.source_account == null ? [] : [
    for arn in var.source_arns : arn if try(split(":", arn)[4], "") != var.source_account
  ]

  # Services that could act for none of the sources, which are of other services.
  execution_role_services_without_source = length(var.source_arns) == 0 ? [] : [
    for service in var.trusted_services : service
    if !contains(
      [for arn in var.source_arns : try(split(":", arn)[2], "")],
      replace(split(".", service)[0], "ecs-tasks", "ecs"),
    )
  ]
}

resource "aws_iam_role" "execution_role" {
  count = var.create_execution_role ? 1 : 0

  name                 = local.names.execution_role
  path                 = var.path
  description          = "Calls Remotion Lambda without long-term keys."
  assume_role_policy   = local.execution_role_trust_policy_json
  max_session_duration = var.execution_role_max_session_duration
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags

  lifecycle {
    precondition {
      condition = length(local.names.execution_role) <= 64
      error_message = join("", [
        "The role's name ${local.names.execution_role} has ${length(local.names.execution_role)} characters, ",
        "and AWS allows 64: shorten the prefix or the name.",
      ])
    }

    precondition {
      condition = length(local.execution_role_outside_partition) == 0
      error_message = join("", [
        "These are not in the partition \"${var.partition}\": ${join(", ", local.execution_role_outside_partition)}. ",
        "Give what belongs to it, or set partition: Remotion runs in \"aws\" and \"aws-cn\" alone.",
      ])
    }

    precondition {
      condition = length(local.execution_role_trust_policy.Statement) > 0
      error_message = join("", [
        "Nobody could assume the role ${local.names.execution_role}: ",
        "give trusted_services, trusted_principal_arns or trusted_oidc.",
      ])
    }

    precondition {
      condition = (
        (var.source_account == null && length(var.source_arns) == 0) ||
        (
          length(var.trusted_services) > 0 &&
          alltrue([
            for service in var.trusted_services :
            can(regex("^(ecs-tasks|events|pipes|scheduler|states)([.][a-z0-9-]+)?[.]amazonaws[.]com([.]cn)?$", service))
          ])
        )
      )
      error_message = join("", [
        "source_account and source_arns are for services that say for whom they act (ecs-tasks.amazonaws.com, ",
        "events.amazonaws.com, pipes.amazonaws.com, scheduler.amazonaws.com, states.amazonaws.com), ",
        "and trusted_services has ${jsonencode(var.trusted_services)}: ",
        "leave them out, or give the other services a role of their own.",
      ])
    }

    precondition {
      condition = length(local.execution_role_sources_of_others) == 0
      error_message = join("", [
        "source_arns has ${join(", ", local.execution_role_sources_of_others)}, ",
        "and source_account is ${jsonencode(var.source_account)}: ",
        "nobody acts for both, so nobody could assume the role. ",
        "Give ARNs of that account, or leave source_account out, for an ARN names its account.",
      ])
    }

    precondition {
      condition = length(local.execution_role_services_without_source) == 0
      error_message = join("", [
        "source_arns has no ARN of ",
        join(", ", local.execution_role_services_without_source),
        ": a service acts for its own resources alone, so it could not assume the role. ",
        "Add one, or give the service a role of its own.",
      ])
    }

    precondition {
      condition = (
        length(var.trusted_principal_arns) > 0 ||
        (var.external_id == null && length(var.session_tag_keys) == 0)
      )
      error_message = join("", [
        "external_id and session_tag_keys would do nothing, as trusted_principal_arns is empty: ",
        "they are asked of no service and of no OIDC identity. Name whom they are for, or leave them out.",
      ])
    }

    precondition {
      condition = length(local.execution_role_oidc_strangers) == 0
      error_message = join("", [
        "trusted_oidc has ${join("; ", local.execution_role_oidc_strangers)}: a stranger could assume the role. ",
        "Write out what only you can be given, with wildcards behind it alone; ",
        "for an issuer without a known shape give that beginning as owner.",
      ])
    }

    precondition {
      condition = length(local.execution_role_oidc_wrong_audiences) == 0
      error_message = join("", [
        "trusted_oidc has the audiences ${join("; ", local.execution_role_oidc_wrong_audiences)}: ",
        "of this issuer the audience tells its customers apart, so name yours in full.",
      ])
    }

    precondition {
      condition = length(local.execution_role_oidc_unknown_claims) == 0
      error_message = join("", [
        "trusted_oidc has the claims ${join("; ", local.execution_role_oidc_unknown_claims)}: ",
        "AWS evaluates no other claims, so nobody could assume the role.",
      ])
    }

    precondition {
      condition = local.execution_role_trust_policy_size <= var.max_trust_policy_size
      error_message = join("", [
        "The trust policy of ${local.names.execution_role} would have ${local.execution_role_trust_policy_size} ",
        "characters, and AWS allows ${var.max_trust_policy_size}: ",
        "trust an account in place of its roles, spread the callers over several roles, ",
        "or have AWS raise the quota and set max_trust_policy_size.",
      ])
    }
  }
}

resource "aws_iam_role_policy_attachment" "execution_role" {
  for_each = var.create_execution_role ? var.execution_role_policy_arns : {}

  role       = aws_iam_role.execution_role[0].name
  policy_arn = each.value

  lifecycle {
    precondition {
      condition = startswith(each.value, "arn:${var.partition}:")
      error_message = join("", [
        "${each.value} is not in the partition \"${var.partition}\". Give what belongs to it, or set partition: ",
        "Remotion runs in \"aws\" and \"aws-cn\" alone.",
      ])
    }
  }
}

resource "aws_iam_instance_profile" "execution_role" {
  count = var.create_execution_role && var.create_instance_profile ? 1 : 0

  name = local.names.execution_role
  role = aws_iam_role.execution_role[0].name
  path = var.path
  tags = var.tags

  lifecycle {
    precondition {
      condition = length(setintersection(var.trusted_services, ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"])) > 0
      error_message = join("", [
        "No EC2 instance could use the instance profile ${local.names.execution_role}: ",
        "add ec2.amazonaws.com to trusted_services, or leave the profile out.",
      ])
    }
  }
}

locals {
  # What is given for the role for callers.
  execution_role_inputs = compact([
    length(var.trusted_services) > 0 ? "trusted_services" : "",
    var.source_account != null ? "source_account" : "",
    length(var.source_arns) > 0 ? "source_arns" : "",
    length(var.trusted_principal_arns) > 0 ? "trusted_principal_arns" : "",
    var.external_id != null ? "external_id" : "",
    length(var.session_tag_keys) > 0 ? "session_tag_keys" : "",
    length(var.trusted_oidc) > 0 ? "trusted_oidc" : "",
    length(var.execution_role_policy_arns) > 0 ? "execution_role_policy_arns" : "",
    length(var.log_function_names) > 0 ? "log_function_names" : "",
    var.create_instance_profile ? "create_instance_profile" : "",
  ])
}

resource "aws_iam_role_policy_attachment" "execution_role_remotion" {
  count = var.create_execution_role && var.create_executionrole_policy ? 1 : 0

  role       = one(aws_iam_role.execution_role[*].name)
  policy_arn = one(aws_iam_policy.executionrole_policy[*].arn)
}
