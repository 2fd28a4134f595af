#!/usr/bin/env bash
# checkov 3.3.30 scans Terraform's JSON syntax. Of a file with `required_version`, which is a string in the `terraform`
# block as Terraform documents it, it reads nothing: it says that nothing passed and nothing failed, has no finding, and
# ends with 0. Without that one line the same file has findings, and it ends with 1. So whoever commits a synthesized
# stack of CDKTF, which sets it, and scans it is told that all is well. One has to look into the count of parsing errors,
# or into the log, or scan the plan.
# https://developer.hashicorp.com/terraform/language/syntax/json
# https://github.com/bridgecrewio/checkov/issues/7454
#
# Seen:
#   as HCL: exit code 1, 2 findings
#   as JSON, without required_version: exit code 1, 2 findings
#   as JSON, with required_version: exit code 0, 0 findings
#
# Installs public packages in a temporary folder. Ends with 0 where that is still so, with 1 where not.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv environment
environment/bin/pip install --quiet 'checkov==3.3.30'

mkdir hcl without with
cat >hcl/main.tf <<'CONFIGURATION'
terraform {
  required_version = ">= 1.5.0"
}

resource "aws_iam_user" "one" {
  name = "one"
}

resource "aws_iam_user_policy" "one" {
  name   = "one"
  user   = aws_iam_user.one.name
  policy = "{}"
}
CONFIGURATION

cat >without/main.tf.json <<'CONFIGURATION'
{
  "resource": {
    "aws_iam_user": {
      "one": {
        "name": "one"
      }
    },
    "aws_iam_user_policy": {
      "one": {
        "name": "one",
        "user": "${aws_iam_user.one.name}",
        "policy": "{}"
      }
    }
  }
}
CONFIGURATION

cat >with/main.tf.json <<'CONFIGURATION'
{
  "terraform": {
    "required_version": ">= 1.5.0"
  },
  "resource": {
    "aws_iam_user": {
      "one": {
        "name": "one"
      }
    },
    "aws_iam_user_policy": {
      "one": {
        "name": "one",
        "user": "${aws_iam_user.one.name}",
        "policy": "{}"
      }
    }
  }
}
CONFIGURATION

scanned() {
  local status=0
  # A slow machine is no reason to give a file up.
  HCL_PARSE_TIMEOUT_SEC=600 LOG_LEVEL=CRITICAL environment/bin/checkov --directory "$1" --skip-download \
    --quiet --output json >report.json 2>log || status=$?
  environment/bin/python - "$2" "$status" <<'PROGRAM'
import json
import sys

report = json.load(open("report.json"))
name, status = sys.argv[1:]
failed = report.get("summary", report)["failed"]
print(f"{name}: exit code {status}, {failed} findings")
PROGRAM
}

cat >expected <<'SEEN'
as HCL: exit code 1, 2 findings
as JSON, without required_version: exit code 1, 2 findings
as JSON, with required_version: exit code 0, 0 findings
SEEN

{
  scanned hcl "as HCL"
  scanned without "as JSON, without required_version"
  scanned with "as JSON, with required_version"
} >seen
if diff expected seen; then
  echo "as before"
else
  echo "changed"
  exit 1
fi
