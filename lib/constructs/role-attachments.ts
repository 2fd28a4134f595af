import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js";
import { TerraformLocal, Token } from "cdktf";
import type { Construct } from "constructs";
import { ROLE_NAME } from "../iam/rules.js";
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
  if (typeof create === "boolean") {
    attachment.addOverride("for_each", roleNames);
  } else {
    const all = Token.isUnresolved(roleNames)
      ? Token.asAny(roleNames)
      : new TerraformLocal(scope, "role_names", roleNames).fqn;
    attachment.addOverride("for_each", expression`${create} ? ${all} : {}`);
  }
}
