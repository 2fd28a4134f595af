import { TerraformLocal } from "cdktf";
import type { Construct } from "constructs";
import { comment } from "./comment.js";
import { expression } from "./expression.js";

/**
 * The names of those inputs that are given, as a local in Terraform.
 *
 * @param inputs name → the condition that it is given, in HCL
 * @returns reference to the list
 */
export function givenInputs(
  scope: Construct,
  id: string,
  inputs: Readonly<Record<string, string>>,
  reason: string,
): string {
  const names = Object.entries(inputs).map(([name, isGiven]) => `\n  ${isGiven} ? "${name}" : "",`);
  const local = new TerraformLocal(scope, id, expression`compact([${names.join("")}\n])`);
  comment(local, reason);
  return local.fqn;
}
