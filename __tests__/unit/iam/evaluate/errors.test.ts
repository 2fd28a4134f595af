import { describe, expect, test } from "vitest";
import {
  invalidEffect,
  invalidRequestAction,
  invalidRequestResource,
  notJson,
  PolicyError,
  principalOfControlPolicy,
  RequestError,
  tooMuchText,
  unknownElement,
} from "../../../../lib/iam/evaluate/errors.js";

describe("an error", () => {
  test.each([
    ["of a policy", invalidEffect("Effect", "x"), PolicyError, "PolicyError"],
    ["of a request", invalidRequestAction("x"), RequestError, "RequestError"],
  ])("%s can be told by its class and its name", (_, error, type, name) => {
    expect(error).toBeInstanceOf(type);
    expect(error.name).toBe(name);
  });

  test("of what is no JSON keeps the parser's error", () => {
    const cause = new SyntaxError("Unexpected end");

    expect(notJson("Policy", cause)).toMatchObject({
      cause,
      message: expect.stringContaining("Policy is not JSON (Unexpected end)"),
    });
  });

  test.each([
    ["too much text", tooMuchText("Policy", 500), /^Policy has more than 500 characters/],
    [
      "an element that there is not",
      unknownElement("Statement[0]", "action", ["Action", "Effect"]),
      /"action": must be one of Action, Effect, in that spelling/,
    ],
    [
      "a control policy that names somebody",
      principalOfControlPolicy("Principal", "x"),
      /^Principal is "x": a resource control policy is for everybody/,
    ],
    [
      "an action that is a pattern",
      invalidRequestAction("s3:*"),
      /^The request's action is "s3:\*": must be one action without wildcards/,
    ],
    [
      "a resource that is none",
      invalidRequestResource("bucket"),
      /^The request's resource is "bucket": must be the ARN of one resource/,
    ],
  ])("says what is wrong, and what to give: %s", (_, error, message) => {
    expect(error.message).toMatch(message);
  });

  const cyclic: unknown[] = [];
  cyclic.push(cyclic);
  const LINE = "x".repeat(118);
  test.each<[what: string, value: unknown, expected: string]>([
    ["nothing", undefined, "missing"],
    ["a text, escaped", 'a"\n', String.raw`"a\"\n"`],
    ["a text of a whole line", LINE, `"${LINE}"`],
    ["a longer one, cut off", `${LINE}y`, `"${"x".repeat(116)}...`],
    ["what is no JSON", cyclic, "a value of type object"],
    ["what JSON leaves out", () => {}, "function"],
  ])("shows %s", (_, value, expected) => {
    expect(invalidEffect("Effect", value).message).toContain(`Effect is ${expected}: must`);
  });
});
