locals {
  # For whom a service must act when it assumes the role.
  source_condition = {
    for operator, keys in {
      StringEquals = { "aws:SourceAccount" = var.source_account == null ? [] : [var.source_account] }
      ArnLike      = { "aws:SourceArn" = var.source_arns }
    } : operator => keys if length(flatten(values(keys))) > 0
  }

  # What runs in these services; EKS gives the sessions of pods tags.
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
      { for element, value in { Condition = local.source_condition } : element => value if length(value) > 0 },
    ) if length(trusted.services) > 0
  ]

  # What roles, users and accounts must say, and may say, when they assume the role.
  principal_condition = {
    for operator, keys in {
      StringEquals                = { "sts:ExternalId" = var.external_id == null ? [] : [var.external_id] }
      "ForAllValues:StringEquals" = { "aws:TagKeys" = var.session_tag_keys }
    } : operator => keys if length(flatten(values(keys))) > 0
  }

  # These roles, users and accounts.
  principal_trust_statements = [
    for arns in [var.trusted_principal_arns] : merge(
      {
        Effect    = "Allow"
        Principal = { AWS = arns }
        Action    = concat(["sts:AssumeRole"], length(var.session_tag_keys) > 0 ? ["sts:TagSession"] : [])
      },
      { for element, value in { Condition = local.principal_condition } : element => value if length(value) > 0 },
    ) if length(arns) > 0
  ]

  # Identities of OIDC providers: these audiences, subjects and claims, and no others.
  oidc_trust_statements = [
    for trust in var.trusted_oidc : {
      Effect    = "Allow"
      Principal = { Federated = [trust.provider_arn] }
      Action    = ["sts:AssumeRoleWithWebIdentity"]
      Condition = {
        StringEquals = merge(
          { "${split(":oidc-provider/", trust.provider_arn)[1]}:aud" = trust.audiences },
          { for claim, values in trust.claims : "${split(":oidc-provider/", trust.provider_arn)[1]}:${claim}" => values },
        )
        StringLike = { "${split(":oidc-provider/", trust.provider_arn)[1]}:sub" = trust.subjects }
      }
    }
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

  # The logs of the functions that run as the role.
  log_statements = [
    {
      # Write the logs of the functions that run as this role.
      Sid    = "CallerLogs"
      Effect = "Allow"
      Action = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = flatten([
        [for function in var.log_function_names : "arn:${var.partition}:logs:*:*:log-group:/aws/lambda/${function}"],
        [for function in var.log_function_names : "arn:${var.partition}:logs:*:*:log-group:/aws/lambda/${function}:*"],
      ])
    },
  ]

  log_policy_json = jsonencode({
    Version   = "2012-10-17"
    Statement = local.log_statements
  })

  # Characters as IAM counts them: jsonencode writes no white space.
  log_policy_size = length(local.log_policy_json)
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
      condition     = length(local.elsewhere) == 0
      error_message = "partition is \"${var.partition}\", where this is not: ${join(", ", local.elsewhere)}. Give what is in it, or set partition: Remotion runs in \"aws\" and \"aws-cn\" alone."
    }

    precondition {
      condition     = length(local.trust_policy.Statement) > 0
      error_message = "Nobody could assume the role ${var.name}: give trusted_services, trusted_principal_arns or trusted_oidc."
    }

    precondition {
      condition     = !(var.source_account != null || length(var.source_arns) > 0) || (length(var.trusted_services) > 0 && length([for service in var.trusted_services : service if !can(regex("^(ecs-tasks|events|pipes|scheduler|states)([.][a-z0-9-]+)?[.]amazonaws[.]com([.]cn)?$", service))]) == 0)
      error_message = "source_account and source_arns are for services that say for whom they act (ecs-tasks.amazonaws.com, events.amazonaws.com, pipes.amazonaws.com, scheduler.amazonaws.com, states.amazonaws.com), and trusted_services has ${jsonencode(var.trusted_services)}: leave them out, or give the other services a role of their own."
    }

    precondition {
      condition     = var.source_account == null || length([for arn in var.source_arns : arn if try(split(":", arn)[4], "") != var.source_account]) == 0
      error_message = "source_arns has ${join(", ", [for arn in var.source_arns : arn if try(split(":", arn)[4], "") != var.source_account])}, and source_account is ${jsonencode(var.source_account)}: nobody acts for both, so nobody could assume the role. Give ARNs of that account, or leave source_account out, for an ARN names its account."
    }

    precondition {
      condition     = length(var.source_arns) == 0 || length([for service in var.trusted_services : service if !contains([for arn in var.source_arns : try(split(":", arn)[2], "")], lookup({ "ecs-tasks" = "ecs" }, split(".", service)[0], split(".", service)[0]))]) == 0
      error_message = "source_arns names nothing that ${join(", ", [for service in var.trusted_services : service if !contains([for arn in var.source_arns : try(split(":", arn)[2], "")], lookup({ "ecs-tasks" = "ecs" }, split(".", service)[0], split(".", service)[0]))])} could act for, which is of its own service alone, so it could not assume the role: add its ARN, or give the service a role of its own."
    }

    precondition {
      condition     = length(var.trusted_principal_arns) > 0 || !(var.external_id != null || length(var.session_tag_keys) > 0)
      error_message = "external_id and session_tag_keys would do nothing, as trusted_principal_arns is empty: they are asked of no service and of no OIDC identity. Name whom they are for, or leave them out."
    }

    precondition {
      condition     = length(local.oidc_strangers) == 0
      error_message = "trusted_oidc has ${join("; ", local.oidc_strangers)}: a stranger could assume the role. Write out what only you can be given, with wildcards behind it alone; for an issuer without a known shape give that beginning as owner."
    }

    precondition {
      condition     = length(local.oidc_wrong_audiences) == 0
      error_message = "trusted_oidc has the audiences ${join("; ", local.oidc_wrong_audiences)}: of this issuer the audience tells its customers apart, so name yours in full."
    }

    precondition {
      condition     = length(local.oidc_unknown_claims) == 0
      error_message = "trusted_oidc has the claims ${join("; ", local.oidc_unknown_claims)}: AWS evaluates no other claims, so nobody could assume the role."
    }

    precondition {
      condition     = local.trust_policy_size <= var.max_trust_policy_size
      error_message = "The trust policy of ${var.name} would have ${local.trust_policy_size} characters, and AWS allows ${var.max_trust_policy_size}: trust an account in place of its roles, spread the callers over several roles, or have AWS raise the quota and set max_trust_policy_size."
    }
  }
}

