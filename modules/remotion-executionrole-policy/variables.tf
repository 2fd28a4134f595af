variable "name" {
  type        = string
  description = "Name of the managed policy for callers."
  default     = "remotion-executionrole-policy"
  nullable    = false

  validation {
    condition = can(regex("^[A-Za-z0-9_+=,.@-]+$", var.name)) && length(var.name) <= 128
    error_message = join("", [
      "name is \"${var.name}\", which is not a policy's name: ",
      "give 1 to 128 letters, digits or any of _+=,.@- and no space, ARN or path.",
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

variable "profile" {
  type        = string
  description = <<-EOT
    What the policy allows: "full" (Remotion's own policy), "render" (start, watch, cancel, presign and
    download renders) or "deploy" (functions, sites, buckets and quotas).
  EOT
  default     = "full"
  nullable    = false

  validation {
    condition     = contains(["full", "render", "deploy"], var.profile)
    error_message = "profile is \"${var.profile}\": give \"full\", \"render\" or \"deploy\"."
  }
}

variable "lambda_role_name" {
  type        = string
  description = "Name of the role that Remotion's functions run as. This role, and no other, may be passed to Lambda."
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

variable "lambda_role_path" {
  type        = string
  description = "IAM path of the role that Remotion's functions run as."
  default     = "/"
  nullable    = false

  validation {
    condition = (
      can(regex("^/([!#%-)+-.0->@-[\\]-~]+/)*$", var.lambda_role_path)) &&
      length(var.lambda_role_path) <= 512
    )
    error_message = join("", [
      "lambda_role_path is \"${var.lambda_role_path}\", which is not an IAM path: ",
      "begin and end with a slash, as in \"/\" or \"/video/\", with visible ASCII characters between, 512 in all: ",
      "no space, no two slashes in a row, no wildcard (* or ?), dollar sign, double quote or backslash.",
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
    Allow functions in a VPC: whoever deploys them looks up its subnets and security groups. Does nothing
    for the profile render, which deploys nothing.
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

variable "output_buckets" {
  type = list(object({
    name        = string
    prefix      = string
    access      = string
    acl         = optional(bool, false)
    kms_key_arn = optional(string)
  }))
  description = <<-EOT
    Buckets beside Remotion's own that renders went to, each with:
    - name: its name.
    - prefix: the folder of the objects, as in "videos/"; "" is the whole bucket. Listing always covers
      the whole bucket.
    - access: "read" (read and list) or "delete".
    - acl: must stay false, for callers write no video: it is for the role, in the modules
      remotion-lambda-role and remotion-bucket-grants.
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
      for access in toset(var.output_buckets[*].access) : try(contains(["read", "delete"], access), false)
    ])
    error_message = join("", [
      "output_buckets has invalid values of access: ",
      join(", ", [
        for access in toset(var.output_buckets[*].access) : jsonencode(access)
        if !try(contains(["read", "delete"], access), false)
      ]),
      ". Give \"read\" or \"delete\". The role that writes videos takes \"write\" or \"put\", ",
      "in the modules remotion-lambda-role and remotion-bucket-grants.",
    ])
  }

  validation {
    condition = alltrue([for bucket in var.output_buckets : !bucket.acl])
    error_message = join("", [
      "output_buckets has acl for: ",
      join(", ", [for bucket in var.output_buckets : jsonencode(bucket.name) if bucket.acl]),
      ". Leave it out: it is for the role that writes videos, ",
      "in the modules remotion-lambda-role and remotion-bucket-grants.",
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
