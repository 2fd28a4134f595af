import type { Construct } from "constructs";
import { shownTokens } from "./token-text.js";

/**
 * Where a principal's policy lives: `inline`, inside the principal, or `managed`, a policy of its own
 * that is attached.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
 */
export const POLICY_TYPES = ["inline", "managed"] as const;

/** How a policy is given its type, for a message: by the prop, or by the input that it is made from. */
export function asPolicyType(
  scope: Construct,
  policyType: string,
  wanted: (typeof POLICY_TYPES)[number],
): string {
  const [, input = "policyType"] = /^\$\{var\.(\w+)\}$/.exec(shownTokens(scope, policyType)) ?? [];
  return `${input} = "${wanted}"`;
}
