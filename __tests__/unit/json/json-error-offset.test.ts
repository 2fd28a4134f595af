import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonErrorOffset } from "../../../lib/json/json-error-offset.js";

describe("where a text stops being JSON", () => {
  it.each([
    ["", 0],
    ["x", 0],
    [" x", 1],
    ["{", 1],
    ["{a", 1],
    ['{"a"', 4],
    ['{"a" 1', 5],
    ['{"a":', 5],
    ['{"a":}', 5],
    ['{"a":1,}', 7],
    ['{"a":1 "b"', 7],
    ["[1,]", 3],
    ["[1 2]", 3],
    ["[1}", 2],
    ["[,", 1],
    ["01", 1],
    ["1.", 1],
    ["-", 0],
    ["truex", 4],
    ["nul", 0],
    ['"a', 2],
    ['"a\\', 2],
    ['"a\\x"', 2],
    ['"\\u12"', 1],
    ['"a\nb"', 2],
    ["1 1", 2],
    ["{}}", 2],
    ["'a'", 0],
    ["[1, // one\n2]", 4],
  ])("%j: %i", (text, offset) => {
    expect(jsonErrorOffset(text)).toBe(offset);
  });

  it("is nowhere in JSON", () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2), (text, indent) => {
        expect(jsonErrorOffset(JSON.stringify(JSON.parse(text), null, indent))).toBeUndefined();
      }),
    );
  });

  it("is somewhere exactly where JSON.parse refuses a text", () => {
    const text = fc.string({
      unit: fc.constantFrom(...'{}[]:,"\\u0a1-+.eE \n\ttrue\u007f\u2028é'),
      maxLength: 12,
    });
    fc.assert(
      fc.property(text, (candidate) => {
        expect(jsonErrorOffset(candidate) === undefined).toBe(isJson(candidate));
      }),
      { numRuns: 5000 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
