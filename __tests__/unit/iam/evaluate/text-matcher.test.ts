import { describe, expect, test } from "vitest";
import type { Answer } from "../../../../lib/iam/evaluate/answer.js";
import { parsePieces, parseText } from "../../../../lib/iam/evaluate/policy-text.js";
import { RequestContext } from "../../../../lib/iam/evaluate/request-context.js";
import { textMatcher } from "../../../../lib/iam/evaluate/text-matcher.js";
import { UnknownPart } from "../../../../lib/iam/evaluate/unknown-part.js";

const SYNTAX = { wildcards: true, variables: true } as const;
const open = (name: string, ...pieces: readonly string[]) =>
  new UnknownPart(name, `more of ${name}`, pieces);

const CONTEXT = new RequestContext(() => ({
  context: {
    "x:plain": "Video",
    "x:star": "*",
    "x:open": open("context", "be", "en"),
    "x:long": "y".repeat(5000),
    "x:limit": "y".repeat(4096),
    "x:longopen": open("context", "y".repeat(3000), "y".repeat(3000)),
  },
  untold: ["x:untold"],
}));

/** Yes, no, or the causes of the doubt. */
const read = (answer: Answer): unknown =>
  typeof answer === "boolean" ? answer : answer.map(({ cause }) => cause);

const UNTOLD = "its variable ${x:untold} is decided by the caller's session";

describe("a text of a policy and a value of a request", () => {
  test.each<[pattern: string, value: string, expected: unknown]>([
    ["a", "a", true],
    ["a", "A", false],
    ["*", "anything", true],
    ["?", "ab", false],
    ["?", "a", true],
    ["a*", "abc", true],
    ["${x:plain}", "Video", true],
    ["${x:plain}", "video", false],
    ["a/${x:plain}/*", "a/Video/b", true],
    ["a/${x:plain}/*", "a/Audio/b", false],
    // A wildcard in a value is a character.
    ["${x:star}", "*", true],
    ["${x:star}", "anything", false],
    ["${x:none}", "", false],
    ["a${x:none}*", "a", false],
    ["${x:none, 'b'}", "b", true],
    ["${x:open}", "been", ["context"]],
    ["${x:open}", "begin", false],
    ["${x:open}", "xbeen", false],
    ["${x:open}", "be in en", ["context"]],
    ["${x:open}*", "bx", false],
    ["${x:untold}", "whatever", [UNTOLD]],
    ["a${x:untold}", "b", false],
    ["${x:untold}/${x:open}", "a/been", [UNTOLD, "context"]],
    ["${x:long}*", "y", false],
    ["${x:long}*", "y".repeat(5000), true],
    ["${x:longopen}", "y".repeat(5999), false],
  ])("%s and %s", (pattern, value, expected) => {
    expect(read(textMatcher(parseText(pattern, SYNTAX, "")).fits(value, CONTEXT))).toEqual(
      expected,
    );
  });

  test.each<[pattern: string, value: string, expected: unknown]>([
    ["VIDEO", "video", true],
    ["V*O", "vidEo", true],
    ["x/${X:Plain}", "X/VIDEO", true],
    ["${x:open}", "BEEN", ["context"]],
    ["video", "audio", false],
    // One letter is not two, as its capitals are.
    ["stra\u00dfe", "strasse", false],
  ])("%s and %s, whatever their case", (pattern, value, expected) => {
    const matcher = textMatcher(parseText(pattern, SYNTAX, ""), true);

    expect(read(matcher.fits(value, CONTEXT))).toEqual(expected);
  });

  test.each<[pieces: readonly string[], value: string, expected: unknown]>([
    [["a", ""], "abc", ["text"]],
    [["a", ""], "bc", false],
    [["a", "${x:plain}"], "abVideo", ["text"]],
    [["a", "${x:plain}"], "abAudio", false],
    [["${x:untold}", "a"], "bca", [UNTOLD, "text"]],
  ])("%j, of which parts are known, and %s", (pieces, value, expected) => {
    const matcher = textMatcher(parsePieces(open("text", ...pieces), SYNTAX, ""));

    expect(read(matcher.fits(value, CONTEXT))).toEqual(expected);
  });
});

