variable "name_prefix" {
  type        = string
  description = <<-EOT
    Begins the name of every user, role and policy that the module creates, as in "staging-"; the role that
    may be passed follows.
  EOT
  default     = ""
  nullable    = false

  validation {
    condition = can(regex("^[A-Za-z0-9_+=,.@-]*$", var.name_prefix)) && length(var.name_prefix) <= 32
    error_message = join("", [
      "name_prefix is \"${var.name_prefix}\", which is not a prefix of names: ",
      "give up to 32 letters, digits or any of _+=,.@- and no wildcard, ARN or path, as in \"staging-\"; ",
      "or leave it empty.",
    ])
  }
}

variable "create_user" {
  type        = bool
  description = "Create the user."
  default     = true
  nullable    = false
}

variable "user_name" {
  type        = string
  description = "Name of the user."
  default     = "remotion-user"
  nullable    = false

  validation {
    condition = can(regex("^[A-Za-z0-9_+=,.@-]+$", var.user_name)) && length(var.user_name) <= 64
    error_message = join("", [
      "user_name is \"${var.user_name}\", which is not a user's name: ",
      "give 1 to 64 letters, digits or any of _+=,.@- and no ARN or path.",
    ])
  }
}

variable "user_policy_name" {
  type        = string
  description = "Name of the user's policy."
  default     = "remotion-user-policy"
  nullable    = false

  validation {
    condition = can(regex("^[A-Za-z0-9_+=,.@-]+$", var.user_policy_name)) && length(var.user_policy_name) <= 128
    error_message = join("", [
      "user_policy_name is \"${var.user_policy_name}\", which is not a policy's name: ",
      "give 1 to 128 letters, digits or any of _+=,.@- and no space, ARN or path.",
    ])
  }
}

variable "user_policy_type" {
  type        = string
  description = <<-EOT
    Where the user's policy lives: "inline", inside the user (2048 characters), or "managed", a policy of
    its own that is attached (6144 characters).
  EOT
  default     = "inline"
  nullable    = false

  validation {
    condition     = contains(["inline", "managed"], var.user_policy_type)
    error_message = "user_policy_type is \"${var.user_policy_type}\": give \"inline\" or \"managed\"."
  }
}

variable "user_profile" {
  type        = string
  description = <<-EOT
    What the policy allows: "full" (Remotion's own policy), "render" (start, watch, cancel, presign and
    download renders) or "deploy" (functions, sites, buckets and quotas).
  EOT
  default     = "full"
  nullable    = false

  validation {
    condition     = contains(["full", "render", "deploy"], var.user_profile)
    error_message = "user_profile is \"${var.user_profile}\": give \"full\", \"render\" or \"deploy\"."
  }
}

variable "create_access_key" {
  type        = bool
  description = "Create an access key. Its secret then lies in the state: in plain text, unless pgp_key encrypts it."
  default     = false
  nullable    = false
}

variable "access_keys" {
  type        = map(string)
  description = <<-EOT
    Access keys by names of your choice, "active" or "inactive": 2 at most, with that of create_access_key,
    so that a second one is in use before the first is taken out. Their secrets lie in the state: in plain
    text, unless pgp_key encrypts them.
  EOT
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([for name in keys(var.access_keys) : can(regex("^[A-Za-z0-9_.-]{1,64}$", name))])
    error_message = join("", [
      "access_keys has invalid names: ",
      join(", ", [for name in keys(var.access_keys) : jsonencode(name) if !can(regex("^[A-Za-z0-9_.-]{1,64}$", name))]),
      ". Give 1 to 64 letters, digits or any of _.- and no space.",
    ])
  }

  validation {
    condition = alltrue([for status in var.access_keys : try(contains(["active", "inactive"], status), false)])
    error_message = join("", [
      "access_keys has invalid statuses: ",
      join(", ", [
        for name, status in var.access_keys : "${name} = ${jsonencode(status)}"
        if !try(contains(["active", "inactive"], status), false)
      ]),
      ". Give \"active\" or \"inactive\".",
    ])
  }

  validation {
    condition = length(var.access_keys) <= 2
    error_message = join("", [
      "access_keys has ${length(var.access_keys)} keys (${join(", ", keys(var.access_keys))}), ",
      "and IAM allows a user 2, with that of create_access_key: take out one that nothing uses any more.",
    ])
  }
}

variable "pgp_key" {
  type        = string
  description = <<-EOT
    PGP public key that secrets of access keys are encrypted with before they reach the state: the binary
    key in base64, or keybase:USERNAME; null for none. Another one makes another access key of
    create_access_key; those of access_keys stay, and it is for new ones.
  EOT
  default     = null

  # In base64, a packet with a public key begins with m, or with xg to xv.
  validation {
    condition = (
      var.pgp_key == null ||
      can(regex(
        "^(keybase:[A-Za-z0-9_]{2,16}|m[A-Za-z0-9+/]{100,}={0,2}|x[g-v][A-Za-z0-9+/]{100,}={0,2})$",
        var.pgp_key,
      ))
    )
    error_message = join("", [
      "pgp_key begins with ${jsonencode(try(substr(var.pgp_key, 0, 12), null))}, which is not a PGP public key: ",
      "give the binary key in base64, as gpg --export KEY | base64 -w0 writes it, no armour and no private key, ",
      "or keybase:USERNAME.",
    ])
  }
}

