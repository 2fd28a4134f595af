import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js";
import { TerraformLocal, type TerraformResource, Token } from "cdktf";
import type { Construct } from "constructs";
import { ATTACHED_POLICY_ARN, ROLE_NAME } from "../iam/rules.js";
import { checkRule } from "./checks.js";
import type { Condition } from "./condition.js";
import { expression } from "./expression.js";

/**
 * Attaches a managed policy to roles. The map's keys are the addresses of the attachments, so they
 * must be fixed in the code; the names may come from roles of the same apply.
 *
 * @param roleNames key of the caller's choice → name of a role
 * @throws when a name breaks AWS's rule for it
 */
export function attachToRoles(
  scope: Construct,
  policyArn: string,
  roleNames: Readonly<Record<string, string>>,
  create: Condition,
): void {
  if (!Token.isUnresolved(roleNames)) {
    for (const [key, name] of Object.entries(roleNames)) {
      checkRule(scope, `roleNames.${key}`, name, ROLE_NAME);
    }
  }
  const attachment = new IamRolePolicyAttachment(scope, "attachment", {
    role: "${each.value}",
    policyArn,
  });
  forEachWhen(scope, create, attachment, "role_names", roleNames);
}

/**
 * Attaches managed policies to a role. The map's keys are the addresses of the attachments, so they
 * must be fixed in the code; the ARNs may come from policies of the same apply.
 *
 * @param policyArns key of the caller's choice → ARN of a managed policy
 * @throws when an ARN breaks AWS's rule for it
 */
export function attachPolicies(
  scope: Construct,
  roleName: string,
  policyArns: Readonly<Record<string, string>>,
  create: Condition,
): void {
  if (!Token.isUnresolved(policyArns)) {
    for (const [key, arn] of Object.entries(policyArns)) {
      checkRule(scope, `policyArns.${key}`, arn, ATTACHED_POLICY_ARN);
    }
  }
  const attachment = new IamRolePolicyAttachment(scope, "attachment", {
    role: roleName,
    policyArn: "${each.value}",
  });
  forEachWhen(scope, create, attachment, "policy_arns", policyArns);
}

/** One resource for each entry of a map, if the condition holds. */
function forEachWhen(
  scope: Construct,
  condition: Condition,
  resource: TerraformResource,
  id: string,
  map: Readonly<Record<string, string>>,
): void {
  if (typeof condition === "boolean") {
    resource.addOverride("for_each", map);
    return;
  }
  const all = Token.isUnresolved(map) ? Token.asAny(map) : new TerraformLocal(scope, id, map).fqn;
  resource.addOverride("for_each", expression`${condition} ? ${all} : {}`);
}
