import { UnknownPart } from "../iam/evaluate/unknown-part.js";
import { isObject } from "../json/json-value.js";
import type { PrincipalPolicy } from "./principal.js";

/**
 * A policy of which it is open whether somebody has it: what is in it is told, and each of its
 * statements only may apply.
 *
 * @param doubt why it is open; undefined where it is not
 */
export function inDoubt(policy: PrincipalPolicy, doubt: UnknownPart | undefined): PrincipalPolicy {
  const { document } = policy;
  if (doubt === undefined || !isObject(document) || document instanceof UnknownPart) {
    return policy;
  }
  const { Statement: statements } = document;
  const list: readonly unknown[] = Array.isArray(statements) ? statements : [statements];
  const doubted = list.map((statement) =>
    isObject(statement) && !(statement instanceof UnknownPart)
      ? { ...statement, Condition: doubt }
      : statement,
  );
  return { ...policy, document: { ...document, Statement: doubted } };
}
