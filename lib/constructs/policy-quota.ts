import { type TerraformResource, Token } from "cdktf";
import { policyTooLarge } from "./errors.js";
import { expression } from "./expression.js";
import type { PolicyText } from "./policy-text.js";
import { addPrecondition } from "./precondition.js";

/** A quota, and what to do when a policy outgrows it. */
export interface PolicyQuota {
  /** What the policy is, for the message. @default "policy" */
  readonly kind?: string;
  /** Name of the policy, for the message. */
  readonly policyName: string;
  /** Characters without white space. May be a token. */
  readonly limit: number;
  /** The way out, as a sentence. */
  readonly wayOut: string;
}

/**
 * Lets Terraform refuse a policy over its quota at plan, instead of AWS half-way through an apply.
 *
 * @throws at once, when the policy's size is known already
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function enforceQuota(
  resource: TerraformResource,
  policy: Pick<PolicyText, "length" | "size">,
  quota: PolicyQuota,
): void {
  const { kind = "policy", policyName, limit, wayOut } = quota;
  const isKnown = !Token.isUnresolved(limit);
  if (policy.size !== undefined && isKnown && policy.size > limit) {
    throw policyTooLarge(resource.node.path, `${kind} ${policyName}`, policy.size, limit, wayOut);
  }
  const most = Token.asString(limit);
  addPrecondition(resource, {
    condition: expression`${policy.length} <= ${most}`,
    errorMessage: `The ${kind} ${policyName} would have ${policy.length} characters, and AWS allows ${most}: ${wayOut}`,
  });
}
