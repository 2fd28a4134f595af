variable "name" {
  type        = string
  description = "Name of the role, and of its instance profile."
  default     = "remotion-execution-role"
  nullable    = false

  validation {
    condition = can(regex("^[A-Za-z0-9_+=,.@-]+$", var.name)) && length(var.name) <= 64
    error_message = join("", [
      "name is \"${var.name}\", which is not a role's name: ",
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

  # Between the slashes of a path stands any visible ASCII character but " $ * / ? and \.
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

  # IAM takes no character beyond U+00FF in a policy; double quotes and invisible characters are left out as
  # well.
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

variable "policy_arns" {
  type        = map(string)
  description = <<-EOT
    Managed policies for the role: a key of your choice, fixed in the code, to the policy's ARN. The ARN may
    come from a policy of the same apply.
  EOT
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for arn in var.policy_arns :
      can(regex("^arn:aws(-[a-z]+)*:iam::([0-9]{12}|aws):policy/([!#%-)+-.0->@-[\\]-~]+/)*[A-Za-z0-9_+=,.@-]+$", arn))
    ])
    error_message = join("", [
      "policy_arns has invalid values: ",
      join(", ", [
        for arn in var.policy_arns : jsonencode(arn)
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

variable "max_session_duration" {
  type        = number
  description = <<-EOT
    Longest session of the role for callers, in seconds: 3600 to 43200. A session lasts an hour unless more
    is asked for.
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
  description = "ARN of the managed policy that limits the role as permissions boundary; null for none."
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
