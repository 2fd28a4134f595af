import { awsManagedPolicyMayDeny } from "../iam/aws-managed/aws-managed-policy.js";
import { shownAddress } from "../json/shown.js";
import type { HolderKind } from "./grants.js";
import { nameInArn } from "./iam-name.js";
import type { UnreadPolicy } from "./principal.js";

/* The kinds of policies that somebody has, or may have, and whose text the file does not hold. */

const NOT_IN_FILE = "it is not in the file";

/** How many addresses a sentence names. */
const MAX_NAMED = 5;

/** How to give the text of a policy that has this ARN or name. */
function policyOption(policy: string): string {
  return `--policy ${shownAddress(policy)}=FILE`;
}

/** Why a boundary or a policy with a known ARN is not read, and what to give. */
export function outside(arn: string): Pick<UnreadPolicy, "cause" | "give"> {
  return { cause: NOT_IN_FILE, give: policyOption(arn) };
}

/**
 * A managed policy that is made elsewhere.
 *
 * @param policy its ARN, or its name where it is attached by that
 */
export function outsidePolicy(policy: string, attachment: string): UnreadPolicy {
  const isArn = policy.startsWith("arn:");
  return {
    ...outside(policy),
    name: nameInArn(policy),
    arn: isArn ? policy : undefined,
    address: attachment,
    maybe: false,
    mayDeny: awsManagedPolicyMayDeny(policy),
  };
}

/** An inline policy that is there already, as an exclusive list names it. */
export function namedPolicy(name: string, list: string): UnreadPolicy {
  return {
    ...outside(name),
    name,
    arn: undefined,
    address: list,
    maybe: false,
    mayDeny: true,
  };
}

/** A managed policy is attached, and the file does not tell which. */
export function openPolicy(attachment: string, reason: string, give: string): UnreadPolicy {
  const cause = `which policy ${shownAddress(attachment)} attaches is not told: ${reason}`;
  return untold(attachment, cause, give, false);
}

/** A list of policies is not told, but for those that it refers to. */
export function restOfList(address: string, reason: string, give: string): UnreadPolicy {
  const cause = `${shownAddress(address)} may give more policies than those that it refers to: ${reason}`;
  return untold(address, cause, give, true);
}

/** What may be for anybody of a kind. */
export function forAnyOf(
  kind: HolderKind,
  addresses: readonly string[],
  reason: string,
  give: string,
): UnreadPolicy {
  const some = addresses.slice(0, MAX_NAMED).map(shownAddress).join(", ");
  const more = addresses.length > MAX_NAMED ? ` and ${addresses.length - MAX_NAMED} more` : "";
  const cause = `which ${kind} ${some}${more} ${addresses.length === 1 ? "is" : "are"} for is not told: ${reason}`;
  return untold(addresses[0] ?? "", cause, give, true);
}

/** A user is in a group that is not in the file. */
export function outsideGroup(name: string, membership: string): UnreadPolicy {
  return {
    name,
    arn: undefined,
    address: membership,
    cause: `the group ${shownAddress(name)} is not in the file`,
    give: "a file that has the group",
    maybe: false,
    mayDeny: true,
  };
}

/** A user is in groups, and the file does not tell which. */
export function openGroups(membership: string, reason: string, give: string): UnreadPolicy {
  const cause = `which groups ${shownAddress(membership)} puts it into is not told: ${reason}`;
  return untold(membership, cause, give, true);
}

/** Somebody may be in a group. */
export function mayBeMember(membership: string, reason: string, give: string): UnreadPolicy {
  const cause = `whether ${shownAddress(membership)} puts it into a group is not told: ${reason}`;
  return untold(membership, cause, give, true);
}

/** A group has more policies than IAM allows. */
export function groupPoliciesLeftOut(address: string, count: number): UnreadPolicy {
  const cause = `${count} policies of the group ${shownAddress(address)} are left out: IAM allows no group so many`;
  return untold(address, cause, "a file in which the group has fewer", false);
}

/** Terraform puts off what it does to somebody. */
export function putOff(address: string, give: string): UnreadPolicy {
  const cause = `what is done to ${shownAddress(address)} is put off to a later apply`;
  return untold(address, cause, give, true);
}

function untold(address: string, cause: string, give: string, maybe: boolean): UnreadPolicy {
  return { name: "", arn: undefined, address, cause, give, maybe, mayDeny: true };
}
