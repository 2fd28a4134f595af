/**
 * A rule for a value that ends up in an ARN or a name. The same data checks a value in TypeScript
 * and becomes a `validation` block in Terraform, so its patterns are written in what JavaScript and
 * RE2 have in common: no look-around, no back-references.
 */
export interface ValueRule {
  /** What the value is, as it reads in a message: "a role's name". */
  readonly subject: string;
  /** Must match. Anchored at both ends. */
  readonly pattern: string;
  /** What is said of a value that does not match, where that is a check by itself. @default the requirement */
  readonly patternRequirement?: string;
  /** Must not match, although `pattern` does. */
  readonly forbidden?: string;
  /** What is said of a value that is forbidden, where that is a check by itself. @default the requirement */
  readonly forbiddenBecause?: string;
  /**
   * Must not match where the value is written into Terraform's source, which would read it as something else. What
   * Terraform is given is data.
   */
  readonly forbiddenInSource?: string;
  /**
   * Characters at most. Beside the pattern and not in it where a value is always given: of `{1,64}` RE2 makes 64 copies
   * whenever Terraform calls a function with it, and so dozens of rules were a good part of a plan. An item of a list
   * costs that only where there is one, and has its length in the pattern unless there may be thousands.
   *
   * @default no limit
   */
  readonly maxLength?: number;
  /** What the pattern does not say by itself, for whoever reads it in Terraform. @default nothing */
  readonly note?: string;
  /** Characters of a wrong value that a message shows, where the rest may be a secret. @default all */
  readonly shownLength?: number;
  /**
   * Values that the rule refuses: one that does not match the pattern and has nothing that is forbidden, and one that
   * matches and is forbidden. Tests give them, also those that lie beside each module. @default none
   */
  readonly refused?: { readonly pattern: string; readonly forbidden?: string };
  /** The rule and the way out, as the rest of the sentence "…: ". */
  readonly requirement: string;
}

/**
 * Whether a value keeps the rule, as it is written and as Terraform has it, which normalizes every text: of one
 * letter two can become, of which the rule has only one.
 */
export function keepsRule(rule: ValueRule, value: string): boolean {
  return keeps(rule, value) && keeps(rule, value.normalize());
}

function keeps(rule: ValueRule, value: string): boolean {
  const { pattern, maxLength = Number.POSITIVE_INFINITY } = rule;
  return (
    new RegExp(pattern, "u").test(value) && !isForbidden(rule, value) && value.length <= maxLength
  );
}

/** Whether a value, or a part of it, is what the rule forbids. */
export function isForbidden({ forbidden, forbiddenInSource }: ValueRule, value: string): boolean {
  return [forbidden, forbiddenInSource].some(
    (pattern) => pattern !== undefined && new RegExp(pattern, "u").test(value),
  );
}
