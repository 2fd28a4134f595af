import type { Holder } from "./holder.js";
import type { ManagedPolicy } from "./managed-policies.js";
import { groupPoliciesLeftOut, isForEmptyGroup } from "./notes.js";
import type { Principal } from "./principal.js";
import { unattached } from "./principal-of.js";

/** More than IAM lets a group have: thousands of users in it would have as many policies each. */
const MAX_GROUP_POLICIES = 1000;

/** Gives the users of a group what the group has. */
export function giveToMembers(group: Holder): void {
  const policies = [...group.policies].slice(0, MAX_GROUP_POLICIES);
  const notes = [...group.notes].slice(0, MAX_GROUP_POLICIES);
  if (group.policies.size > policies.length) {
    const left = group.policies.size - policies.length;
    notes.push(groupPoliciesLeftOut(group.resource.address, left));
  }
  for (const user of group.members) {
    for (const [key, policy] of policies) {
      user.policies.set(key, policy);
    }
    for (const note of notes) {
      user.note(note);
    }
  }
}

/**
 * Makes the policies of a group without users nobody's.
 *
 * @param attached the managed policies among them
 * @returns its inline policies
 */
export function takeFromGroup(group: Holder, attached: Iterable<ManagedPolicy>): Principal[] {
  const note = isForEmptyGroup(group.resource.address);
  const managed = new Set<string>();
  for (const policy of attached) {
    policy.holders.delete(group);
    policy.notes.add(note);
    managed.add(policy.resource.address);
  }
  return [...group.policies.values()]
    .filter(({ address }) => !managed.has(address))
    .map((policy) => unattached(policy, [note]));
}
