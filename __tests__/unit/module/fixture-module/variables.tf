variable "name" {
  type        = string
  description = "A \"quoted\" name, not $${a.template} and no %%{directive}; C:\\temp, 100%."
  default     = "it's $${no} \"template\" %%{either}"
  nullable    = false

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
  nullable  = true
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
  nullable    = true
}