variable "user_force_destroy" {
  type        = bool
  description = "When the user is destroyed, also remove access keys and logins that Terraform did not make."
  default     = false
  nullable    = false
}

variable "lambda_role_name" {
  type        = string
  description = "Name of the role that Remotion's functions run as."
  default     = "remotion-lambda-role"
  nullable    = false

  validation {
    condition = can(regex("^[A-Za-z0-9_+=,.@-]+$", var.lambda_role_name)) && length(var.lambda_role_name) <= 64
    error_message = join("", [
      "lambda_role_name is \"${var.lambda_role_name}\", which is not a role's name: ",
      "give 1 to 64 letters, digits or any of _+=,.@- and no ARN or path.",
    ])
  }
}

variable "lambda_role_policy_name" {
  type        = string
  description = "Name of the role's policy."
  default     = "remotion-lambda-policy"
  nullable    = false

  validation {
    condition = (
      can(regex("^[A-Za-z0-9_+=,.@-]+$", var.lambda_role_policy_name)) &&
      length(var.lambda_role_policy_name) <= 128
    )
    error_message = join("", [
      "lambda_role_policy_name is \"${var.lambda_role_policy_name}\", which is not a policy's name: ",
      "give 1 to 128 letters, digits or any of _+=,.@- and no space, ARN or path.",
    ])
  }
}

variable "lambda_role_policy_type" {
  type        = string
  description = <<-EOT
    Where the role's policy lives: "inline", inside the role (10240 characters), or "managed", a policy of
    its own that is attached (6144 characters).
  EOT
  default     = "inline"
  nullable    = false

  validation {
    condition     = contains(["inline", "managed"], var.lambda_role_policy_type)
    error_message = "lambda_role_policy_type is \"${var.lambda_role_policy_type}\": give \"inline\" or \"managed\"."
  }
}

variable "lambda_role_profile" {
  type        = string
  description = <<-EOT
    What the policy allows: "full" (Remotion's own policy) or "minimal" (renders that are started with a
    bucket's name, as Remotion's client does).
  EOT
  default     = "full"
  nullable    = false

  validation {
    condition     = contains(["full", "minimal"], var.lambda_role_profile)
    error_message = "lambda_role_profile is \"${var.lambda_role_profile}\": give \"full\" or \"minimal\"."
  }
}

variable "max_session_duration" {
  type        = number
  description = <<-EOT
    Longest session of the role that Remotion's functions run as, in seconds: 3600 to 43200. A session lasts
    an hour unless more is asked for.
  EOT
  default     = 3600
  nullable    = false

  validation {
    condition = (
      var.max_session_duration >= 3600 &&
      var.max_session_duration <= 43200 &&
      floor(var.max_session_duration) == var.max_session_duration
    )
    error_message = join("", [
      "max_session_duration is ${var.max_session_duration}: ",
      "give a whole number of seconds from 3600 to 43200.",
    ])
  }
}

