import fc from "fast-check";
import { expect, test } from "vitest";
import { compilePolicy } from "../../../../lib/iam/evaluate/compile-policy.js";
import { type Decision, evaluate } from "../../../../lib/iam/evaluate/evaluate.js";
import type { AccessRequest } from "../../../../lib/iam/evaluate/request.js";
import { report } from "../../../least-privilege/support/report.js";
import { countOf } from "../../../support/part.js";
import { type PolicyCase, policyCase, type Sample } from "./arbitrary-policy.js";
import { obscured, randomNumbers } from "./obscured-policy.js";

/*
 * What is not told may be anything, and so also what it is: an answer without it must be the answer
 * with it, or that it cannot be told.
 */

const RUNS = countOf("requests of which parts are not told, decided with them and without", {
  each: 1000,
  all: 20_000,
});

const SEED = 16;

const WORLD: readonly Sample[] = [
  { action: "s3:GetObject", resource: "arn:aws:s3:::remotionlambda-useast1-abc/renders/x" },
  { action: "s3:ListAllMyBuckets", resource: "*" },
  { action: "lambda:InvokeFunction", resource: "arn:aws:lambda:eu-west-1:123456789012:function:f" },
  { action: "iam:PassRole", resource: "arn:aws:iam::123456789012:role/remotion-lambda-role" },
];

/** Statements that the other generator leaves out, as iam-simulate decides them otherwise. */
const MORE_STATEMENTS: readonly object[] = [
  ...["Allow", "Deny"].flatMap((Effect) => [
    { Effect, Action: "*", NotResource: ["arn:aws:s3:::${aws:userid}*", "arn:aws:s3"] },
    { Effect, Action: "*", Resource: ["arn:aws:s3:::${aws:userid}*", "arn:aws:lambda"] },
    conditional(Effect, "StringNotEquals", "aws:username", "${aws:PrincipalTag/team}"),
    conditional(Effect, "StringNotLike", "s3:prefix", ["a*", "${aws:PrincipalTag/x}"]),
    conditional(Effect, "ForAllValues:StringEquals", "aws:TagKeys", "${aws:PrincipalTag/x}"),
    conditional(Effect, "ForAnyValue:StringNotEquals", "aws:TagKeys", ["${*}", "team"]),
    conditional(Effect, "StringNotEqualsIfExists", "s3:prefix", "${aws:PrincipalTag/x}"),
    conditional(Effect, "NotIpAddress", "aws:SourceIp", ["10.0.0/8", "203.0.113.0/24"]),
    conditional(Effect, "NumericNotEquals", "aws:MultiFactorAuthAge", "ten"),
    conditional(Effect, "BoolIfExists", "aws:SecureTransport", "${aws:PrincipalTag/tls, 'true'}"),
    conditional(Effect, "ArnNotLike", "aws:PrincipalArn", "arn:*:iam::*:role/${aws:username}"),
    conditional(Effect, "ArnLike", "aws:PrincipalArn", "arn:aws:iam::${aws:PrincipalAccount}:*"),
    conditional(Effect, "StringLike", "aws:PrincipalArn", ["*:123456789012:user/*", "*r?le/*"]),
    conditional(Effect, "StringNotEquals", "aws:PrincipalAccount", "123456789012"),
    conditional(Effect, "Null", "aws:userid", "false"),
    conditional(Effect, "StringLike", "aws:userid", "AIDA*"),
    conditional(Effect, "Null", "aws:PrincipalTag/team", ["true", "false"]),
  ]),
];

function conditional(Effect: string, operator: string, key: string, values: unknown): object {
  return { Effect, Action: "*", Resource: "*", Condition: { [operator]: { [key]: values } } };
}

interface Policies {
  readonly identity: readonly unknown[];
  readonly boundary: unknown;
}

const cases = fc
  .tuple(
    policyCase(WORLD),
    fc.array(fc.constantFrom(...MORE_STATEMENTS), { maxLength: 3 }),
    fc.constantFrom("2012-10-17", "2012-10-17", "2008-10-17"),
    fc.constantFrom(
      undefined,
      "arn:aws:iam::123456789012:user/remotion-user",
      "arn:aws:iam::123456789012:role/team/r",
    ),
    fc.nat(),
  )
  .map(([given, more, Version, principal, seed]) => ({
    request: {
      action: given.action,
      resource: given.resource,
      context: given.context,
      ...(principal === undefined ? {} : { principal }),
    },
    policies: withStatements(given, more, Version),
    seed,
  }));

