import { describe, expect, it } from "vitest";
import { quotedChoices, shown } from "../../../lib/iam/shown.js";

describe("choices as prose", () => {
  it.each([
    [[], ""],
    [["a"], '"a"'],
    [["a", "b"], '"a" or "b"'],
    [["a", "b", "c"], '"a", "b" or "c"'],
  ])("of %j are %s", (choices, prose) => {
    expect(quotedChoices(choices)).toBe(prose);
  });
});

describe("a value as a message shows it", () => {
  const LIST = Array.from({ length: 60 }, () => 1);
  it.each([
    ["x".repeat(200), `"${"x".repeat(200)}"`],
    [true, "true"],
    [{ a: 1, b: "c" }, '{ a: 1, b: "c" }'],
    [[null, { a: 1 }], "[null, {…}]"],
    // 120 characters are shown, and one more is not.
    [LIST.slice(0, 40), `[${"1, ".repeat(39)}1]`],
    [LIST.slice(0, 41), `[${"1, ".repeat(39)}1,…`],
    [LIST, `[${"1, ".repeat(39)}1,…`],
  ])("%j", (value, text) => {
    expect(shown(value)).toBe(text);
  });
});
