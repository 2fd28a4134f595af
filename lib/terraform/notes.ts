import { shown, shownAddress } from "../json/shown.js";
import type { HolderKind } from "./grants.js";
import type { Taking } from "./iam-file.js";

/* What is good to know and changes no answer, a sentence each, as it stands in a principal's notes. */

/** A policy is for somebody of this name who is not in the file. */
export function isForOutsider(kind: HolderKind, name: string): string {
  return `It is attached to the ${kind} ${shown(name)}, which is not in the file: what else that ${kind} may do is not seen.`;
}

/** A policy is a version that AWS does not go by. */
export function isOldVersion(version: string): string {
  return `It is the version ${shown(version)} of its policy, and not the default one, which alone is in force.`;
}

/** The file does not tell whom a policy is for. */
export function isForUnknown(kind: HolderKind, reason: string): string {
  return `Which ${kind} it is attached to is not told: ${reason}.`;
}

/** A policy is for a group that has no user in the file. */
export function isForEmptyGroup(address: string): string {
  return `It is attached to the group ${shownAddress(address)}, none of whose members is in the file.`;
}

/** An attachment may be of this policy. */
export function mayBeAttached(attachment: string, reason: string): string {
  return `${shownAddress(attachment)} may attach it, and whether it does is not told: ${reason}.`;
}

/** The name is not told, or not all of it. */
export function nameUnknown(reason: string): string {
  return `Its name is not told: ${reason}.`;
}

/** It is open whether a resource is made, as the rest of a sentence. */
export function mayNotBeMade(address: string, reason: string): string {
  return `whether ${shownAddress(address)} is made, and how often, is not told: ${reason}`;
}

/** It is open whether the remains of a replacement that broke off are still there, as the rest of a sentence. */
export function deposedIsLeft(address: string): string {
  return `whether what is deposed of ${shownAddress(address)} is left is not told: the next apply deletes it`;
}

/** The rest of a sentence as one of its own; a sentence as it is. */
export function sentenceOf(text: string): string {
  return text.endsWith(".") ? text : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** The apply takes a policy away, because an exclusive list does not name it. */
export function exclusiveListTakes(list: string, policy: string): string {
  return `The apply takes the policy ${shown(policy)} from it: ${shownAddress(list)} leaves it only what the list names.`;
}

/** The apply takes something away, and the resource that gave it stays as it is. */
export function applyTakes(
  resource: string,
  given: string,
  { address, isDeleted }: Taking,
): string {
  const other = isDeleted
    ? `it deletes ${address === resource ? `the old ${shownAddress(address)} last` : shownAddress(address)}, and the same with it`
    : "another resource says that it has others";
  return `The apply takes ${given} from it, although ${shownAddress(resource)} gives it: ${other}.`;
}

/** It is open whether something is left, as the rest of a sentence. */
export function mayBeTaken(
  resource: string,
  given: string,
  { address, isDeposed = false }: Taking,
): string {
  if (isDeposed) {
    return `whether ${given} is left is not told: the next apply deletes what is deposed of ${shownAddress(address)}, and the same with it`;
  }
  return `whether ${given} is left is not told: the apply takes it by ${shownAddress(address)} and gives it by ${shownAddress(resource)}, in no fixed order`;
}

/** Somebody is replaced, and what was attached to the old one is not attached to the new one. */
export function lostByReplacement(resource: string): string {
  return `The apply replaces it, and does not do anew what ${shownAddress(resource)} did for the old one.`;
}