function withStatements(
  { identity, boundary }: PolicyCase,
  more: object[],
  Version: string,
): Policies {
  return more.length === 0
    ? { identity, boundary }
    : { identity: [...identity, { Version, Statement: more }], boundary };
}

function decide(request: AccessRequest, { identity, boundary }: Policies): Decision {
  return evaluate(request, {
    identity: identity.map((policy, index) => compilePolicy(policy, `identity ${index}`)),
    ...(boundary === undefined ? {} : { boundary: compilePolicy(boundary, "boundary") }),
  }).decision;
}

/** A request of which random keys are untold, and sometimes the account and the name of who calls. */
function lessTold(request: AccessRequest, random: () => number): AccessRequest {
  const context = Object.entries(request.context ?? {});
  const hidden = context.filter(() => random() < 0.3).map(([key]) => key);
  const absent = ["aws:PrincipalTag/*", "s3:prefix", "AWS:TAGKEYS"].filter(
    (key) => random() < 0.2 && !context.some(([known]) => isCovered(known, key)),
  );
  const { principal } = request;
  return {
    ...request,
    context: Object.fromEntries(context.filter(([key]) => !hidden.includes(key))),
    untold: [...hidden, ...absent],
    ...(principal === undefined ? {} : { principal: lessOf(principal, random) }),
  };
}

function isCovered(key: string, untold: string): boolean {
  return key.toLowerCase().startsWith(untold.toLowerCase().replace("*", ""));
}

function lessOf(principal: string, random: () => number): string {
  const account = random() < 0.5 ? principal.replace("123456789012", "*") : principal;
  return random() < 0.3 ? account.replace(/-user$|r$/, "*") : account;
}

/** Runs a property, and reports how often the answer could be told. */
function isSound(
  hidden: (given: { request: AccessRequest; policies: Policies }, random: () => number) => Decision,
): Record<string, number> {
  const answers: Record<string, number> = {};
  fc.assert(
    fc.property(cases, ({ request, policies, seed }) => {
      const answer = hidden({ request, policies }, randomNumbers(seed));
      answers[answer] = (answers[answer] ?? 0) + 1;
      if (answer !== "untold") {
        expect(answer === "allowed").toBe(decide(request, policies) === "allowed");
      }
    }),
    { numRuns: RUNS, seed: SEED },
  );
  return answers;
}

test.each([0.02, 0.1, 0.3])("is sound where %s of the policies is not told", (share) => {
  const answers = isSound(({ request, policies: { identity, boundary } }, random) =>
    decide(request, {
      identity: identity.map((policy) => obscured(policy, random, share)),
      boundary: boundary === undefined ? undefined : obscured(boundary, random, share),
    }),
  );
  report(`with ${share} of the policies not told: ${JSON.stringify(answers)}`);
  expect(answers["untold"]).toBeGreaterThan(0);
  expect(answers["untold"]).toBeLessThan(RUNS);
});

test("is sound where parts of the request are not told", () => {
  const answers = isSound(({ request, policies }, random) =>
    decide(lessTold(request, random), policies),
  );
  report(`with parts of the request not told: ${JSON.stringify(answers)}`);
  expect(answers["untold"]).toBeGreaterThan(0);
  // Most policies ask nothing of what is not told.
  expect(answers["untold"]).toBeLessThan(RUNS / 2);
});

test("is sound where parts of both are not told", () => {
  isSound(({ request, policies: { identity, boundary } }, random) =>
    decide(lessTold(request, random), {
      identity: identity.map((policy) => obscured(policy, random, 0.05)),
      boundary: boundary === undefined ? undefined : obscured(boundary, random, 0.05),
    }),
  );
});

test("is sound where policies are not read", () => {
  const because = { cause: "its text is not in the file", give: "--policy ARN=FILE" };
  isSound(({ request, policies: { identity, boundary } }, random) => {
    const read = identity.filter(() => random() < 0.6);
    const unread = identity.filter((policy) => !read.includes(policy));
    const isBoundaryRead = boundary !== undefined && random() < 0.6;
    return evaluate(request, {
      identity: read.map((policy, index) => compilePolicy(policy, `identity ${index}`)),
      unread: unread.map((policy, index) => ({
        policy: `unread ${index}`,
        ...because,
        mayDeny: JSON.stringify(policy).includes('"Deny"'),
      })),
      ...(isBoundaryRead ? { boundary: compilePolicy(boundary, "boundary") } : {}),
      ...(boundary === undefined || isBoundaryRead ? {} : { unreadBoundary: because }),
    }).decision;
  });
});
