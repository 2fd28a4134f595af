locals {
  # The identities that are trusted, each with its issuer: as keys of conditions have it, and as the tables do.
  oidc_identities = [
    for trust in var.trusted_oidc : merge(trust, {
      issuer            = split(":oidc-provider/", trust.provider_arn)[1]
      normalized_issuer = trimsuffix(lower(split(":oidc-provider/", trust.provider_arn)[1]), "/")
    })
  ]

  # Identities of OIDC providers: these audiences, subjects and claims, and no others.
  oidc_trust_statements = [
    for trust in local.oidc_identities : {
      Effect    = "Allow"
      Principal = { Federated = [trust.provider_arn] }
      Action    = ["sts:AssumeRoleWithWebIdentity"]
      Condition = {
        StringEquals = merge(
          { "${trust.issuer}:aud" = trust.audiences },
          { for claim, values in trust.claims : "${trust.issuer}:${claim}" => values },
        )
        StringLike = { "${trust.issuer}:sub" = trust.subjects }
      }
    }
  ]

  # The issuers that more than one of the tables below is about.
  oidc_issuer_patterns = {
    github = "^token[.]actions[.]githubusercontent[.]com$"
    github_enterprise = join("|", [
      "^token[.]actions[.]githubusercontent[.]com/.+$",
      "^token[.]actions[.][A-Za-z0-9_-]+[.]ghe[.]com(/.+)?$",
      "^github[.]com/enterprises/[A-Za-z0-9_-]+$",
    ])
    gitlab    = "^gitlab[.]com(/.*)?$"
    buildkite = "^agent[.](buildkite[.]com|[A-Za-z0-9_-]+[.]buildkite[.](dev|site))$"
    circleci  = "^oidc[.]circleci[.]com/org/[A-Za-z0-9_-]+$"
    vercel    = "^oidc[.]vercel[.]com$"
  }

  # What AWS evaluates of a token beside its subject and audience.
  oidc_claims = [
    {
      issuer = "^accounts[.]google[.]com$"
      claims = ["google/organization_number", "oaud"]
    },
    {
      issuer = local.oidc_issuer_patterns.buildkite
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
      issuer = "${local.oidc_issuer_patterns.github_enterprise}|${local.oidc_issuer_patterns.github}"
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
      issuer = local.oidc_issuer_patterns.gitlab
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
      issuer = local.oidc_issuer_patterns.circleci
      claims = ["oidc.circleci.com/project-id"]
    },
  ]

  # Where one customer stands behind an issuer: no wildcard, or one at the end, behind a part that is literal.
  oidc_subject_of_one_customer = "^[^*?]+$|^[^*?]+[:/|][^*?]*[*]$"

  # A claim in a subject of GitHub with a literal value; GitHub writes a colon in it as %3A.
  oidc_github_claim = "([a-z_]+|repo_property_[A-Za-z0-9_-]+):[^:*?]*:"

  # Such claims, perhaps with pull_request among them, and behind them one that only its owner can be given.
  oidc_github_subject = join("", [
    "^(${local.oidc_github_claim})*(pull_request:(${local.oidc_github_claim})*)?(",
    join("|", [
      "(repo|repository|job_workflow_ref):[A-Za-z0-9_-]+(@[0-9]+)?/[^/]",
      "(repository_owner|enterprise):[A-Za-z0-9_-]+(@[0-9]+)?(:|$)",
      "(repository_owner_id|repository_id|enterprise_id):[0-9]+(:|$)",
    ]),
    ")",
  ])

  # What the subjects of known issuers must match: the customer's place is literal where an issuer has several.
  oidc_issuers = [
    {
      issuer  = local.oidc_issuer_patterns.github
      subject = local.oidc_github_subject
      example = "repo:acme@123456/video@456789:ref:refs/heads/main"
    },
    {
      issuer  = local.oidc_issuer_patterns.gitlab
      subject = "^project_path:[^:/*?]+/"
      example = "project_path:acme/video:ref_type:branch:ref:main"
    },
    {
      issuer  = "^app[.]terraform[.]io$"
      subject = "^organization:[^:*?]+:"
      example = "organization:acme:project:video:workspace:renders:run_phase:apply"
    },
    {
      issuer  = local.oidc_issuer_patterns.buildkite
      subject = "^organization:[^:*?]+:"
      example = "organization:acme:pipeline:video:*"
    },
    {
      issuer  = local.oidc_issuer_patterns.circleci
      subject = "^org/[^/*?]+/"
      example = "org/11111111-2222-3333-4444-555555555555/project/66666666-7777-8888-9999-000000000000/user/*"
    },
    {
      issuer  = local.oidc_issuer_patterns.vercel
      subject = "^owner:[^:*?]+:"
      example = "owner:acme:project:video:environment:production"
    },
    {
      issuer  = "^api[.]bitbucket[.]org/2[.]0/workspaces/[^/]+/pipelines-config/identity/oidc$"
      subject = "^[{][0-9A-Fa-f-]+[}]:"
      example = "{11111111-2222-3333-4444-555555555555}:*"
    },
    {
      issuer  = local.oidc_issuer_patterns.github_enterprise
      subject = "${local.oidc_subject_of_one_customer}|${local.oidc_github_subject}"
      example = "repo:acme/video:ref:refs/heads/main"
    },
    {
      issuer  = "^gitlab[.][A-Za-z0-9.-]+(/.*)?$"
      subject = "${local.oidc_subject_of_one_customer}|^project_path:[^:/*?]+/"
      example = "project_path:acme/video:ref_type:branch:ref:main"
    },
    {
      issuer  = "^[A-Za-z0-9-]+([.][a-z]{2}(-[0-9])?)?[.]auth0[.]com$"
      subject = local.oidc_subject_of_one_customer
      example = "1a2b3c4d5e6f7g8h9i0j@clients"
    },
    {
      issuer = join("|", [
        "^oidc[.]eks(-fips)?[.][a-z0-9-]+[.]amazonaws[.]com([.]cn)?/id/[0-9A-Za-z]+$",
        "^oidc-eks[.][a-z0-9-]+[.]api[.]aws/id/[0-9A-Za-z]+$",
      ])
      subject = local.oidc_subject_of_one_customer
      example = "system:serviceaccount:video:render"
    },
    {
      issuer  = "^oidc[.]vercel[.]com/[^/]+$"
      subject = "${local.oidc_subject_of_one_customer}|^owner:[^:*?]+:"
      example = "owner:acme:project:video:environment:production"
    },
  ]

  # Those identities, with what is known of their issuers: the first shape that fits counts.
  oidc_trusts = [
    for trust in local.oidc_identities : merge(trust, {
      owner  = trust.owner == null ? "" : trust.owner
      shapes = [for known in local.oidc_issuers : known if can(regex(known.issuer, trust.normalized_issuer))]
      evaluated = flatten([
        for rule in local.oidc_claims : rule.claims if can(regex(rule.issuer, trust.normalized_issuer))
      ])
    })
  ]

  # Each subject, whether it is its owner's, and whether it has a shape that no stranger's can have.
  oidc_subjects = flatten([
    for trust in local.oidc_trusts : [
      for subject in trust.subjects : {
        text   = subject
        issuer = trust.issuer
        owner  = trust.owner
        is_of_owner = (
          trust.owner == "" ||
          startswith(subject, trust.owner) && can(regex("^([:/|]|$)", trimprefix(subject, trust.owner)))
        )
        has_shape = can(regex(
          try(trust.shapes[0].subject, trust.owner == "" ? "^[^*?]+$" : "^([:/|][^*?]*[*]?)?$"),
          length(trust.shapes) > 0 ? subject : trimprefix(subject, trust.owner),
        ))
        example = try(
          trust.shapes[0].example,
          "a subject without wildcards, or with one at its end behind the owner",
        )
      }
    ]
  ])

  # Subjects that a stranger's token could have, too.
  oidc_strangers = [
    for subject in local.oidc_subjects :
    join("", [
      "${jsonencode(subject.text)} of ${subject.issuer}, to be written as ",
      subject.is_of_owner ? subject.example : "a subject of the owner ${jsonencode(subject.owner)}",
    ])
    if !subject.is_of_owner || !subject.has_shape
  ]

  # Issuers whose audience names the customer.
  oidc_audiences = [
    {
      issuer   = local.oidc_issuer_patterns.vercel
      audience = "^https://vercel[.]com/[A-Za-z0-9_-]+$"
      example  = "https://vercel.com/acme"
    },
    {
      issuer   = "^api[.]pulumi[.]com/oidc$"
      audience = "^(aws:)?[A-Za-z0-9_-]+$"
      example  = "aws:acme"
    },
    {
      issuer   = "^cognito-identity[.]amazonaws[.]com$"
      audience = "^[a-z0-9-]+:[0-9a-f]+(-[0-9a-f]+)+$"
      example  = "us-east-1:12345678-1234-1234-1234-123456789012"
    },
    {
      issuer   = "^sandboxes[.]cloud$"
      audience = "^[A-Za-z0-9_-]+(:[A-Za-z0-9_-]+)*$"
      example  = "acme"
    },
  ]

  oidc_wrong_audiences = flatten([
    for trust in local.oidc_trusts : [
      for rule in local.oidc_audiences : [
        for audience in trust.audiences :
        "${jsonencode(audience)} of ${trust.issuer}, to be written as ${rule.example}"
        if !can(regex(rule.audience, audience))
      ] if can(regex(rule.issuer, trust.normalized_issuer))
    ]
  ])

  oidc_unknown_claims = flatten([
    for trust in local.oidc_trusts : [
      for claim in keys(trust.claims) :
      "${jsonencode(claim)} of ${trust.issuer}, which may have ${join(", ", coalescelist(trust.evaluated, ["none"]))}"
      if !contains(trust.evaluated, claim)
    ]
  ])
}
