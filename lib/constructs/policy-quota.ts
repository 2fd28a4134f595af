import type { IResolvable, TerraformResource } from "cdktf";
import { policyTooLarge } from "./errors.js";
import { expression } from "./expression.js";
import type { PolicyText } from "./policy-text.js";

/** A quota, and what to do when a policy outgrows it. */
export interface PolicyQuota {
  /** What the policy is, for the message. @default "policy" */
  readonly kind?: string;
  /** Name of the policy, for the message. */
  readonly policyName: string;
  /** Characters without white space. */
  readonly limit: number;
  /** The way out, as a sentence. */
  readonly wayOut: string;
}

/** What Terraform makes sure of before it plans a resource. */
export interface Precondition {
  readonly condition: IResolvable;
  readonly error_message: string;
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
  addPreconditions(resource, [quotaPrecondition(resource, policy, quota)]);
}

/**
 * That a policy keeps its quota.
 *
 * @throws at once, when the policy's size is known already
 */
export function quotaPrecondition(
  resource: TerraformResource,
  policy: Pick<PolicyText, "length" | "size">,
  { kind = "policy", policyName, limit, wayOut }: PolicyQuota,
): Precondition {
  if (policy.size !== undefined && policy.size > limit) {
    throw policyTooLarge(resource.node.path, `${kind} ${policyName}`, policy.size, limit, wayOut);
  }
  return {
    condition: expression`${policy.length} <= ${String(limit)}`,
    error_message: `The ${kind} ${policyName} would have ${policy.length} characters, and AWS allows ${limit}: ${wayOut}`,
  };
}

/** Gives a resource its preconditions, all at once. */
export function addPreconditions(
  resource: TerraformResource,
  preconditions: readonly Precondition[],
): void {
  resource.addOverride("lifecycle.precondition", preconditions);
}
