import { keepsRule, type ValueRule } from "../iam/value-rule.js";
import { oddValue } from "./errors.js";

/**
 * A value of a state that is to be written into a configuration.
 *
 * @throws {AdoptionError} when it breaks the rule
 */
export function checkedValue(
  address: string,
  attribute: string,
  value: string,
  rule: ValueRule,
): string {
  if (!keepsRule(rule, value)) {
    throw oddValue(address, attribute, value, rule);
  }
  return value;
}