variable "output_buckets" {
  type = list(object({
    name        = string
    prefix      = string
    access      = string
    acl         = optional(bool, false)
    kms_key_arn = optional(string)
  }))
  description = <<-EOT
    Buckets beside Remotion's own, each with:
    - name: its name.
    - prefix: the folder of the objects, as in "videos/"; "" is the whole bucket. Listing always covers
      the whole bucket.
    - access: "write" (put, read and list) or "put" (put alone) for the role that writes videos, "read"
      (read and list) or "delete" for callers.
    - acl: s3:PutObjectAcl beside write and put, which renders need unless their privacy is no-acl.
    - kms_key_arn: the key that the bucket encrypts with.
  EOT
  default     = []
  nullable    = false

  validation {
    condition = alltrue([
      for name in var.output_buckets[*].name : can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", name))
    ])
    error_message = join("", [
      "output_buckets has invalid names: ",
      join(", ", [
        for name in var.output_buckets[*].name : jsonencode(name)
        if !can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", name))
      ]),
      ". Give the name alone, no ARN and no wildcard: ",
      "3 to 63 lower-case letters, digits, dots or hyphens, with a letter or digit at both ends.",
    ])
  }

  validation {
    condition = alltrue([
      for name in var.output_buckets[*].name :
      !can(regex(
        "[.][.]|^[0-9]+([.][0-9]+){3}$|^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|[.]mrap|--x-s3|--table-s3)$",
        name,
      ))
    ])
    error_message = join("", [
      "output_buckets has invalid names: ",
      join(", ", [
        for name in var.output_buckets[*].name : jsonencode(name)
        if can(regex(
          "[.][.]|^[0-9]+([.][0-9]+){3}$|^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|[.]mrap|--x-s3|--table-s3)$",
          name,
        ))
      ]),
      ". S3 takes no two dots in a row and no IP address, and keeps these beginnings and ends for itself: ",
      "xn--, sthree-, amzn-s3-demo-, -s3alias, --ol-s3, .mrap, --x-s3, --table-s3.",
    ])
  }

  # IAM takes no character beyond U+00FF in a policy; double quotes and invisible characters are left out as
  # well.
  validation {
    condition = alltrue([
      for prefix in toset(var.output_buckets[*].prefix) :
      can(regex("^([ !#-~¡-¬®-ÿ]+/)?$", prefix)) && try(length(prefix) <= 512, false)
    ])
    error_message = join("", [
      "output_buckets has invalid prefixes: ",
      join(", ", [
        for prefix in toset(var.output_buckets[*].prefix) : jsonencode(prefix)
        if !(can(regex("^([ !#-~¡-¬®-ÿ]+/)?$", prefix)) && try(length(prefix) <= 512, false))
      ]),
      ". Write \"\" for the whole bucket, or name a folder that ends in a slash, as in \"videos/\" or \"year=2024/\", ",
      "512 characters at most: none above U+00FF, which IAM takes in no policy, no double quote, ",
      "and no invisible character.",
    ])
  }

  validation {
    condition = alltrue([
      for prefix in toset(var.output_buckets[*].prefix) : !can(regex("[*?{}$\\\\]|//|(^|/) | /|^/|^arn:", prefix))
    ])
    error_message = join("", [
      "output_buckets has invalid prefixes: ",
      join(", ", [
        for prefix in toset(var.output_buckets[*].prefix) : jsonencode(prefix)
        if can(regex("[*?{}$\\\\]|//|(^|/) | /|^/|^arn:", prefix))
      ]),
      ". No wildcard (* or ?), dollar sign, brace or backslash, no slash at the beginning and no two in a row, ",
      "no space beside a slash, and no ARN.",
    ])
  }

  validation {
    condition = alltrue([
      for access in toset(var.output_buckets[*].access) :
      try(contains(["write", "put", "read", "delete"], access), false)
    ])
    error_message = join("", [
      "output_buckets has invalid values of access: ",
      join(", ", [
        for access in toset(var.output_buckets[*].access) : jsonencode(access)
        if !try(contains(["write", "put", "read", "delete"], access), false)
      ]),
      ". Give \"write\", \"put\", \"read\" or \"delete\".",
    ])
  }

  validation {
    condition = alltrue([
      for bucket in var.output_buckets : bucket.access == "write" || bucket.access == "put" if bucket.acl
    ])
    error_message = join("", [
      "output_buckets has acl beside an access that does not write, for: ",
      join(", ", [
        for bucket in var.output_buckets : jsonencode(bucket.name)
        if bucket.acl && !(bucket.access == "write" || bucket.access == "put")
      ]),
      ". Leave acl out, or give the access \"write\" or \"put\".",
    ])
  }

  validation {
    condition = alltrue([
      for arn in toset(var.output_buckets[*].kms_key_arn) :
      can(regex("^arn:aws(-[a-z]+)*:kms:[a-z0-9-]+:[0-9]{12}:key/(mrk-)?[0-9a-f-]{32,36}$", arn))
      if arn != null
    ])
    error_message = join("", [
      "output_buckets has invalid keys: ",
      join(", ", [
        for arn in toset(var.output_buckets[*].kms_key_arn) : jsonencode(arn)
        if arn != null && !can(regex("^arn:aws(-[a-z]+)*:kms:[a-z0-9-]+:[0-9]{12}:key/(mrk-)?[0-9a-f-]{32,36}$", arn))
      ]),
      ". Give the key's whole ARN, as in arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab, ",
      "and no alias.",
    ])
  }
}

variable "create_executionrole_policy" {
  type        = bool
  description = "Create the managed policy for callers."
  default     = true
  nullable    = false
}

variable "executionrole_policy_name" {
  type        = string
  description = "Name of the managed policy for callers."
  default     = "remotion-executionrole-policy"
  nullable    = false

  validation {
    condition = (
      can(regex("^[A-Za-z0-9_+=,.@-]+$", var.executionrole_policy_name)) &&
      length(var.executionrole_policy_name) <= 128
    )
    error_message = join("", [
      "executionrole_policy_name is \"${var.executionrole_policy_name}\", which is not a policy's name: ",
      "give 1 to 128 letters, digits or any of _+=,.@- and no space, ARN or path.",
    ])
  }
}

variable "executionrole_policy_profile" {
  type        = string
  description = <<-EOT
    What the policy allows: "full" (Remotion's own policy), "render" (start, watch, cancel, presign and
    download renders) or "deploy" (functions, sites, buckets and quotas).
  EOT
  default     = "full"
  nullable    = false

  validation {
    condition = contains(["full", "render", "deploy"], var.executionrole_policy_profile)
    error_message = join("", [
      "executionrole_policy_profile is \"${var.executionrole_policy_profile}\": ",
      "give \"full\", \"render\" or \"deploy\".",
    ])
  }
}

