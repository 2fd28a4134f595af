import { describe, expect, test } from "vitest";
import type { Answer } from "../../../../lib/iam/evaluate/answer.js";
import {
  arnMatcher,
  arnTextMatcher,
  unknownArnMatcher,
} from "../../../../lib/iam/evaluate/arn-matcher.js";
import { type ArnParts, arnParts } from "../../../../lib/iam/evaluate/arn-parts.js";
import { PolicyError } from "../../../../lib/iam/evaluate/errors.js";
import { RequestContext } from "../../../../lib/iam/evaluate/request-context.js";
import { UnknownPart } from "../../../../lib/iam/evaluate/unknown-part.js";

const SYNTAX = { variables: true } as const;
const CONTEXT = new RequestContext(() => ({
  context: { "x:a": "video" },
  untold: ["x:untold"],
}));
const UNTOLD = "its variable ${x:untold} is decided by the caller's session";

/** The parts of an ARN that a case gives. */
function partsOf(arn: string): ArnParts {
  const parts = arnParts(arn);
  if (parts === undefined) {
    throw new Error(`${arn} is no ARN.`);
  }
  return parts;
}

const open = (name: string, ...pieces: readonly string[]) =>
  new UnknownPart(name, `more of ${name}`, pieces);

/** Yes, no, or the causes of the doubt. */
const read = (answer: Answer): unknown =>
  typeof answer === "boolean" ? answer : answer.map(({ cause }) => cause);

const ROLE = "arn:aws:iam::123456789012:role/video";

describe("a pattern for ARNs", () => {
  test.each<[pattern: string, arn: string, expected: unknown]>([
    ["*:*:*:*:*:*", ROLE, true],
    [ROLE, ROLE, true],
    ["arn:aws:iam::*:role/*", ROLE, true],
    ["arn:aws:iam::*:role/?ideo", ROLE, true],
    ["x:aws:iam::*:role/*", ROLE, false],
    ["arn:aws-cn:iam::*:role/*", ROLE, false],
    ["arn:aws:s3::*:role/*", ROLE, false],
    ["arn:aws:iam:us-*:*:role/*", ROLE, false],
    ["arn:aws:iam::9*:role/*", ROLE, false],
    ["arn:aws:iam::*:user/*", ROLE, false],
    ["arn:aws:iam::*:ROLE/*", ROLE, false],
    // What is empty in a pattern is empty.
    ["arn:aws:sqs::*:jobs", "arn:aws:sqs:us-east-1:1:jobs", false],
    // A wildcard stays in its part, but for the last one.
    ["arn:aws:*:*:role/*:y", "arn:aws:iam::1:role/x:y", false],
    ["arn:*:*:*:*:x*z", "arn:aws:lambda:r:a:x:y/z", true],
    ["arn:aws:iam::*:role/${x:a}", ROLE, true],
    ["arn:aws:iam::*:role/${x:none}*", ROLE, false],
    ["arn:aws:iam::*:role/${x:untold}", ROLE, [UNTOLD]],
    ["arn:aws:s3::*:role/${x:untold}", ROLE, false],
  ])("%s and %s", (pattern, arn, expected) => {
    const parts = partsOf(pattern);

    expect(read(arnMatcher(parts, SYNTAX, "Resource").fits(partsOf(arn), CONTEXT))).toEqual(
      expected,
    );
    expect(read(arnTextMatcher(parts, SYNTAX, "Resource").fits(arn, CONTEXT))).toEqual(expected);
  });

  test.each(["", "video", "arn:aws:iam::123456789012"])(
    "fits no text that is no ARN: %j",
    (text) => {
      expect(arnTextMatcher(partsOf("*:*:*:*:*:*"), SYNTAX, "ArnLike").fits(text, CONTEXT)).toBe(
        false,
      );
    },
  );

  test.each([arnMatcher, arnTextMatcher])("needs what its variables stand for: %o", (matcher) => {
    const { needs } = matcher(partsOf("arn:aws:s3:::${x:a}/${x:b, 'c'}"), SYNTAX, "Resource");

    expect(needs).toMatchObject([{ variable: "x:a" }]);
    expect(matcher(partsOf("arn:aws:s3:::a"), SYNTAX, "Resource")).not.toHaveProperty("needs");
  });

  test("quotes all of itself where a variable in it is none", () => {
    const pattern = "arn:aws:s3:::b/${a b}";
    const compile = () => arnMatcher(partsOf(pattern), SYNTAX, "Resource");

    expect(compile).toThrow(PolicyError);
    expect(compile).toThrow(`Resource is ${JSON.stringify(pattern)}:`);
  });
});

