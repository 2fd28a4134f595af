import { isForOutsider } from "../terraform/notes.js";
import type { Reading } from "../terraform/principal.js";
import type { VerifyOptions } from "./verify-options.js";

/** The names that options give parts to and that the file does not hold. */
export function unknownNames(
  { principals }: Reading,
  { named, principal }: VerifyOptions,
): readonly string[] {
  if (named.length === 0 && principal === undefined) {
    return [];
  }
  const known = new Set(
    principals.flatMap(({ name, address, policies }) => [
      name,
      address,
      ...policies.flatMap((policy) => [policy.name, policy.address]),
    ]),
  );
  const names = [...named.map(({ name }) => name), ...(principal === undefined ? [] : [principal])];
  return names.filter((name) => name === "" || !known.has(name));
}

/** The policies that a file attaches to a role or a user of this name, whom it does not hold. */
export function policiesOfOutsider({ principals }: Reading, name: string): readonly string[] {
  const notes = (["role", "user"] as const).map((kind) => isForOutsider(kind, name));
  return principals
    .filter((policy) => notes.some((note) => policy.notes.includes(note)))
    .map((policy) => policy.name);
}