variable "role_names" {
  type        = map(string)
  description = <<-EOT
    Roles of this account to attach the policy to: a key of your choice, fixed in the code, to the role's
    name or ARN. Either may come from a role of the same apply.
  EOT
  default     = {}
  nullable    = false

  # Between the slashes of a path stands any visible ASCII character but " $ * / ? and \.
  validation {
    condition = alltrue([
      for name in var.role_names :
      can(regex("^(arn:aws(-[a-z]+)*:iam::[0-9]{12}:role/([!#%-)+-.0->@-[\\]-~]+/)*)?[A-Za-z0-9_+=,.@-]{1,64}$", name))
    ])
    error_message = join("", [
      "role_names has invalid values: ",
      join(", ", [
        for name in var.role_names : jsonencode(name)
        if !can(regex(
          "^(arn:aws(-[a-z]+)*:iam::[0-9]{12}:role/([!#%-)+-.0->@-[\\]-~]+/)*)?[A-Za-z0-9_+=,.@-]{1,64}$",
          name,
        ))
      ]),
      ". Give its name, of 1 to 64 letters, digits or any of _+=,.@- and no wildcard, or its whole ARN, ",
      "as in arn:aws:iam::123456789012:role/api.",
    ])
  }
}

variable "create_execution_role" {
  type        = bool
  description = "Create a role for callers, with the managed policy for callers attached where that is created."
  default     = false
  nullable    = false
}

variable "execution_role_name" {
  type        = string
  description = "Name of the role, and of its instance profile."
  default     = "remotion-execution-role"
  nullable    = false

  validation {
    condition = (
      can(regex("^[A-Za-z0-9_+=,.@-]+$", var.execution_role_name)) &&
      length(var.execution_role_name) <= 64
    )
    error_message = join("", [
      "execution_role_name is \"${var.execution_role_name}\", which is not a role's name: ",
      "give 1 to 64 letters, digits or any of _+=,.@- and no ARN or path.",
    ])
  }
}

variable "trusted_services" {
  type        = list(string)
  description = <<-EOT
    AWS services whose workloads have the role: lambda.amazonaws.com, ec2.amazonaws.com,
    ecs-tasks.amazonaws.com.
  EOT
  default     = []
  nullable    = false

  validation {
    condition = alltrue([
      for service in var.trusted_services :
      can(regex("^[a-z0-9-]+([.][a-z0-9-]+)*[.]amazonaws[.]com([.]cn)?$", service))
    ])
    error_message = join("", [
      "trusted_services has invalid values: ",
      join(", ", [
        for service in var.trusted_services : jsonencode(service)
        if !can(regex("^[a-z0-9-]+([.][a-z0-9-]+)*[.]amazonaws[.]com([.]cn)?$", service))
      ]),
      ". Give the service's own name, as in lambda.amazonaws.com or ecs-tasks.amazonaws.com, and no wildcard.",
    ])
  }
}

variable "source_account" {
  type        = string
  description = <<-EOT
    Number of the account that trusted_services must act for, so that nobody else's task, rule or schedule
    gets the role; null for any. For ECS tasks, EventBridge and Step Functions, which say for whom they act.
  EOT
  default     = null

  validation {
    condition = var.source_account == null || can(regex("^[0-9]{12}$", var.source_account))
    error_message = join("", [
      "source_account is ${jsonencode(var.source_account)}, which is not an account's number: ",
      "give its twelve digits as a string, or nothing for every account.",
    ])
  }
}

variable "source_arns" {
  type        = list(string)
  description = <<-EOT
    ARNs of what trusted_services must act for, perhaps with wildcards behind the account; empty for
    anything. For the services that source_account is for.
  EOT
  default     = []
  nullable    = false

  validation {
    condition = alltrue([
      for arn in var.source_arns :
      can(regex("^arn:aws(-[a-z]+)*:[a-z0-9-]+:[a-z0-9*-]*:[0-9]{12}:[A-Za-z0-9_.*/:=@+-]+$", arn))
    ])
    error_message = join("", [
      "source_arns has invalid values: ",
      join(", ", [
        for arn in var.source_arns : jsonencode(arn)
        if !can(regex("^arn:aws(-[a-z]+)*:[a-z0-9-]+:[a-z0-9*-]*:[0-9]{12}:[A-Za-z0-9_.*/:=@+-]+$", arn))
      ]),
      ". Give an ARN with its account, as in arn:aws:scheduler:us-east-1:123456789012:schedule-group/video; ",
      "a wildcard may stand for the region, and behind the account.",
    ])
  }
}

