variable "name" {
  type        = string
  description = "A \"quoted\" name, not $${a.template} and no %%{directive}; C:\\temp, 100%."
  default     = "it's $${no} \"template\" %%{either}"
  nullable    = false

  # Neither ${this} nor %{that} is a template.
  validation {
    condition     = can(regex("^[\\w \"]{1,64}$", var.name))
    error_message = "name is \"${var.name}\": give $${braces} or %%{none}."
  }

  validation {
    condition = alltrue([
      for part in split(" ", var.name) : length(part) > 0
    ])
    error_message = "name has ${length([for part in split("  ", var.name) : part])} parts."
  }
}

variable "settings" {
  type = map(object({
    camelCase = optional(string, "x")
    count     = number
  }))
  description = "Settings,\nline by line."
  default = {
    fooBar = {
      camelCase = null
      count     = 0
    }
    "with space" = {
      camelCase = ""
      count     = -1.5
      "$${key}" = [
        "a",
        ["b"],
        [],
        {},
        {
          deep = null
        },
      ]
    }
  }
  sensitive = true
}

variable "off" {
  type        = bool
  description = "Is off."
  default     = false
  nullable    = false
}

variable "zero" {
  type        = number
  description = "Is zero."
  default     = 0
  nullable    = false
}

variable "empty_text" {
  type        = string
  description = "Is empty_text."
  default     = ""
  nullable    = false
}

variable "empty_list" {
  type        = list(string)
  description = "Is empty_list."
  default     = []
  nullable    = false
}

variable "empty_map" {
  type        = map(string)
  description = "Is empty_map."
  default     = {}
  nullable    = false
}

variable "nothing" {
  type        = string
  description = "Is nothing."
  default     = null
}

variable "long" {
  type        = list(string)
  description = <<-EOT
    A description with "quotes", $${any} template and a back\slash, which is so long that a line of the page
    does not hold it, so it is folded.
  EOT
  nullable    = false

  validation {
    condition = alltrue([
      for item in var.long : can(regex("^[a-z]+ [\\w]+$", item)) && length(item) <= 64 && item != "none of these"
    ])
    error_message = join("", [
      "long has ",
      join(", ", [for item in var.long : jsonencode(item) if !can(regex("^[a-z]+ [\\w]+$", item))]),
      ", of ${length(var.long)} items: give \"words\", $${braces} or a back\\slash, and none of what is not meant.",
    ])
  }
}
