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
  /** Must not match, although `pattern` does. */
  readonly forbidden?: string;
  /**
   * Characters at most. Beside the pattern and not in it: of `{1,64}` RE2 makes 64 copies whenever Terraform calls a
   * function with it, and so dozens of rules were a good part of a plan.
   *
   * @default no limit
   */
  readonly maxLength?: number;
  /** Characters of a wrong value that a message shows, where the rest may be a secret. @default all */
  readonly shownLength?: number;
  /** The rule and the way out, as the rest of the sentence "…: ". */
  readonly requirement: string;
}

/** Whether a value keeps the rule. */
export function keepsRule(rule: ValueRule, value: string): boolean {
  const { pattern, forbidden, maxLength = Number.POSITIVE_INFINITY } = rule;
  return (
    new RegExp(pattern, "u").test(value) &&
    !(forbidden !== undefined && new RegExp(forbidden, "u").test(value)) &&
    value.length <= maxLength
  );
}
