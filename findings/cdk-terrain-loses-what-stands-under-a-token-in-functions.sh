#!/usr/bin/env bash
# In CDK Terrain 0.24.0 a token may be the key of an object. In an attribute it becomes an interpolation, and the value
# stays. In a function of `Fn` the same object becomes one whose key is the text of the reference, in quotation marks, and
# whose value is null: Terraform takes that, and plans it without a word. CDKTF 0.21.0 wrote `undefined` in its place,
# which Terraform refuses, so that an app which moves from one to the other loses the only sign of it.
# https://github.com/open-constructs/cdk-terrain
#
# Seen:
#   cdktf, attribute: {"${var.key}":"x"}
#   cdktf, Fn.jsonencode: ${jsonencode({"var.key" = undefined})}
#   cdktf, Fn.merge: ${merge({"var.key" = undefined}, {"b" = "c"})}
#   cdktn, attribute: {"${var.key}":"x"}
#   cdktn, Fn.jsonencode: ${jsonencode({"var.key" = null})}
#   cdktn, Fn.merge: ${merge({"var.key" = null}, {"b" = "c"})}
#
# Installs public packages in a temporary folder. Ends with 0 where that is still so, with 1 where not.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts cdktf@0.21.0 cdktn@0.24.0 constructs@10.7.0

cat >synthesize.cjs <<'PROGRAM'
for (const name of ["cdktf", "cdktn"]) {
  const { App, Fn, TerraformOutput, TerraformStack, TerraformVariable } = require(name);
  const stack = new TerraformStack(new App(), "stack");
  const { stringValue: key } = new TerraformVariable(stack, "key", { type: "string" });
  const values = {
    attribute: { [key]: "x" },
    "Fn.jsonencode": Fn.jsonencode({ [key]: "x" }),
    "Fn.merge": Fn.merge([{ [key]: "x" }, { b: "c" }]),
  };
  Object.values(values).forEach((value, index) => {
    new TerraformOutput(stack, `output${index}`, { value });
  });
  const { output } = stack.toTerraform();
  Object.keys(values).forEach((what, index) => {
    const { value } = output[`output${index}`];
    console.log(`${name}, ${what}: ${typeof value === "string" ? value : JSON.stringify(value)}`);
  });
}
PROGRAM

cat >expected <<'SEEN'
cdktf, attribute: {"${var.key}":"x"}
cdktf, Fn.jsonencode: ${jsonencode({"var.key" = undefined})}
cdktf, Fn.merge: ${merge({"var.key" = undefined}, {"b" = "c"})}
cdktn, attribute: {"${var.key}":"x"}
cdktn, Fn.jsonencode: ${jsonencode({"var.key" = null})}
cdktn, Fn.merge: ${merge({"var.key" = null}, {"b" = "c"})}
SEEN

node synthesize.cjs >seen
if diff expected seen; then
  echo "as before"
else
  echo "changed"
  exit 1
fi
