import { ROLE_NAME } from "../iam/rules.js";
import { keepsRule } from "../iam/value-rule.js";
import { attachedTwice, notKeyAndName } from "./errors.js";
import { INSTANCE_KEY } from "./rules.js";

/**
 * Reads roles that are written `KEY=NAME`. A name may have an equals sign, a key has none.
 *
 * @returns key → name of the role
 * @throws {AdoptionError} when one is written otherwise, or a key or a name comes twice
 */
export function parseAttachedRoles(given: readonly string[]): Readonly<Record<string, string>> {
  const roles = new Map<string, string>();
  for (const text of given) {
    const sign = text.indexOf("=");
    const [key, name] = [text.slice(0, Math.max(sign, 0)), text.slice(sign + 1)];
    if (sign < 0 || !keepsRule(INSTANCE_KEY, key) || !keepsRule(ROLE_NAME, name)) {
      throw notKeyAndName(text);
    }
    if (roles.has(key)) {
      throw attachedTwice("key", key);
    }
    if ([...roles.values()].includes(name)) {
      throw attachedTwice("role", name);
    }
    roles.set(key, name);
  }
  return Object.fromEntries(roles);
}