describe("a pattern and an ARN that is known in part", () => {
  test.each<[pattern: string, pieces: readonly string[], expected: unknown]>([
    ["arn:aws:iam::*:role/video", ["arn:aws:iam::", ":role/video"], true],
    ["arn:aws:iam::*:role/*", ["arn:aws:iam::", ":role/", "-video"], true],
    ["arn:aws:iam::123456789012:role/video", ["arn:aws:iam::", ":role/video"], ["value"]],
    ["arn:aws:iam::9*:role/video", ["arn:aws:iam::1", ":role/video"], false],
    ["arn:aws:iam::*:user/*", ["arn:aws:iam::", ":role/video"], false],
    ["arn:aws-cn:iam::*:*", ["arn:aws:iam::", ":role/video"], false],
    ["arn:aws:iam::*:role/a*", ["arn:aws:iam::1:role/", ""], ["value"]],
    ["arn:aws:iam::*:role/a*", ["arn:aws:iam::1:role/b", ""], false],
    // The colons of the last part are its own.
    ["arn:*:*:*:*:function:f:*", ["arn:aws:lambda:r:", ":function:f:", ""], true],
    ["arn:*:*:*:*:function:f:2", ["arn:aws:lambda:r:", ":function:f:1"], false],
    ["arn:*:*:*:*:function:g*", ["arn:aws:lambda:r:a:function:f:", ""], false],
    // Fewer than six parts are known: it may be any.
    ["arn:aws:iam::*:role/*", ["arn:aws:iam::", ""], ["value"]],
    ["arn:aws:s3::*:role/*", ["arn:aws:iam::", ""], ["value"]],
    ["arn:aws:iam::*:role/*", ["", ""], ["value"]],
  ])("%s and %j", (pattern, pieces, expected) => {
    const matcher = arnTextMatcher(partsOf(pattern), SYNTAX, "ArnLike");

    expect(read(matcher.fits(open("value", ...pieces), CONTEXT))).toEqual(expected);
  });

  test("of which nothing is known is in doubt", () => {
    const value = new UnknownPart("value", "more");

    expect(arnTextMatcher(partsOf("*:*:*:*:*:*"), SYNTAX, "ArnLike").fits(value, CONTEXT)).toEqual([
      value,
    ]);
  });
});

describe("a pattern that is known in part", () => {
  test.each<[pieces: readonly string[], arn: string, expected: unknown]>([
    [["arn:aws:iam::", ":role/*"], ROLE, ["pattern"]],
    [["arn:aws:iam::", ":user/*"], ROLE, false],
    [["arn:aws:iam::123456789012:role/", "eo"], ROLE, ["pattern"]],
    [["arn:aws:iam::123456789012:role/", "ea"], ROLE, false],
    [["arn:aws:iam::123456789012:role/", ""], ROLE, ["pattern"]],
    // All six parts are there: it ends where it ends.
    [["arn:aws:iam::123456789012:role/", "vid"], ROLE, false],
    // What is left out at the end may be anything.
    [["arn:aws:", ""], ROLE, ["pattern"]],
    [["arn:", ":iam"], ROLE, ["pattern"]],
    [["arn:", ":s3"], ROLE, false],
    [["arn:aws:iam:", ":123456789012"], ROLE, ["pattern"]],
  ])("%j and %s", (pieces, arn, expected) => {
    const matcher = unknownArnMatcher(open("pattern", ...pieces), SYNTAX, "ArnLike");

    expect(read(matcher.fits(arn, CONTEXT))).toEqual(expected);
  });
});