variable "trusted_principal_arns" {
  type        = list(string)
  description = "ARNs of roles, users or accounts (arn:aws:iam::123456789012:root) that may assume the role."
  default     = []
  nullable    = false

  validation {
    condition = alltrue([
      for arn in var.trusted_principal_arns : can(regex(
        "^arn:aws(-[a-z]+)*:iam::[0-9]{12}:(root|(role|user)/([!#%-)+-.0->@-[\\]-~]+/)*[A-Za-z0-9_+=,.@-]+)$",
        arn,
      ))
    ])
    error_message = join("", [
      "trusted_principal_arns has invalid values: ",
      join(", ", [
        for arn in var.trusted_principal_arns : jsonencode(arn)
        if !can(regex(
          "^arn:aws(-[a-z]+)*:iam::[0-9]{12}:(root|(role|user)/([!#%-)+-.0->@-[\\]-~]+/)*[A-Za-z0-9_+=,.@-]+)$",
          arn,
        ))
      ]),
      ". Give the whole ARN of a role or a user, or of an account as in arn:aws:iam::123456789012:root, ",
      "and no wildcard.",
    ])
  }
}

variable "external_id" {
  type        = string
  description = <<-EOT
    What trusted_principal_arns must say when they assume the role, as agreed with the other account; null
    for nothing.
  EOT
  default     = null

  validation {
    condition = (
      var.external_id == null ||
      can(regex("^[A-Za-z0-9_+=,.@:/-]{2,}$", var.external_id)) && try(length(var.external_id) <= 1224, false)
    )
    error_message = join("", [
      "external_id is ${jsonencode(var.external_id)}, which is not an external id: ",
      "give 2 to 1224 letters, digits or any of _+=,.@:/- and no wildcard, or null for none.",
    ])
  }
}

variable "session_tag_keys" {
  type        = list(string)
  description = "Keys of the tags that trusted_principal_arns may give to their sessions; empty for none."
  default     = []
  nullable    = false

  validation {
    condition = alltrue([for key in var.session_tag_keys : can(regex("^[A-Za-z0-9 _.:/=+@-]{1,128}$", key))])
    error_message = join("", [
      "session_tag_keys has invalid values: ",
      join(", ", [
        for key in var.session_tag_keys : jsonencode(key) if !can(regex("^[A-Za-z0-9 _.:/=+@-]{1,128}$", key))
      ]),
      ". Give 1 to 128 letters, digits, spaces or any of _.:/=+-@ and no wildcard.",
    ])
  }

  validation {
    condition = alltrue([for key in var.session_tag_keys : !can(regex("^[aA][wW][sS]:", key))])
    error_message = join("", [
      "session_tag_keys has invalid values: ",
      join(", ", [for key in var.session_tag_keys : jsonencode(key) if can(regex("^[aA][wW][sS]:", key))]),
      ". Keys must not begin with \"aws:\", which AWS has for itself.",
    ])
  }
}

