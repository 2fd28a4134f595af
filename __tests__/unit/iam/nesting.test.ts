import { describe, expect, it } from "vitest";
import { isNestedDeeper } from "../../../lib/iam/nesting.js";

const lists = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;

describe("isNestedDeeper", () => {
  it.each([
    ["", 0, false],
    ["1", 0, false],
    ["[]", 0, true],
    ["[]", 1, false],
    [lists(100), 100, false],
    [lists(101), 100, true],
    ['{"a":{"b":[1]}}', 3, false],
    ['{"a":{"b":[1]}}', 2, true],
    // Beside each other is not in each other.
    ["[[],[],[],[]]", 2, false],
    ['[{"a":1},{"a":1},{"a":1}]', 2, false],
    ['["[[[[", "\\"[[[[", "{"]', 1, false],
    // Broken off.
    ["[[[", 2, true],
    ['["[[[', 1, false],
  ])("%j, deeper than %i: %j", (text, limit, expected) => {
    expect(isNestedDeeper(text, limit)).toBe(expected);
  });
});
