import type { PolicyKind } from "./denial.js";

/** The words of IAM's messages for each kind of policy. */
const POLICIES: readonly (readonly [RegExp, PolicyKind])[] = [
  [/block ?public ?(?:access|acls|policy)/i, "S3 Block Public Access"],
  [/service ?control ?polic/i, "service control policy"],
  [/resource ?control ?polic/i, "resource control policy"],
  [/permissions? ?boundar/i, "permissions boundary"],
  [/session ?polic/i, "session policy"],
  [/vpc ?endpoint ?polic/i, "VPC endpoint policy"],
  [/trust ?polic/i, "role trust policy"],
  [/resource- ?based ?polic/i, "resource-based policy"],
  [/identity- ?based ?polic/i, "identity-based policy"],
];

/** The first kind of policy that a reason names; the ARN behind it may hold the name of another. */
export function policyIn(reason: string): PolicyKind | undefined {
  const found = POLICIES.map(([pattern, kind]) => ({ at: reason.search(pattern), kind }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at);
  return found[0]?.kind;
}
