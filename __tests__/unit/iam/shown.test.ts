import { describe, expect, it } from "vitest";
import { quotedChoices } from "../../../lib/iam/shown.js";

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