variable "trusted_oidc" {
  type = list(object({
    provider_arn = string
    audiences    = list(string)
    subjects     = list(string)
    claims       = map(list(string))
    owner        = optional(string)
  }))
  description = <<-EOT
    Identities from outside AWS, by OIDC, each with:
    - provider_arn: the provider in IAM.
    - audiences: those of which a token must have one.
    - subjects: those of which it must match one; "*" stands for any text, behind what only you can be
      given.
    - claims: those of which it must have one value each; {} for none.
    - owner: that beginning of the subjects, for issuers without a known shape.
  EOT
  default     = []
  nullable    = false

  validation {
    condition = alltrue([
      for arn in var.trusted_oidc[*].provider_arn : can(regex(
        "^arn:aws(-[a-z]+)*:iam::[0-9]{12}:oidc-provider/[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+(/[A-Za-z0-9_.~-]+)*/?$",
        arn,
      ))
    ])
    error_message = join("", [
      "trusted_oidc has invalid providers: ",
      join(", ", [
        for arn in var.trusted_oidc[*].provider_arn : jsonencode(arn)
        if !can(regex(
          "^arn:aws(-[a-z]+)*:iam::[0-9]{12}:oidc-provider/[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+(/[A-Za-z0-9_.~-]+)*/?$",
          arn,
        ))
      ]),
      ". Give the ARN of a provider in IAM, as in ",
      "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com, and no wildcard.",
    ])
  }

  validation {
    condition = alltrue([
      for trust in var.trusted_oidc : try(
        alltrue([for list in concat([trust.audiences, trust.subjects], values(trust.claims)) : length(list) > 0]),
        false,
      )
    ])
    error_message = join("", [
      "trusted_oidc has empty lists in items, counted from 0: ",
      join(", ", [
        for index, trust in var.trusted_oidc : index
        if !try(
          alltrue([for list in concat([trust.audiences, trust.subjects], values(trust.claims)) : length(list) > 0]),
          false,
        )
      ]),
      ". Without audiences or subjects every identity of the provider could assume the role, ",
      "and with an empty claim none; give at least one of each, and leave such a claim out.",
    ])
  }

  validation {
    condition = alltrue([
      for audience in flatten(var.trusted_oidc[*].audiences) : can(regex("^[A-Za-z0-9_.,~:/@=+#-]{1,255}$", audience))
    ])
    error_message = join("", [
      "trusted_oidc has invalid audiences: ",
      join(", ", [
        for audience in flatten(var.trusted_oidc[*].audiences) : jsonencode(audience)
        if !can(regex("^[A-Za-z0-9_.,~:/@=+#-]{1,255}$", audience))
      ]),
      ". Give it in full, as in sts.amazonaws.com, and no wildcard.",
    ])
  }

  validation {
    condition = alltrue([
      for subject in flatten(var.trusted_oidc[*].subjects) : can(regex("^[ !#-~¡-¬®-ÿ]+$", subject))
    ])
    error_message = join("", [
      "trusted_oidc has invalid subjects: ",
      join(", ", [
        for subject in flatten(var.trusted_oidc[*].subjects) : jsonencode(subject)
        if !can(regex("^[ !#-~¡-¬®-ÿ]+$", subject))
      ]),
      ". Give it as the token has it, as in \"repo:acme@123456/video@456789:ref:refs/heads/main\": ",
      "no double quotes, no invisible characters, and nothing above U+00FF, which IAM takes in no policy.",
    ])
  }

  validation {
    condition = alltrue([
      for subject in flatten(var.trusted_oidc[*].subjects) : !can(regex("[$\\\\]|^ | $", subject))
    ])
    error_message = join("", [
      "trusted_oidc has invalid subjects: ",
      join(", ", [
        for subject in flatten(var.trusted_oidc[*].subjects) : jsonencode(subject)
        if can(regex("[$\\\\]|^ | $", subject))
      ]),
      ". No policy variables, so no dollar sign, no backslash, and no space at either end.",
    ])
  }

  validation {
    condition = alltrue([
      for value in flatten([for trust in var.trusted_oidc : values(trust.claims)]) :
      can(regex("^[ !#-~¡-¬®-ÿ]+$", value))
    ])
    error_message = join("", [
      "trusted_oidc has invalid values of claims: ",
      join(", ", [
        for value in flatten([for trust in var.trusted_oidc : values(trust.claims)]) : jsonencode(value)
        if !can(regex("^[ !#-~¡-¬®-ÿ]+$", value))
      ]),
      ". Give it in full, as in \"456789\": no double quotes, no invisible characters, and nothing above U+00FF, ",
      "which IAM takes in no policy.",
    ])
  }

  validation {
    condition = alltrue([
      for value in flatten([for trust in var.trusted_oidc : values(trust.claims)]) :
      !can(regex("[*?$\\\\]|^ | $", value))
    ])
    error_message = join("", [
      "trusted_oidc has invalid values of claims: ",
      join(", ", [
        for value in flatten([for trust in var.trusted_oidc : values(trust.claims)]) : jsonencode(value)
        if can(regex("[*?$\\\\]|^ | $", value))
      ]),
      ". Claims are compared as they stand, so \"*\", \"?\" and policy variables would match nothing; ",
      "no backslash, and no space at either end.",
    ])
  }

  validation {
    condition = alltrue([
      for owner in var.trusted_oidc[*].owner : can(regex("^[!#-~¡-¬®-ÿ]+$", owner)) if owner != null
    ])
    error_message = join("", [
      "trusted_oidc has invalid owners: ",
      join(", ", [
        for owner in var.trusted_oidc[*].owner : jsonencode(owner)
        if owner != null && !can(regex("^[!#-~¡-¬®-ÿ]+$", owner))
      ]),
      ". Give the beginning of the subject that only you can be given, as in \"account:acme\": ",
      "no space, no double quotes, and nothing above U+00FF, which IAM takes in no policy.",
    ])
  }

  validation {
    condition = alltrue([for owner in var.trusted_oidc[*].owner : !can(regex("[*?$\\\\]|[:/|]$", owner))])
    error_message = join("", [
      "trusted_oidc has invalid owners: ",
      join(", ", [for owner in var.trusted_oidc[*].owner : jsonencode(owner) if can(regex("[*?$\\\\]|[:/|]$", owner))]),
      ". No wildcard, dollar sign or backslash, and without the separator behind it.",
    ])
  }
}

variable "execution_role_policy_arns" {
  type        = map(string)
  description = <<-EOT
    Managed policies for the role: a key of your choice, fixed in the code, to the policy's ARN. The ARN may
    come from a policy of the same apply.
  EOT
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for arn in var.execution_role_policy_arns :
      can(regex("^arn:aws(-[a-z]+)*:iam::([0-9]{12}|aws):policy/([!#%-)+-.0->@-[\\]-~]+/)*[A-Za-z0-9_+=,.@-]+$", arn))
    ])
    error_message = join("", [
      "execution_role_policy_arns has invalid values: ",
      join(", ", [
        for arn in var.execution_role_policy_arns : jsonencode(arn)
        if !can(regex(
          "^arn:aws(-[a-z]+)*:iam::([0-9]{12}|aws):policy/([!#%-)+-.0->@-[\\]-~]+/)*[A-Za-z0-9_+=,.@-]+$",
          arn,
        ))
      ]),
      ". Give one, as in arn:aws:iam::123456789012:policy/video, and no wildcard.",
    ])
  }
}

