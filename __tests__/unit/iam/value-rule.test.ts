import { describe, expect, it } from "vitest";
import { keepsRule, type ValueRule } from "../../../lib/iam/value-rule.js";

const RULE: ValueRule = {
  subject: "a word",
  pattern: "^[a-z]+$",
  forbidden: "^no$|bad",
  maxLength: 5,
  requirement: "give one.",
};

describe("keepsRule", () => {
  it.each([
    { case: "matches the pattern", value: "yes", kept: true },
    { case: "is as long as allowed", value: "abcde", kept: true },
    { case: "is longer than allowed", value: "abcdef", kept: false },
    { case: "does not match the pattern", value: "Yes", kept: false },
    { case: "matches what is forbidden", value: "no", kept: false },
    { case: "holds what is forbidden", value: "abad", kept: false },
    { case: "only resembles what is forbidden", value: "noo", kept: true },
  ])("is $kept for a value that $case", ({ value, kept }) => {
    expect(keepsRule(RULE, value)).toBe(kept);
  });

  it("knows no limit where the rule has none", () => {
    const { maxLength: _, ...unlimited } = RULE;

    expect(keepsRule(unlimited, "a".repeat(10_000))).toBe(true);
  });

  it("counts a character outside the basic plane once in the pattern, and in what is forbidden", () => {
    const rule: ValueRule = {
      subject: "a letter",
      pattern: "^\\p{L}{1}$",
      requirement: "give one.",
    };

    expect(keepsRule(rule, "𝒳")).toBe(true);
    expect(keepsRule({ ...rule, forbidden: "^.$" }, "𝒳")).toBe(false);
  });

  it("asks for the letters that Terraform makes of one, too, which normalizes every text", () => {
    const rule: ValueRule = { subject: "a word", pattern: "^\\p{L}+$", requirement: "give one." };
    const [yodWithHiriq, short] = ["\ufb1d", "\ufb2a"];

    expect(keepsRule(rule, "\u05d9")).toBe(true);
    expect(keepsRule(rule, yodWithHiriq)).toBe(false);
    expect(keepsRule({ ...rule, pattern: "^.+$", maxLength: 1 }, short)).toBe(false);
    // The other way round, one letter is two as it is written, and stands so in a policy.
    expect(keepsRule({ ...rule, pattern: "^[ -ÿ]+$" }, "e\u0301")).toBe(false);
  });
});
