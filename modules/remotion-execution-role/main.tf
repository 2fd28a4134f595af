locals {
  # For whom a service must act when it assumes the role.
  source_condition = merge(
    var.source_account == null ? {} : { StringEquals = { "aws:SourceAccount" = [var.source_account] } },
    length(var.source_arns) == 0 ? {} : { ArnLike = { "aws:SourceArn" = var.source_arns } },
  )

  # EKS Pod Identity gives the sessions of pods tags, and needs sts:TagSession for it.
  trusted_services = [
    {
      services = [for service in var.trusted_services : service if service != "pods.eks.amazonaws.com"]
      actions  = ["sts:AssumeRole"]
    },
    {
      services = [for service in var.trusted_services : service if service == "pods.eks.amazonaws.com"]
      actions  = ["sts:AssumeRole", "sts:TagSession"]
    },
  ]

  service_trust_statements = [
    for trusted in local.trusted_services : merge(
      {
        Effect    = "Allow"
        Principal = { Service = trusted.services }
        Action    = trusted.actions
      },
      length(local.source_condition) == 0 ? {} : { Condition = local.source_condition },
    ) if length(trusted.services) > 0
  ]

  # What roles, users and accounts must say, and may say, when they assume the role.
  principal_condition = merge(
    var.external_id == null ? {} : { StringEquals = { "sts:ExternalId" = [var.external_id] } },
    length(var.session_tag_keys) == 0 ? {} : { "ForAllValues:StringEquals" = { "aws:TagKeys" = var.session_tag_keys } },
  )

  principal_trust_statements = length(var.trusted_principal_arns) == 0 ? [] : [
    merge(
      {
        Effect    = "Allow"
        Principal = { AWS = var.trusted_principal_arns }
        Action    = length(var.session_tag_keys) > 0 ? ["sts:AssumeRole", "sts:TagSession"] : ["sts:AssumeRole"]
      },
      length(local.principal_condition) == 0 ? {} : { Condition = local.principal_condition },
    ),
  ]

  trust_policy = {
    Version = "2012-10-17"
    Statement = concat(
      local.service_trust_statements,
      local.principal_trust_statements,
      local.oidc_trust_statements,
    )
  }

  trust_policy_json = jsonencode(local.trust_policy)
  trust_policy_size = length(local.trust_policy_json)

  # ARNs of another partition, where IAM would never match them.
  outside_partition = distinct([
    for arn in compact(concat(
      [var.permissions_boundary_arn],
      var.trusted_principal_arns,
      var.source_arns,
      var.trusted_oidc[*].provider_arn,
    )) : arn
    if !startswith(arn, "arn:${var.partition}:")
  ])

  # Sources of another account than the one that is given.
  sources_of_others = var.source_account == null ? [] : [
    for arn in var.source_arns : arn if try(split(":", arn)[4], "") != var.source_account
  ]

  # Services that could act for none of the sources, which are of other services.
  services_without_source = length(var.source_arns) == 0 ? [] : [
    for service in var.trusted_services : service
    if !contains(
      [for arn in var.source_arns : try(split(":", arn)[2], "")],
      replace(split(".", service)[0], "ecs-tasks", "ecs"),
    )
  ]
}

resource "aws_iam_role" "this" {
  name                 = var.name
  path                 = var.path
  description          = "Calls Remotion Lambda without long-term keys."
  assume_role_policy   = local.trust_policy_json
  max_session_duration = var.max_session_duration
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags

  lifecycle {
    precondition {
      condition = length(local.outside_partition) == 0
      error_message = join("", [
        "These are not in the partition \"${var.partition}\": ${join(", ", local.outside_partition)}. ",
        "Give what belongs to it, or set partition: Remotion runs in \"aws\" and \"aws-cn\" alone.",
      ])
    }

    precondition {
      condition = length(local.trust_policy.Statement) > 0
      error_message = join("", [
        "Nobody could assume the role ${var.name}: ",
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
      condition = length(local.sources_of_others) == 0
      error_message = join("", [
        "source_arns has ${join(", ", local.sources_of_others)}, ",
        "and source_account is ${jsonencode(var.source_account)}: ",
        "nobody acts for both, so nobody could assume the role. ",
        "Give ARNs of that account, or leave source_account out, for an ARN names its account.",
      ])
    }

    precondition {
      condition = length(local.services_without_source) == 0
      error_message = join("", [
        "source_arns has no ARN of ${join(", ", local.services_without_source)}: ",
        "a service acts for its own resources alone, so it could not assume the role. ",
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
      condition = length(local.oidc_strangers) == 0
      error_message = join("", [
        "trusted_oidc has ${join("; ", local.oidc_strangers)}: a stranger could assume the role. ",
        "Write out what only you can be given, with wildcards behind it alone; ",
        "for an issuer without a known shape give that beginning as owner.",
      ])
    }

    precondition {
      condition = length(local.oidc_wrong_audiences) == 0
      error_message = join("", [
        "trusted_oidc has the audiences ${join("; ", local.oidc_wrong_audiences)}: ",
        "of this issuer the audience tells its customers apart, so name yours in full.",
      ])
    }

    precondition {
      condition = length(local.oidc_unknown_claims) == 0
      error_message = join("", [
        "trusted_oidc has the claims ${join("; ", local.oidc_unknown_claims)}: ",
        "AWS evaluates no other claims, so nobody could assume the role.",
      ])
    }

    precondition {
      condition = local.trust_policy_size <= var.max_trust_policy_size
      error_message = join("", [
        "The trust policy of ${var.name} would have ${local.trust_policy_size} characters, ",
        "and AWS allows ${var.max_trust_policy_size}: ",
        "trust an account in place of its roles, spread the callers over several roles, ",
        "or have AWS raise the quota and set max_trust_policy_size.",
      ])
    }
  }
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = var.policy_arns

  role       = aws_iam_role.this.name
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

resource "aws_iam_instance_profile" "this" {
  count = var.create_instance_profile ? 1 : 0

  name = var.name
  role = aws_iam_role.this.name
  path = var.path
  tags = var.tags

  lifecycle {
    precondition {
      condition = length(setintersection(var.trusted_services, ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"])) > 0
      error_message = join("", [
        "No EC2 instance could use the instance profile ${var.name}: ",
        "add ec2.amazonaws.com to trusted_services, or leave the profile out.",
      ])
    }
  }
}
