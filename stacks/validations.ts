import * as inputRules from "../lib/constructs/input-rules.js";
import * as rules from "../lib/constructs/terraform-rule.js";
import type { ValueRule } from "../lib/iam/value-rule.js";
import type { Validation } from "../lib/module/module-variable.js";

export {
  everyRule,
  type ItemsRule,
  isOneOf,
  itemsRule,
} from "../lib/constructs/terraform-rule.js";

/** A variable as a rule knows it. */
function variableOf(name: string, nullable = false): rules.CheckedValue {
  return { name, value: `var.${name}`, nullable };
}

/** Refuses a string that breaks the rule. A nullable variable may be null. */
export function stringRule(variable: string, rule: ValueRule, nullable = false): Validation {
  return rules.textRule(variableOf(variable, nullable), rule);
}

/** Refuses a value that is none of the choices. */
export function choiceRule(variable: string, choices: readonly string[]): Validation {
  return rules.choiceRule(variableOf(variable), choices);
}

/** Refuses a number outside the bounds, both included, or with a fraction. */
export function wholeNumberRule(
  variable: string,
  from: number,
  to: number,
  unit: string,
): Validation {
  return rules.wholeNumberRule(variableOf(variable), from, to, unit);
}

/** Refuses a list of strings in which some break the rule. @param each what a string is called */
export function listRule(variable: string, rule: ValueRule, each: string): Validation[] {
  return rules.listRule(variableOf(variable), rule, each);
}

/** Refuses tags that AWS would not take. */
export function tagRules(variable: string): Validation[] {
  return inputRules.tagRules(variableOf(variable));
}

/** Refuses output buckets of which anything breaks its rule. */
export function outputBucketRules(variable: string): Validation[] {
  return inputRules.outputBucketRules(variableOf(variable));
}

/** The same where there may be thousands of them. */
export function manyBucketRules(variable: string): Validation[] {
  return inputRules.manyBucketRules(variableOf(variable));
}

/** Refuses trusted OIDC identities of which anything breaks its rule. */
export function oidcTrustRules(variable: string): Validation[] {
  return inputRules.oidcTrustRules(variableOf(variable));
}

/** The same of the buckets of a caller, which reads and deletes. */
export function callerBucketRules(variable: string): Validation[] {
  return inputRules.callerBucketRules(variableOf(variable));
}
