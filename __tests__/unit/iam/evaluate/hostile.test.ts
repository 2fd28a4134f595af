import { describe, expect, test } from "vitest";
import { compilePolicy } from "../../../../lib/iam/evaluate/compile-policy.js";
import { PolicyError } from "../../../../lib/iam/evaluate/errors.js";
import { evaluate } from "../../../../lib/iam/evaluate/evaluate.js";
import type { ContextSource } from "../../../../lib/iam/evaluate/request-context.js";
import {
  compileTrustPolicy,
  evaluateTrust,
  trusteesOf,
} from "../../../../lib/iam/evaluate/trust.js";
import { processorTimer } from "../../../support/processor-time.js";
import { unknown } from "./obscured-policy.js";

const ALLOW = { Effect: "Allow", Action: "*", Resource: "*" };
const LONG = 200_000;
const NAME = "a".repeat(LONG);
const KEY = "x:y";
const when = (operator: string, values: unknown): object => ({
  ...ALLOW,
  Condition: { [operator]: { [KEY]: values } },
});
const resource = (text: unknown): object => ({ ...ALLOW, Resource: text });

/** What whoever writes a policy, or names a principal, may have chosen to be as long as it is. */
describe("a policy that is made to take time takes none", () => {
  test.each<[name: string, statement: unknown, source?: ContextSource]>([
    ["many stars", resource(`arn:aws:s3:::${"*a".repeat(LONG)}`)],
    ["many open characters", resource(`arn:aws:s3:::*${"?a".repeat(LONG)}b*`)],
    ["many variables", resource(`arn:aws:s3:::${"${aws:username}".repeat(LONG / 10)}`)],
    [
      "many variables with a long value",
      resource(`arn:aws:s3:::${"${aws:username}".repeat(LONG / 10)}`),
      { context: { "aws:username": NAME } },
    ],
    [
      "many variables with a long value, between stars",
      resource(`arn:aws:s3:::${"*${aws:username}".repeat(LONG / 10)}*`),
      { context: { "aws:username": NAME } },
    ],
    [
      "many variables that are untold",
      resource(`arn:aws:s3:::${"*${aws:username}".repeat(LONG / 10)}*`),
      { untold: ["aws:*"] },
    ],
    ["many variables that do not close", resource(`arn:aws:s3:${"${:".repeat(LONG)}`)],
    ["many variables that close late", resource(`arn:aws:s3:::${"${".repeat(LONG)}}`)],
    ["many dollars", resource(`arn:aws:s3:::${"$".repeat(LONG)}`)],
    ["many colons", resource(`arn:${":".repeat(LONG)}`)],
    ["many holes", resource(unknown(["arn:aws:s3:::", ...Array(LONG).fill("k")]))],
    ["many holes in variables", resource(unknown(Array(LONG).fill("a}${b")))],
    ["many pieces with colons", when("ArnLike", unknown(Array(LONG).fill(":")))],
    ["many resources", resource(Array(LONG / 10).fill("arn:aws:s3:::x*y*z*"))],
    ["many resources that are not told", resource(Array(LONG / 10).fill(unknown(["arn:", "/z"])))],
    ["many actions", { ...ALLOW, Action: Array(LONG).fill("s3:*G*e*t*x") }],
    ["many actions with blanks", { ...ALLOW, Action: Array(LONG).fill("s3: ") }],
    [
      "many actions that are not told",
      { ...ALLOW, Action: Array(LONG).fill(unknown(["s3:", ""])) },
    ],
    ["a long action", { ...ALLOW, Action: `s3:${"*g".repeat(LONG)}` }],
    ["a long action that is none", { ...ALLOW, Action: `s3:${" ".repeat(LONG)}` }],
    ["many values", when("StringLike", Array(LONG / 10).fill("*b*c"))],
    ["many values that are none", when("IpAddress", Array(LONG / 10).fill("10.0.0/8"))],
    ["a long value", when("StringNotLike", "*a*b".repeat(LONG / 10)), { context: { [KEY]: NAME } }],
    ["a long number", when("NumericEquals", "1".repeat(LONG)), { context: { [KEY]: NAME } }],
    ["a long date", when("DateEquals", "1".repeat(LONG)), { context: { [KEY]: NAME } }],
    ["a long base 64", when("BinaryEquals", "A".repeat(LONG)), { context: { [KEY]: NAME } }],
    [
      "a long pattern and a long value that is not told",
      when("StringLike", `${"*${aws:username}".repeat(LONG / 20)}`),
      { context: { [KEY]: unknown(Array(LONG / 20).fill("a")), "aws:username": NAME } },
    ],
    [
      "a long text and a long value that is not told",
      when("StringEquals", NAME),
      { context: { [KEY]: unknown(Array(LONG).fill("a")) } },
    ],
    [
      "a long ARN that is not told",
      when("ArnLike", "arn:aws:s3:::*"),
      { context: { [KEY]: unknown(["arn:", ...Array(LONG).fill(":")]) } },
    ],
    [
      "a caller with a long name",
      when("StringEquals", "a"),
      { principal: `arn:${"*".repeat(LONG)}` },
    ],
    [
      "many keys",
      {
        ...ALLOW,
        Condition: {
          StringLike: Object.fromEntries(
            Array.from({ length: LONG / 10 }, (_, index) => [`x:${index}`, "*"]),
          ),
        },
      },
      { untold: ["x:*"] },
    ],
  ])("%s", (_, statement, source = {}) => {
    const elapsed = processorTimer();
    decides(statement, source);
    expect(elapsed()).toBeLessThan(2000);
  });

  test.each<[string, object]>([
    ["10,000 statements", ALLOW],
    [
      "10,000 statements that are not told",
      { ...ALLOW, Resource: unknown(["arn:aws:s3:::", "/k"]) },
    ],
    ["10,000 statements with a remark", { ...ALLOW, Action: "s3: Get" }],
    ["10,000 statements with a variable", resource("arn:aws:s3:::${aws:username}/*")],
  ])("%s", (_, statement) => {
    const elapsed = processorTimer();
    const Statement = Array(10_000).fill(statement);
    const policy = compilePolicy({ Version: "2012-10-17", Statement }, NAME);
    const request = { action: "s3:GetObject", resource: "arn:aws:s3:::bucket/key" };
    for (let times = 0; times < 10; times += 1) {
      evaluate({ ...request, untold: ["aws:*"] }, { identity: [policy], boundary: policy });
    }
    expect(elapsed()).toBeLessThan(2000);
  });

  test.each<[string, unknown]>([
    ["a text without end", `arn:aws:s3:::${"*${aws:username}".repeat(400_000)}`],
    ["texts without end", Array.from({ length: 400_000 }, (_, at) => `*\${aws:username}${at}`)],
    ["the same text again and again", Array(50_000).fill("arn:aws:s3:::aaaaaaaaaa")],
  ])("%s", (_what, resource) => {
    const elapsed = processorTimer();
    const policy = { Version: "2012-10-17", Statement: { ...ALLOW, Resource: resource } };

    expect(() => compilePolicy(policy, "p")).toThrow(PolicyError);
    expect(() => compilePolicy(policy, "p")).toThrow("has more than 1000000 characters");
    expect(elapsed()).toBeLessThan(1000);
  });

  test("a trust policy", () => {
    const elapsed = processorTimer();
    const many = { AWS: Array(LONG / 20).fill("arn:aws:iam::123456789012:role/x"), Service: NAME };
    const unsure = { AWS: Array(LONG / 20).fill(unknown(["arn:aws:iam::", ":role/x"])) };
    const Statement = [many, unsure].map((Principal) => ({
      Effect: "Allow",
      Principal,
      Action: "sts:AssumeRole",
    }));
    const policy = compileTrustPolicy({ Version: "2012-10-17", Statement }, "trust");
    const by = { arn: `arn:aws:iam::*:role/${NAME}` };
    expect(evaluateTrust({ action: "sts:AssumeRole", by }, policy).decision).toBe(
      "implicitly denied",
    );
    expect(trusteesOf(policy).principals).toHaveLength(1);
    expect(elapsed()).toBeLessThan(2000);
  });
});