variable "log_function_names" {
  type        = list(string)
  description = "Lambda functions that run as the role, by name: it may write to their log groups, and to no others."
  default     = []
  nullable    = false

  validation {
    condition = alltrue([for name in var.log_function_names : can(regex("^[A-Za-z0-9_-]{1,64}$", name))])
    error_message = join("", [
      "log_function_names has invalid values: ",
      join(", ", [for name in var.log_function_names : jsonencode(name) if !can(regex("^[A-Za-z0-9_-]{1,64}$", name))]),
      ". Give 1 to 64 letters, digits, hyphens or underscores, and no ARN or wildcard.",
    ])
  }
}

variable "create_instance_profile" {
  type        = bool
  description = "Create an instance profile with the role, which is how an EC2 instance gets it."
  default     = false
  nullable    = false
}

variable "max_trust_policy_size" {
  type        = number
  description = <<-EOT
    Characters that a role's trust policy may have in this account. More than 2048, AWS's own quota, only
    where AWS raised it (L-C07B4B0D), which it does up to 8192.
  EOT
  default     = 2048
  nullable    = false

  validation {
    condition = (
      var.max_trust_policy_size >= 2048 &&
      var.max_trust_policy_size <= 8192 &&
      floor(var.max_trust_policy_size) == var.max_trust_policy_size
    )
    error_message = join("", [
      "max_trust_policy_size is ${var.max_trust_policy_size}: ",
      "give a whole number of characters from 2048 to 8192.",
    ])
  }
}

variable "execution_role_max_session_duration" {
  type        = number
  description = <<-EOT
    Longest session of the role for callers, in seconds: 3600 to 43200. A session lasts an hour unless more
    is asked for.
  EOT
  default     = 3600
  nullable    = false

  validation {
    condition = (
      var.execution_role_max_session_duration >= 3600 &&
      var.execution_role_max_session_duration <= 43200 &&
      floor(var.execution_role_max_session_duration) == var.execution_role_max_session_duration
    )
    error_message = join("", [
      "execution_role_max_session_duration is ${var.execution_role_max_session_duration}: ",
      "give a whole number of seconds from 3600 to 43200.",
    ])
  }
}

variable "regions" {
  type        = list(string)
  description = "Regions that Remotion is used in, as in us-east-1; empty for every region."
  default     = []
  nullable    = false

  validation {
    condition = alltrue([for region in var.regions : can(regex("^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$", region))])
    error_message = join("", [
      "regions has invalid values: ",
      join(", ", [
        for region in var.regions : jsonencode(region) if !can(regex("^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$", region))
      ]),
      ". Give a name like us-east-1 or eu-central-1, and no wildcard.",
    ])
  }
}

variable "account_id" {
  type        = string
  description = <<-EOT
    Number of the account that the policy is limited to; null for every account. The profile full, which is
    Remotion's own policy, limits no buckets to it.
  EOT
  default     = null

  validation {
    condition = var.account_id == null || can(regex("^[0-9]{12}$", var.account_id))
    error_message = join("", [
      "account_id is ${jsonencode(var.account_id)}, which is not an account's number: ",
      "give its twelve digits as a string, or nothing for every account.",
    ])
  }
}

