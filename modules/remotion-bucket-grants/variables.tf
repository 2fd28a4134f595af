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
    - access: "write" (put, read and list), "put" (put alone), "read" (read and list) or "delete".
    - acl: s3:PutObjectAcl beside write and put, which renders need unless their privacy is no-acl.
    - kms_key_arn: the key that the bucket encrypts with.
  EOT
  default     = []
  nullable    = false

  # Terraform compiles a pattern with every call, and works messages out even of what is right: so the names are
  # one text in JSON, from which the right ones are taken out. The message has 10 wrong ones at most; they are
  # the only item of a list, whose for gives them a name.
  validation {
    condition = replace(
      jsonencode(var.output_buckets[*].name),
      "/\"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\",?/",
      "",
    ) == "[]"
    error_message = join("", [
      for wrong in [
        regexall(
          "\"(?:[^\"\\\\]|\\\\.)*\"|null",
          replace(jsonencode(var.output_buckets[*].name), "/\"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\",?/", ""),
        ),
      ] :
      join("", [
        "output_buckets has invalid names: ${join(", ", slice(wrong, 0, min(10, length(wrong))))}",
        length(wrong) > 10 ? " and ${length(wrong) - 10} more" : "",
        ". Give the name alone, no ARN and no wildcard: ",
        "3 to 63 lower-case letters, digits, dots or hyphens, with a letter or digit at both ends.",
      ])
    ])
  }

  validation {
    condition = length(regexall(
      join("|", [
        "\"[^\"]*[.][.][^\"]*\"",
        "\"[0-9]+(?:[.][0-9]+){3}\"",
        "\"(?:xn--|sthree-|amzn-s3-demo-)[^\"]*\"",
        "\"[^\"]*(?:-s3alias|--ol-s3|[.]mrap|--x-s3|--table-s3)\"",
      ]),
      jsonencode(var.output_buckets[*].name),
    )) == 0
    error_message = join("", [
      for wrong in [
        regexall(
          join("|", [
            "\"[^\"]*[.][.][^\"]*\"",
            "\"[0-9]+(?:[.][0-9]+){3}\"",
            "\"(?:xn--|sthree-|amzn-s3-demo-)[^\"]*\"",
            "\"[^\"]*(?:-s3alias|--ol-s3|[.]mrap|--x-s3|--table-s3)\"",
          ]),
          jsonencode(var.output_buckets[*].name),
        ),
      ] :
      join("", [
        "output_buckets has invalid names: ${join(", ", slice(wrong, 0, min(10, length(wrong))))}",
        length(wrong) > 10 ? " and ${length(wrong) - 10} more" : "",
        ". S3 takes no two dots in a row and no IP address, and keeps these beginnings and ends for itself: ",
        "xn--, sthree-, amzn-s3-demo-, -s3alias, --ol-s3, .mrap, --x-s3, --table-s3.",
      ])
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
    condition = length([
      for bucket in var.output_buckets : bucket if bucket.acl && !(bucket.access == "write" || bucket.access == "put")
    ]) == 0
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

variable "policy_name" {
  type        = string
  description = <<-EOT
    Name of the managed policy that holds the grants. Where one is not enough, the others have a hyphen and
    their number behind it.
  EOT
  default     = "remotion-bucket-grants"
  nullable    = false

  validation {
    condition = can(regex("^[A-Za-z0-9_+=,.@-]+$", var.policy_name)) && length(var.policy_name) <= 120
    error_message = join("", [
      "policy_name is \"${var.policy_name}\", which is not a policy's name with room for a number: ",
      "give 1 to 120 letters, digits or any of _+=,.@- and no space, ARN or path.",
    ])
  }
}

variable "max_policies_per_role" {
  type        = number
  description = <<-EOT
    Managed policies that a role may have in this account. More than 10, AWS's own quota, only where AWS
    raised it, which it does up to 25.
  EOT
  default     = 10
  nullable    = false

  validation {
    condition = (
      var.max_policies_per_role >= 1 &&
      var.max_policies_per_role <= 1000 &&
      floor(var.max_policies_per_role) == var.max_policies_per_role
    )
    error_message = join("", [
      "max_policies_per_role is ${var.max_policies_per_role}: ",
      "give a whole number of policies from 1 to 1000.",
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
