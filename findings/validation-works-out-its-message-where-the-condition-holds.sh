#!/usr/bin/env bash
# OpenTofu 1.12.6, as Terraform 1.5 to 1.15, works out the error_message of a variable's validation also where the
# condition holds. So a message that names the first of those that are wrong ends every plan of a value of which none is,
# and the filter that names them runs over a long list of right ones each time.
# https://opentofu.org/docs/language/values/variables/#custom-validation-rules
#
# Seen, of a list that must be empty, whose message names its first item:
#   empty:     Error: Invalid index
#   with item: Error: Invalid value for variable
#
# Builds OpenTofu with Go in a temporary folder, which takes minutes. Ends with 0 where that is still so, with 1 where not.
set -euo pipefail

folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
mkdir "$folder/build" "$folder/root"
cd "$folder/build"
export GOFLAGS=-mod=mod

go mod init example.com/finding 2>/dev/null
# What OpenTofu's own go.mod replaces, `go install` would not take.
go mod edit -replace github.com/hashicorp/hcl/v2=github.com/opentofu/hcl/v2@v2.20.2-0.20251021132045-587d123c2828
go get github.com/opentofu/opentofu@v1.12.6 2>/dev/null
go build -o tofu github.com/opentofu/opentofu/cmd/tofu 2>/dev/null

cd "$folder/root"
cat >main.tf <<'CONFIGURATION'
variable "leftovers" {
  type    = list(string)
  default = []

  validation {
    condition     = length(var.leftovers) == 0
    error_message = "leftovers has ${var.leftovers[0]}."
  }
}
CONFIGURATION
export CHECKPOINT_DISABLE=1

# The first line of what went wrong, or nothing.
failure() {
  { ../build/tofu plan -input=false -no-color "$@" 2>&1 || true; } | sed -n 's/.*\(Error: .*\)/\1/p' | head -n 1
}

empty=$(failure)
with_item=$(failure -var 'leftovers=["one"]')
printf '%-10s %s\n' 'empty:' "${empty:-no error}" 'with item:' "${with_item:-no error}"
[ "$empty" = "Error: Invalid index" ] && [ "$with_item" = "Error: Invalid value for variable" ]
