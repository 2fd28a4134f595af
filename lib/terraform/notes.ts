import type { HolderKind } from "./grants.js";
import { shown, shownAddress } from "./shown.js";
import type { Unknown } from "./unknown.js";

/* What could not be read, a sentence each, as it stands in a principal's notes. */

/** How many addresses a sentence names. */
const MAX_NAMED = 5;

/** The text of a policy is not told. */
export function policyLeftOut(name: string, address: string, document: Unknown): string {
  const policy = name === "" ? "The policy" : `The policy ${shown(name)}`;
  return `${policy} of ${shownAddress(address)} is left out: ${document.reason}.`;
}

/** The blocks `inline_policy` of a role are not told. */
export function inlinePoliciesLeftOut(address: string, blocks: Unknown): string {
  return `The inline policies of ${shownAddress(address)} are left out: ${blocks.reason}.`;
}

/** A managed policy is attached whose text the file does not hold. */
export function attachedFromOutside(arn: string): string {
  return `The managed policy ${shownAddress(arn)} is attached to it, and is not in the file: what it allows is not seen.`;
}

/** A managed policy is attached, and the file does not tell which. */
export function attachedUnknown(attachment: string, reason: string): string {
  return `${shownAddress(attachment)} attaches a managed policy to it, and which one is not told: ${reason}.`;
}

/** An attachment may be of this policy. */
export function mayBeAttached(attachment: string, reason: string): string {
  return `${shownAddress(attachment)} may attach it, and whether it does is not told: ${reason}.`;
}

/** A list of managed policies is not told, but for those that it refers to. */
export function mayAttachMore(address: string, reason: string): string {
  return `${shownAddress(address)} may attach more managed policies to it than those that it refers to: ${reason}.`;
}

/** A policy or attachment may be for this principal. */
export function mayBeFor(address: string, reason: string): string {
  return `${shownAddress(address)} may be for it, and whether it is is not told: ${reason}.`;
}

/** Policies or attachments may be for any principal of a kind. */
export function mayBeForAny(kind: HolderKind, addresses: readonly string[]): string {
  const some = addresses.slice(0, MAX_NAMED).map(shownAddress).join(", ");
  const more = addresses.length > MAX_NAMED ? ` and ${addresses.length - MAX_NAMED} more` : "";
  return `Which ${kind} these are for is not told, so any ${kind} may have more than is seen: ${some}${more}.`;
}

/** A policy is for somebody of this name who is not in the file. */
export function isForOutsider(kind: HolderKind, name: string): string {
  return `It is attached to the ${kind} ${shown(name)}, which is not in the file: what else that ${kind} may do is not seen.`;
}

/** The file does not tell whom a policy is for. */
export function isForUnknown(kind: HolderKind, reason: string): string {
  return `Which ${kind} it is attached to is not told: ${reason}.`;
}

/** A policy is for a group that has no user in the file. */
export function isForEmptyGroup(address: string): string {
  return `It is attached to the group ${shownAddress(address)}, none of whose members is in the file.`;
}

/** A user is in a group that is not in the file. */
export function isInOutsideGroup(name: string): string {
  return `It is in the group ${shown(name)}, which is not in the file: what the group may do is not seen.`;
}

/** A user is in groups, and the file does not tell which. */
export function isInUnknownGroups(address: string, reason: string): string {
  return `${shownAddress(address)} puts it into groups, and which ones is not told: ${reason}.`;
}

/** A group has more policies than IAM allows. */
export function groupPoliciesLeftOut(address: string, count: number): string {
  return `${count} policies of the group ${shownAddress(address)} are left out: IAM allows no group so many.`;
}

/** The name is not told. */
export function nameUnknown(name: Unknown): string {
  return `Its name is not told: ${name.reason}.`;
}

/** The trust policy is not told. */
export function trustLeftOut(trust: Unknown): string {
  return `Who may assume it is left out: ${trust.reason}.`;
}

/** The boundary is a policy whose text the file does not hold. */
export function boundaryFromOutside(arn: string): string {
  return `Its permissions boundary ${shownAddress(arn)} is not in the file: what it takes away is not seen.`;
}

/** There may be a boundary, and the file does not tell which. */
export function boundaryUnknown(reason: string): string {
  return `It may have a permissions boundary, and which one is not told: ${reason}.`;
}

/** It is open whether a resource is made. */
export function mayNotBeMade(address: string, reason: string): string {
  return `Whether ${shownAddress(address)} is made, and how often, is not told: ${reason}.`;
}