/** Compiles and asks, or is refused. */
function decides(statement: unknown, source: ContextSource): void {
  const request = {
    action: "s3:GetObject",
    resource: `arn:aws:s3:::${"a".repeat(1000)}`,
    ...source,
  };
  try {
    const policy = compilePolicy({ Version: "2012-10-17", Statement: [statement] }, "p");
    evaluate(request, { identity: [policy], boundary: policy });
  } catch (error) {
    expect(error).toBeInstanceOf(PolicyError);
  }
}

describe("a value that is nested deeply", () => {
  const deep = (depth: number): unknown => {
    let value: unknown = "*";
    for (let level = 0; level < depth; level += 1) {
      value = [value];
    }
    return value;
  };
  test.each<[string, unknown]>([
    ["a document", deep(LONG)],
    ["statements", { Statement: deep(LONG) }],
    ["an action", { Statement: { ...ALLOW, Action: deep(LONG) } }],
    ["a condition", { Statement: { ...ALLOW, Condition: deep(LONG) } }],
    ["a value", { Statement: when("StringLike", deep(LONG)) }],
  ])("%s is refused", (_, policy) => {
    expect(() => compilePolicy(policy, "p")).toThrow(PolicyError);
  });

  test("a principal is refused", () => {
    const statement = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: deep(LONG) } };
    expect(() => compileTrustPolicy({ Statement: statement }, "p")).toThrow(PolicyError);
  });
});
