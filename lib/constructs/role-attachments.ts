import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js";
import { TerraformLocal, type TerraformResource, Token } from "cdktf";
import type { Construct } from "constructs";
import { ATTACHED_POLICY_ARN, ROLE_NAME_OR_ARN } from "../iam/rules.js";
import type { ValueRule } from "../iam/value-rule.js";
import { checkKnownParts } from "./checks.js";
import { comment } from "./comment.js";
import { type Condition, createWhen } from "./condition.js";
import { type ExpressionPart, expression } from "./expression.js";
import { enforceEntriesPartition } from "./partition-check.js";
import { addPrecondition } from "./precondition.js";
import { isCheckedInput, nameInMessage, preconditionOf } from "./requirements.js";
import { textRule } from "./terraform-rule.js";

/**
 * Attaches a managed policy to roles. The map's keys are the addresses of the attachments, so they
 * must be fixed in the code; the names may come from roles of the same apply.
 *
 * @param roleNames key of the caller's choice → name or ARN of a role
 * @throws when a name breaks AWS's rule for it
 */
export function attachToRoles(
  scope: Construct,
  policyArn: string,
  roleNames: Readonly<Record<string, string>>,
  create: Condition,
  partition: string | undefined,
): void {
  const attachment = new IamRolePolicyAttachment(scope, "attachment", {
    role: roleName("each.value"),
    policyArn,
  });
  checkEach(scope, "roleNames", roleNames, ROLE_NAME_OR_ARN, attachment);
  const entries = { prop: "roleNames", map: roleNames, mayBeNames: true };
  enforceEntriesPartition(attachment, "each.value", entries, partition);
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
  partition: string | undefined,
): void {
  const attachment = new IamRolePolicyAttachment(scope, "attachment", {
    role: roleName,
    policyArn: "${each.value}",
  });
  checkEach(scope, "policyArns", policyArns, ATTACHED_POLICY_ARN, attachment);
  const entries = { prop: "policyArns", map: policyArns };
  enforceEntriesPartition(attachment, "each.value", entries, partition);
  forEachWhen(scope, create, attachment, "policy_arns", policyArns);
}

/**
 * Attaches one managed policy to one role, if the condition holds.
 *
 * @param id of the attachment, which its address is made of
 */
export function attachToRole(
  scope: Construct,
  id: string,
  policyArn: string,
  roleName: string,
  create: Condition,
): TerraformResource {
  const attachment = new IamRolePolicyAttachment(scope, id, { role: roleName, policyArn });
  createWhen(create, attachment);
  return attachment;
}

/**
 * Attaches numbered managed policies, all of them to each of the roles. The attachments of the first
 * have the keys of the roles; those of the others have the policy's number behind it. What is attached to what is in a
 * local: Terraform works out `for_each` anew for each instance, and whoever asks for one of the policies makes it
 * put all of them together.
 *
 * @param policies the policies, made by `for_each` over a map whose keys are the numbers from 1
 * @param roleNames key of the caller's choice → name or ARN of a role
 * @returns reference to the map of the roles
 * @throws when a name breaks AWS's rule for it
 */
export function attachAllToRoles(
  scope: Construct,
  policies: TerraformResource,
  roleNames: Readonly<Record<string, string>>,
  partition: string | undefined,
): ExpressionPart {
  const roles = mapReference(scope, "role_names", roleNames);
  const attachment = new IamRolePolicyAttachment(scope, "attachment", {
    role: roleName("each.value.role"),
    policyArn: "${each.value.policy_arn}",
  });
  checkEach(scope, "roleNames", roleNames, ROLE_NAME_OR_ARN, attachment, "each.value.role");
  const entries = { prop: "roleNames", map: roleNames, mayBeNames: true };
  enforceEntriesPartition(attachment, "each.value.role", entries, partition);
  const attachments = new TerraformLocal(
    scope,
    "attachments",
    expression`merge([
  for number, policy in ${policies.fqn} : {
    for key, name in ${roles} : number == "1" ? key : "\${key}/\${number}" => { policy_arn = policy.arn, role = name }
  }
]...)`,
  );
  comment(
    attachments,
    "Which policy is attached to which role. As a local, Terraform puts the policies together once, and not for each attachment.",
  );
  attachment.addOverride("for_each", expression`${attachments.fqn}`);
  return roles;
}

/** The name of a role that is given by its name or its ARN, which may not be known before the apply. */
function roleName(given: string): string {
  return `\${basename(${given})}`;
}

/**
 * Checks every value of a map. Of values that only Terraform knows, the known parts are checked at
 * once, and the attachments' precondition checks the whole.
 *
 * @param value what is attached, as the attachments' own expression for it
 */
function checkEach(
  scope: Construct,
  prop: string,
  map: Readonly<Record<string, string>>,
  rule: ValueRule,
  attachments: TerraformResource,
  value = "each.value",
): void {
  const values: readonly unknown[] = Token.isUnresolved(map) ? [map] : Object.values(map);
  if (!Token.isUnresolved(map)) {
    for (const [key, each] of Object.entries(map)) {
      checkKnownParts(scope, `${prop}.${key}`, each, rule);
    }
  }
  if (values.some((each) => Token.isUnresolved(each) && !isCheckedInput(scope, each))) {
    const name = `${nameInMessage(scope, prop)}.\${each.key}`;
    addPrecondition(attachments, preconditionOf(textRule({ name, value }, rule), value));
  }
}

/** A map as a part of an expression: in a local of its own where it is known. */
function mapReference(
  scope: Construct,
  id: string,
  map: Readonly<Record<string, string>>,
): ExpressionPart {
  return Token.isUnresolved(map) ? Token.asAny(map) : new TerraformLocal(scope, id, map).fqn;
}

/** One resource for each entry of a map, if the condition holds. */
export function forEachWhen(
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
  const all = mapReference(scope, id, map);
  resource.addOverride("for_each", expression`${condition} ? ${all} : {}`);
}
