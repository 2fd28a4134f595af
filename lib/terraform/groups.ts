import type { Holder } from "./holder.js";
import type { ManagedPolicy } from "./managed-policies.js";
import { isForEmptyGroup } from "./notes.js";
import type { Principal } from "./principal.js";
import { unattached } from "./principal-of.js";
import { groupPoliciesLeftOut } from "./unread.js";

/** More than IAM lets a group have: thousands of users in it would have as many policies each. */
const MAX_GROUP_POLICIES = 1000;

/** What users lose only tells what they are for: of more policies that is known by then. */
const MAX_LOST = 100;

const NONE = { policies: [] };

/** Gives the users of a group what the group has. */
export function giveToMembers(group: Holder): void {
  const policies = group.forMembers(MAX_GROUP_POLICIES);
  const unread = group.unread.slice(0, MAX_GROUP_POLICIES);
  const left = policies.left + (group.unread.length - unread.length);
  const notes = [...group.notes].slice(0, MAX_GROUP_POLICIES);
  const leftOut = left > 0 ? [groupPoliciesLeftOut(group.resource.address, left)] : [];
  for (const user of group.members) {
    user.giveFromGroup(policies);
    for (const policy of [...unread, ...leftOut]) {
      user.giveUnread(policy, "group");
    }
    for (const note of notes) {
      user.note(note);
    }
  }
}

/** Notes what the users of a group have until the apply, by what the group loses and by no longer being in it. */
export function loseOfGroup(group: Holder): void {
  const { policies } = group.formerMembers.size > 0 ? group.forMembers(MAX_LOST) : NONE;
  const lost = group.lost.slice(0, MAX_LOST);
  for (const user of group.formerMembers) {
    user.lost.push(...policies);
  }
  for (const user of lost.length > 0 ? [...group.members, ...group.formerMembers] : []) {
    user.lost.push(...lost);
  }
}

/**
 * Makes the policies of a group without users nobody's.
 *
 * @param attached the managed policies among them
 * @param moduleSources of the group, as in `Principal`
 * @returns its inline policies
 */
export function takeFromGroup(
  group: Holder,
  attached: Iterable<ManagedPolicy>,
  moduleSources: readonly string[],
): readonly Principal[] {
  const note = isForEmptyGroup(group.resource.address);
  const managed = new Set<string>();
  for (const policy of attached) {
    policy.holders.delete(group);
    policy.notes.add(note);
    managed.add(policy.resource.address);
  }
  return group.policies
    .filter(({ address }) => !managed.has(address))
    .map((policy) => unattached(policy, moduleSources, [note]));
}
