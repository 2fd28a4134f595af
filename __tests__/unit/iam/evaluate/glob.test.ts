import fc from "fast-check";
import { expect, test } from "vitest";
import { matchesGlob, parseGlob } from "../../../../lib/iam/evaluate/glob.js";
import { processorTimer } from "../../../support/processor-time.js";

/** The meaning of a pattern, written for clearness: which ends of the value each part can reach. */
function reference(pattern: string, value: string): boolean {
  let reached = new Set([0]);
  for (const part of pattern) {
    const next = new Set<number>();
    for (const at of reached) {
      if (part === "*") {
        for (let end = at; end <= value.length; end += 1) {
          next.add(end);
        }
      } else if (at < value.length && (part === "?" || part === value[at])) {
        next.add(at + 1);
      }
    }
    reached = next;
  }
  return reached.has(value.length);
}

test("means what a pattern means", () => {
  const text = (letters: readonly string[]): fc.Arbitrary<string> =>
    fc.array(fc.constantFrom(...letters), { maxLength: 12 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text(["a", "b", "*", "?"]), text(["a", "b"]), (pattern, value) => {
      expect(matchesGlob(parseGlob(pattern), value)).toBe(reference(pattern, value));
    }),
    { numRuns: 20_000 },
  );
});

test.each<[pattern: string, value: string, expected: boolean]>([
  ["ab", "ab", true],
  ["ab", "abc", false],
  ["", "", true],
  ["", "a", false],
  ["*", "", true],
  ["a*", "a", true],
  ["*a", "ba", true],
  // Beginning and end do not share characters.
  ["ab*bc", "abc", false],
  ["ab*bc", "abbc", true],
  // Nor does what stands between, with either of them or with what comes next.
  ["a*bb*c", "abc", false],
  ["a*b*b*c", "abc", false],
  ["a*b*b*c", "abbc", true],
  ["a*bc*c", "abc", false],
  ["a*bc*c", "abcc", true],
  ["*ab*ab*", "abab", true],
  ["*ab*ab*", "aab", false],
  ["*ab*ba*", "aba", false],
  ["a?c", "abc", true],
  ["a?c", "ac", false],
  ["?", "", false],
  ["*?*", "", false],
  ["*a?*c", "abc", true],
  ["*a?*c", "ac", false],
  ["*?b*c", "abc", true],
  ["*?b*c", "bc", false],
  ["*?a*?a*", "aaa", false],
  ["*?a*?a*", "aaaa", true],
])("%s and %s", (pattern, value, expected) => {
  expect(matchesGlob(parseGlob(pattern), value)).toBe(expected);
  expect(reference(pattern, value)).toBe(expected);
});

test.each([
  ["many wildcards", "*a".repeat(3000), `${"a".repeat(2999)}b`],
  ["many open characters", `*${"?a".repeat(1500)}b*`, "a".repeat(6000)],
  ["a long stretch that nearly fits", `*${"a".repeat(3000)}b*`, "a".repeat(6000)],
])("%s take no time", (_, pattern, value) => {
  const elapsed = processorTimer();
  expect(matchesGlob(parseGlob(pattern), value)).toBe(false);
  expect(elapsed()).toBeLessThan(500);
});