variable "bucket_names" {
  type        = list(string)
  description = "Remotion's buckets, by name; empty for every bucket that begins with remotionlambda-."
  default     = []
  nullable    = false

  validation {
    condition = alltrue([for name in var.bucket_names : can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", name))])
    error_message = join("", [
      "bucket_names has invalid values: ",
      join(", ", [
        for name in var.bucket_names : jsonencode(name) if !can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", name))
      ]),
      ". Give the name alone, no ARN and no wildcard: ",
      "3 to 63 lower-case letters, digits, dots or hyphens, with a letter or digit at both ends.",
    ])
  }

  validation {
    condition = alltrue([
      for name in var.bucket_names :
      !can(regex(
        "[.][.]|^[0-9]+([.][0-9]+){3}$|^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|[.]mrap|--x-s3|--table-s3)$",
        name,
      ))
    ])
    error_message = join("", [
      "bucket_names has invalid values: ",
      join(", ", [
        for name in var.bucket_names : jsonencode(name)
        if can(regex(
          "[.][.]|^[0-9]+([.][0-9]+){3}$|^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|[.]mrap|--x-s3|--table-s3)$",
          name,
        ))
      ]),
      ". S3 takes no two dots in a row and no IP address, and keeps these beginnings and ends for itself: ",
      "xn--, sthree-, amzn-s3-demo-, -s3alias, --ol-s3, .mrap, --x-s3, --table-s3.",
    ])
  }
}

variable "function_names" {
  type        = list(string)
  description = "Remotion's functions, by name; empty for every function that begins with remotion-render-."
  default     = []
  nullable    = false

  validation {
    condition = alltrue([for name in var.function_names : can(regex("^[A-Za-z0-9_-]{1,64}$", name))])
    error_message = join("", [
      "function_names has invalid values: ",
      join(", ", [for name in var.function_names : jsonencode(name) if !can(regex("^[A-Za-z0-9_-]{1,64}$", name))]),
      ". Give 1 to 64 letters, digits, hyphens or underscores, and no ARN or wildcard.",
    ])
  }
}

variable "custom_layer_arns" {
  type        = list(string)
  description = <<-EOT
    Layers of your own that deployFunction() gives to functions as customLayerArns, with their versions; not
    for the profile render, which deploys nothing.
  EOT
  default     = []
  nullable    = false

  validation {
    condition = alltrue([
      for arn in var.custom_layer_arns :
      can(regex("^arn:aws(-[a-z]+)*:lambda:[a-z0-9-]+:[0-9]{12}:layer:[A-Za-z0-9_-]{1,140}:[0-9]+$", arn))
    ])
    error_message = join("", [
      "custom_layer_arns has invalid values: ",
      join(", ", [
        for arn in var.custom_layer_arns : jsonencode(arn)
        if !can(regex("^arn:aws(-[a-z]+)*:lambda:[a-z0-9-]+:[0-9]{12}:layer:[A-Za-z0-9_-]{1,140}:[0-9]+$", arn))
      ]),
      ". Give the whole ARN with the version, as in arn:aws:lambda:us-east-1:123456789012:layer:fonts:3.",
    ])
  }
}

variable "vpc" {
  type        = bool
  description = <<-EOT
    Allow functions in a VPC: their role makes network interfaces, and whoever deploys looks up subnets and
    security groups.
  EOT
  default     = false
  nullable    = false
}

variable "all_insights_regions" {
  type        = bool
  description = <<-EOT
    Allow Lambda Insights also in af-south-1, ap-east-1, ap-northeast-3 and eu-south-1, whatever regions
    says: AWS publishes it there from other accounts. Not for aws-cn, and not for the profile render, which
    deploys nothing.
  EOT
  default     = false
  nullable    = false
}

variable "path" {
  type        = string
  description = "IAM path of everything that the module creates, a slash at both ends."
  default     = "/"
  nullable    = false

  validation {
    condition = can(regex("^/([!#%-)+-.0->@-[\\]-~]+/)*$", var.path)) && length(var.path) <= 512
    error_message = join("", [
      "path is \"${var.path}\", which is not an IAM path: ",
      "begin and end with a slash, as in \"/\" or \"/video/\", with visible ASCII characters between, 512 in all: ",
      "no space, no two slashes in a row, no wildcard (* or ?), dollar sign, double quote or backslash.",
    ])
  }
}

variable "partition" {
  type        = string
  description = "AWS partition: \"aws\", or \"aws-cn\" for the regions in China."
  default     = "aws"
  nullable    = false

  validation {
    condition     = contains(["aws", "aws-cn"], var.partition)
    error_message = "partition is \"${var.partition}\": give \"aws\" or \"aws-cn\"."
  }
}

variable "tags" {
  type        = map(string)
  description = "Tags for everything that can have them, 50 at most."
  default     = {}
  nullable    = false

  validation {
    condition     = length(var.tags) <= 50
    error_message = "tags has ${length(var.tags)} tags: AWS allows 50."
  }

  validation {
    condition = alltrue([for key in keys(var.tags) : can(regex("^[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{1,128}$", key))])
    error_message = join("", [
      "tags has invalid keys: ",
      join(", ", [
        for key in keys(var.tags) : jsonencode(key) if !can(regex("^[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{1,128}$", key))
      ]),
      ". Give 1 to 128 letters, digits, spaces or any of _.:/=+-@.",
    ])
  }

  validation {
    condition = alltrue([for key in keys(var.tags) : !can(regex("^[aA][wW][sS]:", key))])
    error_message = join("", [
      "tags has invalid keys: ",
      join(", ", [for key in keys(var.tags) : jsonencode(key) if can(regex("^[aA][wW][sS]:", key))]),
      ". Keys must not begin with \"aws:\", which AWS has for itself.",
    ])
  }

  validation {
    condition = alltrue([for value in var.tags : can(regex("^[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{0,256}$", value))])
    error_message = join("", [
      "tags has invalid values: ",
      join(", ", [
        for key, value in var.tags : "${key} = ${jsonencode(value)}"
        if !can(regex("^[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{0,256}$", value))
      ]),
      ". Give at most 256 letters, digits, spaces or any of _.:/=+-@.",
    ])
  }
}

variable "permissions_boundary_arn" {
  type        = string
  description = "ARN of the managed policy that limits the user and the roles as permissions boundary; null for none."
  default     = null

  validation {
    condition = (
      var.permissions_boundary_arn == null ||
      can(regex(
        "^arn:aws(-[a-z]+)*:iam::([0-9]{12}|aws):policy/([!#%-)+-.0->@-[\\]-~]+/)*[A-Za-z0-9_+=,.@-]+$",
        var.permissions_boundary_arn,
      ))
    )
    error_message = join("", [
      "permissions_boundary_arn is ${jsonencode(var.permissions_boundary_arn)}, ",
      "which is not the ARN of a managed policy: give one, as in arn:aws:iam::123456789012:policy/boundary, ",
      "or null for none.",
    ])
  }
}
