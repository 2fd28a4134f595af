import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy/index.js";
import type { Construct } from "constructs";
import { QUOTAS } from "../iam/quotas.js";
import { comment } from "./comment.js";
import { type Condition, createWhen } from "./condition.js";
import type { CommonProps } from "./kinds.js";
import { enforceNameLength } from "./name-length.js";
import { optional } from "./optional.js";
import { enforceQuota } from "./policy-quota.js";
import type { PolicyText } from "./policy-text.js";

/** What a managed policy is made of. */
export interface ManagedPolicyProps {
  readonly name: string;
  readonly description: string;
  readonly policy: PolicyText;
  /** What to do when the policy outgrows its quota, as a sentence. */
  readonly wayOut: string;
  readonly create: Condition;
  /** The props of the construct that it belongs to. */
  readonly common: Pick<CommonProps, "path" | "tags">;
}

/**
 * A managed policy that Terraform refuses at plan when it outgrows its quota.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function managedPolicy(scope: Construct, props: ManagedPolicyProps): IamPolicy {
  const { name, description, policy, wayOut, create, common } = props;
  const resource = adoptablePolicy(scope, { name, description, policy: policy.json, common });
  createWhen(create, resource);
  enforceNameLength(resource, "policy", name);
  enforceQuota(resource, policy, { policyName: name, limit: QUOTAS.managedPolicy, wayOut });
  return resource;
}

/**
 * A managed policy that keeps its description if it exists already: to AWS, a policy with another
 * description is another policy, and Terraform would delete it under those who have it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html
 */
export function adoptablePolicy(
  scope: Construct,
  props: Pick<ManagedPolicyProps, "name" | "description" | "common"> & { readonly policy: string },
): IamPolicy {
  const { name, description, policy, common } = props;
  const resource = new IamPolicy(scope, "managed-policy", {
    name,
    ...optional("path", common.path),
    description,
    policy,
    ...optional("tags", common.tags),
    lifecycle: { ignoreChanges: ["description"] },
  });
  comment(
    resource,
    "AWS cannot change a policy's description, so a policy that was imported keeps its own.",
    "/lifecycle/ignore_changes",
  );
  return resource;
}