describe("a text of a policy and a value that is known in part", () => {
  test.each<[pattern: string, pieces: readonly string[], expected: unknown]>([
    // What lies under a wildcard may be anything.
    ["*", ["a", "b"], true],
    ["a*", ["a", ""], true],
    ["a*", ["ab", ""], true],
    ["*b", ["", "b"], true],
    ["a*c", ["ab", "bc"], true],
    ["a*b*c", ["a", "b", "c"], true],
    // What it would have to be is in doubt.
    ["ab", ["a", ""], ["value"]],
    ["ab", ["", "b"], ["value"]],
    ["ab", ["a", "b"], ["value"]],
    ["ab*", ["a", ""], ["value"]],
    ["*ab", ["", "b"], ["value"]],
    ["a?", ["a", ""], ["value"]],
    ["?*", ["", ""], ["value"]],
    ["?*b", ["a", "b"], ["value"]],
    ["a*?", ["a", "b"], ["value"]],
    ["x?*", ["a", "b"], ["value"]],
    ["*?x", ["a", "b"], ["value"]],
    // What is known cannot be so.
    ["ab", ["b", ""], false],
    ["ab", ["", "a"], false],
    ["ab", ["abc", ""], false],
    ["ab", ["ab", "b"], false],
    ["b*", ["a", ""], false],
    ["bc*", ["ac", ""], false],
    ["*b", ["", "a"], false],
    ["*cb", ["", "ca"], false],
    ["a*b", ["a", "c"], false],
    ["a*b", ["c", "b"], false],
    ["abc*", ["abd", "x"], false],
    ["*abc", ["x", "dbc"], false],
    ["${x:plain}", ["Vi", ""], ["value"]],
    ["${x:plain}", ["Au", ""], false],
    ["${x:plain}*", ["Video/", ""], true],
    ["${x:none}*", ["a", ""], false],
    ["${x:open}", ["b", "n"], ["value", "context"]],
    ["${x:untold}*", ["a", "b"], [UNTOLD]],
    ["*${x:untold}*", ["a", "b"], [UNTOLD]],
    ["${x:untold}c", ["a", "b"], false],
    ["a${x:untold}", ["b", ""], false],
    ["?", ["", "b"], ["value"]],
    ["*c", ["a", "b", "d"], false],
    ["?*d", ["a", "b", "d"], ["value"]],
    // So long a text is not looked at.
    ["${x:long}", ["z", "y"], ["value"]],
    ["${x:longopen}", ["z", "y"], ["value"]],
    ["${x:limit}", ["z", "y"], false],
    ["y${x:limit}", ["z", "y"], ["value"]],
  ])("%s and %j", (pattern, pieces, expected) => {
    const matcher = textMatcher(parseText(pattern, SYNTAX, ""));

    expect(read(matcher.fits(open("value", ...pieces), CONTEXT))).toEqual(expected);
  });

  test("is compared whatever its case, where that is so", () => {
    const value = open("value", "Vi", "");

    expect(textMatcher([{ text: "VIDEO" }], true).fits(value, CONTEXT)).toEqual([value]);
    expect(textMatcher([{ text: "VIDEO" }]).fits(value, CONTEXT)).toBe(false);
  });
});

test("a text needs what its variables without a default, and its holes, stand for", () => {
  const hole = open("text", "${x:a}", "${x:b, 'c'}");
  const { needs } = textMatcher(parsePieces(hole, SYNTAX, ""));

  expect(needs).toMatchObject([{ variable: "x:a", written: "x:a" }, hole]);
  expect(textMatcher(parseText("${x:b, 'c'}", SYNTAX, ""))).not.toHaveProperty("needs");
});