locals {
  # What is given and is in another partition, where IAM would never match it.
  elsewhere = [for arn in concat([var.permissions_boundary_arn], var.trusted_principal_arns, var.source_arns, var.trusted_oidc[*].provider_arn) : arn if try(split(":", arn)[1], var.partition) != var.partition]

  # What AWS evaluates of a token beside its subject and audience.
  oidc_claims = [
    {
      issuer = "^accounts[.]google[.]com$"
      claims = ["google/organization_number", "oaud"]
    },
    {
      issuer = "^(agent[.][A-Za-z0-9_-]+[.]buildkite[.]dev|agent[.][A-Za-z0-9_-]+[.]buildkite[.]site|agent[.]buildkite[.]com)$"
      claims = [
        "build_branch",
        "cluster_id",
        "cluster_name",
        "organization_id",
        "organization_slug",
        "pipeline_id",
        "pipeline_slug",
      ]
    },
    {
      issuer = "^(github[.]com/enterprises/[A-Za-z0-9_-]+|token[.]actions[.][A-Za-z0-9_-]+[.]ghe[.]com|token[.]actions[.]githubusercontent[.]com|token[.]actions[.]githubusercontent[.]com/.+)$"
      claims = [
        "actor",
        "actor_id",
        "enterprise_id",
        "environment",
        "job_workflow_ref",
        "ref",
        "repository",
        "repository_id",
        "repository_owner_id",
        "workflow",
      ]
    },
    {
      issuer = "^gitlab[.]com$"
      claims = [
        "namespace_id",
        "pipeline_source",
        "project_id",
        "ref_protected",
        "runner_environment",
        "user_access_level",
        "user_email",
        "user_id",
        "user_login",
      ]
    },
    {
      issuer = "^idcs-[A-Za-z0-9_-]+[.]identity[.]oraclecloud[.]com$"
      claims = ["rpst_id"]
    },
    {
      issuer = "^oidc[.]circleci[.]com/org/[A-Za-z0-9_-]+$"
      claims = ["oidc.circleci.com/project-id"]
    },
  ]

  # What the subjects of known issuers must match: the customer's place is literal.
  oidc_issuers = [
    {
      issuer  = "^token[.]actions[.]githubusercontent[.]com$"
      subject = "^(([a-z_]+|repo_property_[A-Za-z0-9_-]+):[^:*?]*:)*(pull_request:(([a-z_]+|repo_property_[A-Za-z0-9_-]+):[^:*?]*:)*)?((repo|repository|job_workflow_ref):[A-Za-z0-9_-]+(@[0-9]+)?/[^/]|(repository_owner|enterprise):[A-Za-z0-9_-]+(@[0-9]+)?(:|$)|(repository_owner_id|repository_id|enterprise_id):[0-9]+(:|$))"
      example = "repo:acme@123456/video@456789:ref:refs/heads/main"
    },
    {
      issuer  = "^gitlab[.]com(/.*)?$"
      subject = "^project_path:[^:/*?]+/"
      example = "project_path:acme/video:ref_type:branch:ref:main"
    },
    {
      issuer  = "^app[.]terraform[.]io$"
      subject = "^organization:[^:*?]+:"
      example = "organization:acme:project:video:workspace:renders:run_phase:apply"
    },
    {
      issuer  = "^agent[.](buildkite[.]com|[A-Za-z0-9-]+[.]buildkite[.](dev|site))$"
      subject = "^organization:[^:*?]+:"
      example = "organization:acme:pipeline:video:*"
    },
    {
      issuer  = "^oidc[.]circleci[.]com/org/[0-9A-Fa-f-]+$"
      subject = "^org/[^/*?]+/"
      example = "org/11111111-2222-3333-4444-555555555555/project/66666666-7777-8888-9999-000000000000/user/*"
    },
    {
      issuer  = "^oidc[.]vercel[.]com$"
      subject = "^owner:[^:*?]+:"
      example = "owner:acme:project:video:environment:production"
    },
    {
      issuer  = "^api[.]bitbucket[.]org/2[.]0/workspaces/[^/]+/pipelines-config/identity/oidc$"
      subject = "^[{][0-9A-Fa-f-]+[}]:"
      example = "{11111111-2222-3333-4444-555555555555}:*"
    },
    {
      issuer  = "^(token[.]actions[.]githubusercontent[.]com/.+|token[.]actions[.][A-Za-z0-9-]+[.]ghe[.]com(/.+)?|github[.]com/enterprises/.+)$"
      subject = "^[^*?]+$|^[^*?]+[:/|][^*?]*[*]$|^(([a-z_]+|repo_property_[A-Za-z0-9_-]+):[^:*?]*:)*(pull_request:(([a-z_]+|repo_property_[A-Za-z0-9_-]+):[^:*?]*:)*)?((repo|repository|job_workflow_ref):[A-Za-z0-9_-]+(@[0-9]+)?/[^/]|(repository_owner|enterprise):[A-Za-z0-9_-]+(@[0-9]+)?(:|$)|(repository_owner_id|repository_id|enterprise_id):[0-9]+(:|$))"
      example = "repo:acme/video:ref:refs/heads/main"
    },
    {
      issuer  = "^gitlab[.][A-Za-z0-9.-]+(/.*)?$"
      subject = "^[^*?]+$|^[^*?]+[:/|][^*?]*[*]$|^project_path:[^:/*?]+/"
      example = "project_path:acme/video:ref_type:branch:ref:main"
    },
    {
      issuer  = "^[A-Za-z0-9-]+([.][a-z]{2}(-[0-9])?)?[.]auth0[.]com$"
      subject = "^[^*?]+$|^[^*?]+[:/|][^*?]*[*]$"
      example = "auth0|*"
    },
    {
      issuer  = "^oidc[.]eks(-fips)?[.][a-z0-9-]+[.]amazonaws[.]com([.]cn)?/id/[0-9A-Za-z]+$"
      subject = "^[^*?]+$|^[^*?]+[:/|][^*?]*[*]$"
      example = "system:serviceaccount:video:render"
    },
    {
      issuer  = "^oidc[.]vercel[.]com/[^/]+$"
      subject = "^[^*?]+$|^[^*?]+[:/|][^*?]*[*]$|^owner:[^:*?]+:"
      example = "owner:acme:project:video:environment:production"
    },
  ]

  # The identities that are trusted, with what is known of their issuers.
  oidc_trusts = [
    for trust in [for trust in var.trusted_oidc : merge(trust, { issuer = split(":oidc-provider/", trust.provider_arn)[1] })] : {
      issuer    = trust.issuer
      audiences = trust.audiences
      subjects  = trust.subjects
      claims    = keys(trust.claims)
      owner     = trust.owner == null ? "" : trust.owner
      shapes    = [for known in local.oidc_issuers : known if can(regex(known.issuer, trimsuffix(lower(trust.issuer), "/")))]
      evaluated = flatten([for rule in local.oidc_claims : rule.claims if can(regex(rule.issuer, trust.issuer))])
    }
  ]

  # Subjects that a stranger's token could have, too.
  oidc_strangers = flatten([
    for trust in local.oidc_trusts : [
      for subject in trust.subjects :
      "${jsonencode(subject)} of ${trust.issuer}, to be written as ${startswith(subject, trust.owner) ? try(trust.shapes[0].example, "a subject without wildcards, or with one at its end behind the owner") : "a subject of the owner ${jsonencode(trust.owner)}"}"
      if !(
        (trust.owner == "" || (startswith(subject, trust.owner) && can(regex("^([:/|]|$)", trimprefix(subject, trust.owner))))) &&
        (
          length(trust.shapes) > 0
          ? can(regex(trust.shapes[0].subject, subject))
          : can(regex(trust.owner == "" ? "^[^*?]+$" : "^([:/|][^*?]*[*]?)?$", trimprefix(subject, trust.owner)))
        )
      )
    ]
  ])

  # Issuers whose audience names the customer.
  oidc_audiences = [
    {
      issuer   = "^oidc[.]vercel[.]com$"
      audience = "^https://vercel[.]com/[A-Za-z0-9_-]+$"
      example  = "https://vercel.com/acme"
    },
    {
      issuer   = "^(api[.]pulumi[.]com/oidc|sandboxes[.]cloud|cognito-identity[.]amazonaws[.]com)$"
      audience = "^(aws:)?[A-Za-z0-9_-]+(:[A-Za-z0-9_-]+)*$"
      example  = "aws:acme"
    },
  ]

  oidc_wrong_audiences = flatten([
    for trust in local.oidc_trusts : [
      for rule in local.oidc_audiences : [
        for audience in trust.audiences :
        "${jsonencode(audience)} of ${trust.issuer}, to be written as ${rule.example}" if !can(regex(rule.audience, audience))
      ] if can(regex(rule.issuer, trimsuffix(lower(trust.issuer), "/")))
    ]
  ])

  oidc_unknown_claims = flatten([
    for trust in local.oidc_trusts : [
      for claim in trust.claims :
      "${jsonencode(claim)} of ${trust.issuer}, which may have ${join(", ", concat(trust.evaluated, length(trust.evaluated) == 0 ? ["none"] : []))}"
      if !contains(trust.evaluated, claim)
    ]
  ])
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = var.policy_arns

  role       = aws_iam_role.this.name
  policy_arn = each.value

  lifecycle {
    precondition {
      condition     = try(split(":", each.value)[1], var.partition) == var.partition
      error_message = "partition is \"${var.partition}\", where this is not: ${each.value}. Give what is in it, or set partition: Remotion runs in \"aws\" and \"aws-cn\" alone."
    }
  }
}

resource "aws_iam_role_policy" "this" {
  count = length(var.log_function_names) > 0 ? 1 : 0

  name   = "${var.name}-logs"
  role   = aws_iam_role.this.name
  policy = local.log_policy_json

  lifecycle {
    precondition {
      condition     = local.log_policy_size <= 10240
      error_message = "The policy ${var.name}-logs would have ${local.log_policy_size} characters, and AWS allows 10240: spread the functions over several roles."
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
      condition     = length(setintersection(var.trusted_services, ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"])) > 0
      error_message = "No EC2 instance could use the instance profile ${var.name}: add ec2.amazonaws.com to trusted_services, or leave the profile out."
    }
  }
}
