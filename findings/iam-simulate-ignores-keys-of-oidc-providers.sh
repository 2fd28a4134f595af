#!/usr/bin/env bash
# @cloud-copilot/iam-simulate 0.1.173 decides what a policy allows. Of the keys that a request carries it takes those
# that its list of keys knows for the action, and leaves the others out (`ignoredContextKeys`) without an error. Keys of
# OIDC providers are named after the issuer, so no list can have them all: Google's are known, those of GitHub, GitLab
# and every EKS cluster are not. A trust policy that asks for `sub`, as all of them should, is then denied to the very
# token that AWS lets in.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
#
# Seen: the same trust policy, the same request, but for the issuer in the key:
#   accounts.google.com:sub                   Allowed
#   token.actions.githubusercontent.com:sub   ImplicitlyDenied, ignored
#
# Installs a public package in a temporary folder. Ends with 0 where that is still so, with 1 where not.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm init --yes >/dev/null
npm install --ignore-scripts --no-audit --no-fund --silent @cloud-copilot/iam-simulate@0.1.173

cat >simulate.mjs <<'PROGRAM'
import { runSimulation } from "@cloud-copilot/iam-simulate";

const [, , key] = process.argv;
const provider = "arn:aws:iam::123456789012:oidc-provider/issuer.example.com";
const action = "sts:AssumeRoleWithWebIdentity";
const { overallResult, result } = await runSimulation(
  {
    request: {
      principal: provider,
      action,
      resource: { resource: "arn:aws:iam::123456789012:role/video", accountId: "123456789012" },
      contextVariables: key === undefined ? {} : { [key]: "team" },
    },
    identityPolicies: [],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Federated: provider },
          Action: action,
          ...(key === undefined ? {} : { Condition: { StringEquals: { [key]: "team" } } }),
        },
      ],
    },
  },
  {},
);
console.log(`${overallResult}${result.ignoredContextKeys.includes(key) ? ", ignored" : ""}`);
PROGRAM

status=0
expect() {
  if [ "$2" = "$3" ]; then
    echo "as before: $1: $2"
  else
    echo "changed: $1: $2 (was: $3)"
    status=1
  fi
}
expect "without a condition" "$(node simulate.mjs)" "Allowed"
expect "accounts.google.com:sub" "$(node simulate.mjs accounts.google.com:sub)" "Allowed"
for issuer in token.actions.githubusercontent.com gitlab.com oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE; do
  expect "$issuer:sub" "$(node simulate.mjs "$issuer:sub")" "ImplicitlyDenied, ignored"
done
exit $status
