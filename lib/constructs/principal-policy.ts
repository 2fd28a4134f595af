import type { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { allOf, attributeOf, type Condition, createWhen, isValue } from "./condition.js";
import type { CommonProps } from "./kinds.js";
import { managedPolicy } from "./managed-policy.js";
import { enforceNameLength } from "./name-length.js";
import { enforceQuota } from "./policy-quota.js";
import type { PolicyText } from "./policy-text.js";

/** Where and how a principal's own policy is kept. */
export interface PrincipalPolicyProps {
  readonly policyName: string;
  /** `inline` or `managed`; both are declared, under conditions, where only Terraform knows. */
  readonly policyType: string;
  readonly policy: PolicyText;
  /** Of the managed policy. */
  readonly description: string;
  readonly create: Condition;
  /** A resource whose preconditions hold for the policy too, where it has any. */
  readonly guard: TerraformResource | undefined;
  /** The props of the construct that it belongs to. */
  readonly common: Pick<CommonProps, "path" | "tags">;
  readonly inline: {
    /** The quota of all inline policies of such a principal, in characters. */
    readonly limit: number;
    /** What to do over that quota, as a sentence. */
    readonly wayOut: string;
    readonly make: () => TerraformResource;
  };
  readonly managed: {
    /** What to do over the quota of a managed policy, as a sentence. */
    readonly wayOut: string;
    readonly attach: (policyArn: string) => TerraformResource;
  };
}

/** Gives a principal its policy, inside it or attached to it. */
export function principalPolicy(scope: Construct, props: PrincipalPolicyProps): void {
  const { policyName, policyType, policy, create, guard, inline, managed } = props;

  const isInline = allOf(create, isValue(policyType, "inline"));
  if (isInline !== false) {
    const resource = inline.make();
    createWhen(isInline, resource);
    enforceNameLength(resource, "policy", policyName);
    enforceQuota(resource, policy, { policyName, limit: inline.limit, wayOut: inline.wayOut });
  }

  const isManaged = allOf(create, isValue(policyType, "managed"));
  if (isManaged !== false) {
    const resource = managedPolicy(scope, {
      name: policyName,
      description: props.description,
      policy,
      wayOut: managed.wayOut,
      create: isManaged,
      common: props.common,
    });
    if (guard !== undefined) {
      // An inline policy names its principal; this one would be changed even where that is refused.
      const address = `${guard.terraformResourceType}.${guard.friendlyUniqueId}`;
      resource.addOverride("depends_on", [address]);
    }
    createWhen(isManaged, managed.attach(attributeOf(resource, "arn", isManaged)));
  }
}
