import { describe, expect, it } from "vitest";
import * as rules from "../../../lib/iam/rules.js";
import type { ValueRule } from "../../../lib/iam/value-rule.js";
import {
  choiceRule,
  everyRule,
  type ItemsRule,
  itemsRule,
  stringRule,
  wholeNumberRule,
} from "../../../stacks/validations.js";

const RULE: ValueRule = {
  subject: "a word",
  pattern: "^\\p{L}+$",
  forbidden: "^no$",
  maxLength: 9,
  requirement: "give one.",
};

/** What the rule is in HCL, for some value that may be null. */
function holds(value: string): string {
  return `can(regex("^\\\\p{L}+$", ${value})) && !can(regex("^no$", ${value})) && try(length(${value}) <= 9, false)`;
}

describe("a validation", () => {
  it("of a text has all of the rule, and its message the value, the rule and the way out", () => {
    expect(stringRule("v", RULE)).toEqual({
      condition: `\${${holds("var.v").replace("try(length(var.v) <= 9, false)", "length(var.v) <= 9")}}`,
      errorMessage: 'v is "${var.v}", which is not a word: give one.',
    });
  });

  it("of a text that may be null lets null pass", () => {
    expect(stringRule("v", RULE, true)).toEqual({
      condition: `\${var.v == null || ${holds("var.v")}}`,
      errorMessage: "v is ${jsonencode(var.v)}, which is not a word: give one.",
    });
  });

  it("of a text that may hold a secret shows its beginning alone", () => {
    const { errorMessage } = stringRule("v", { ...RULE, shownLength: 4 }, true);

    expect(errorMessage).toBe(
      "v begins with ${jsonencode(try(substr(var.v, 0, 4), null))}, which is not a word: give one.",
    );
  });

  it("of a choice names the choices", () => {
    expect(choiceRule("v", ["a", "b", "c"])).toEqual({
      condition: '${contains(["a", "b", "c"], var.v)}',
      errorMessage: 'v is "${var.v}": give "a", "b" or "c".',
      refused: { value: "other", message: 'v is "other": give "a", "b" or "c".' },
    });
  });

  it("of a number refuses fractions", () => {
    expect(wholeNumberRule("v", 1, 9, "seconds")).toEqual({
      condition: "${var.v >= 1 && var.v <= 9 && floor(var.v) == var.v}",
      errorMessage: "v is ${var.v}: give a whole number of seconds from 1 to 9.",
      refused: { value: 0, message: "v is 0: give a whole number of seconds from 1 to 9." },
    });
  });

  const NAMES: ItemsRule = {
    each: "item",
    of: "var.v[*].name",
    holds: 'can(regex("^(a|b)$", item))',
    what: 'v has "names"',
    wayOut: "give one.",
  };

  it("of every item names those that break the rule", () => {
    expect(itemsRule(NAMES)).toEqual({
      condition: '${alltrue([for item in var.v[*].name : can(regex("^(a|b)$", item))])}',
      errorMessage:
        'v has "names": ${join(", ", [for item in var.v[*].name : jsonencode(item) if !can(regex("^(a|b)$", item))])}. Give one.',
    });
  });

  it("of every item that it is for leaves the others out of both", () => {
    const rule = itemsRule({ ...NAMES, only: "item != null" });

    expect(rule.condition).toContain(': can(regex("^(a|b)$", item)) if item != null])}');
    expect(rule.errorMessage).toContain('if item != null && !can(regex("^(a|b)$", item))])}');
  });

  it("of every item shows what tells them apart, perhaps with another variable", () => {
    const rule = itemsRule({ ...NAMES, named: "index, item", shown: "index" });

    expect(rule.condition).toContain("[for item in var.v[*].name : can(");
    expect(rule.errorMessage).toContain("[for index, item in var.v[*].name : index if !can(");
  });

  it("of every item of thousands makes no list of conditions, whose types would be compared", () => {
    const { condition, errorMessage } = itemsRule({ ...NAMES, many: true });

    expect(condition).toBe(
      '${length([for item in var.v[*].name : item if !can(regex("^(a|b)$", item))]) == 0}',
    );
    expect(errorMessage).toBe(itemsRule(NAMES).errorMessage);
  });

  it("of every item is one rule for what it must match, and one for what it must not", () => {
    const rules = everyRule(
      { ...RULE, forbiddenBecause: "no is none." },
      { each: "item", of: "var.v", what: "v has invalid values" },
    );

    expect(rules.map(({ condition }) => condition.split(" : ")[1])).toEqual([
      'can(regex("^\\\\p{L}+$", item)) && try(length(item) <= 9, false)])}',
      '!can(regex("^no$", item))])}',
    ]);
    expect(rules.map(({ errorMessage }) => errorMessage.split("}. ").at(-1))).toEqual([
      "Give one.",
      "No is none.",
    ]);
  });

  it.each(Object.entries(rules))("of %s has the rule's patterns as they are", (_name, rule) => {
    const { condition } = stringRule("v", rule);
    const quoted = [...condition.matchAll(/regex\(("[^"]*"),/g)].map(([, pattern]) => pattern);

    expect(quoted.map((pattern) => JSON.parse(pattern ?? ""))).toEqual(
      [rule.pattern, rule.forbidden].filter((pattern) => pattern !== undefined),
    );
  });
});
