import { describe, expect, test } from "vitest";
import { compilePolicy } from "../../../../lib/iam/evaluate/compile-policy.js";
import {
  compileResourceControlPolicy,
  compileResourcePolicy,
} from "../../../../lib/iam/evaluate/compile-resource-policy.js";
import { PolicyError } from "../../../../lib/iam/evaluate/errors.js";
import { evaluate } from "../../../../lib/iam/evaluate/evaluate.js";
import { resourceCaller } from "../../../../lib/iam/evaluate/resource-caller.js";
import { UnknownPart } from "../../../../lib/iam/evaluate/unknown-part.js";

const USER = "arn:aws:iam::123456789012:user/video";
const GET = { action: "s3:GetObject", resource: "arn:aws:s3:::videos/a", principal: USER };
const STATEMENT = { Effect: "Deny", Principal: "*", Action: "*", Resource: "*" };
const OPEN = new UnknownPart("it is open", "more");

const policy = (...statements: readonly unknown[]) => ({
  Version: "2012-10-17",
  Statement: statements,
});
const bucketPolicy = (...statements: readonly unknown[]) =>
  compileResourcePolicy(policy(...statements), { name: "of bucket", kind: "bucket policy" });
const controlPolicy = (...statements: readonly unknown[]) =>
  compileResourceControlPolicy(policy(...statements), { name: "rcp" });

describe("a statement of a bucket's policy that decides", () => {
  test.each([
    ["with an id that AWS writes so", { Sid: "AWS console: 1" }, { sid: "AWS console: 1" }],
    ["with an empty id", { Sid: "" }, {}],
    ["with no text for an id", { Sid: 7 }, {}],
    ["without an id", {}, {}],
  ])("is named by its place, %s", (_, more, expected) => {
    const resource = { rule: "own" as const, policies: [bucketPolicy({ ...STATEMENT, ...more })] };

    expect(
      evaluate(GET, { identity: [] }, { caller: resourceCaller(USER), resource }),
    ).toStrictEqual({
      decision: "explicitly denied",
      by: { policy: "of bucket", index: 0, kind: "bucket policy", ...expected },
    });
  });

  test("is named so where it allows, too", () => {
    const resource = {
      rule: "own" as const,
      policies: [bucketPolicy({ ...STATEMENT, Effect: "Allow" })],
    };

    expect(
      evaluate(GET, { identity: [] }, { caller: resourceCaller(USER), resource }),
    ).toStrictEqual({
      decision: "allowed",
      by: { policy: "of bucket", index: 0, kind: "bucket policy" },
    });
  });

  test("of a resource control policy is told from others", () => {
    const outside = { caller: resourceCaller(USER), resourceControl: [controlPolicy(STATEMENT)] };

    expect(evaluate(GET, { identity: [] }, outside)).toStrictEqual({
      decision: "explicitly denied",
      by: { policy: "rcp", index: 0, kind: "resource control policy" },
    });
  });
});

test.each([
  ["allow what nothing else allows", []],
  [
    "deny what is allowed",
    [compilePolicy(policy({ Effect: "Allow", Action: "*", Resource: "*" }), "identity")],
  ],
])("a statement of which nothing is told may %s", (_, identity) => {
  const resource = { rule: "own" as const, policies: [bucketPolicy(OPEN)] };
  const found = evaluate(GET, { identity }, { caller: resourceCaller(USER), resource });

  expect(found).toMatchObject({ decision: "untold", because: [{ cause: "it is open" }] });
});

describe("a resource control policy", () => {
  test.each([
    ["names everybody", STATEMENT],
    ["names everybody as AWS", { ...STATEMENT, Principal: { AWS: ["*"] } }],
    ["names whom is not told", { ...STATEMENT, Principal: OPEN }],
    ["names whom of AWS is not told", { ...STATEMENT, Principal: { AWS: OPEN } }],
    ["has a statement that is not told", OPEN],
  ])("that %s is taken", (_, statement) => {
    expect(controlPolicy(statement).statements).toHaveLength(1);
  });

  test.each<[string, object, string]>([
    ["names a user", { ...STATEMENT, Principal: { AWS: USER } }, `is {"AWS":"${USER}"}`],
    [
      "names a user beside all",
      { ...STATEMENT, Principal: { AWS: ["*", USER] } },
      'is {"AWS":["*"',
    ],
    [
      "leaves a user out",
      { ...STATEMENT, Principal: undefined, NotPrincipal: { AWS: USER } },
      `is {"AWS":"${USER}"}`,
    ],
    ["leaves everybody out", { ...STATEMENT, Principal: undefined, NotPrincipal: "*" }, 'is "*"'],
  ])("that %s is refused", (_, statement, value) => {
    const compile = () => controlPolicy(STATEMENT, { ...statement, Sid: "x" });

    expect(compile).toThrow(PolicyError);
    expect(compile).toThrow('Policy "rcp", Statement[1].Principal');
    expect(compile).toThrow(value);
  });
});

test.each([7, null, "Allow", []])("a statement that is none is refused: %j", (statement) => {
  const compile = () => bucketPolicy(statement);

  expect(compile).toThrow(PolicyError);
  expect(compile).toThrow("Statement[0] is ");
});

describe("an Allow for all but some", () => {
  const other = "arn:aws:iam::123456789012:user/other";
  const leavingOut = (principal: string) => ({
    Effect: "Allow",
    NotPrincipal: { AWS: principal },
    Action: "*",
    Resource: "*",
  });
  test.each([
    ["is for whoever is not left out", other, "allowed"],
    ["is not for whoever is left out", USER, "implicitly denied"],
  ])("%s", (_, principal, decision) => {
    const resource = { rule: "own" as const, policies: [bucketPolicy(leavingOut(principal))] };
    const outside = { caller: resourceCaller(USER), resource };

    expect(evaluate(GET, { identity: [] }, outside).decision).toBe(decision);
  });

  test("is for everybody, and so is within a role's boundary", () => {
    const role = "arn:aws:iam::123456789012:role/video";
    const boundary = compilePolicy(
      policy({ Effect: "Allow", Action: "sqs:*", Resource: "*" }),
      "boundary",
    );
    const resource = { rule: "own" as const, policies: [bucketPolicy(leavingOut(other))] };
    const outside = { caller: resourceCaller(role), resource };

    expect(evaluate({ ...GET, principal: role }, { identity: [], boundary }, outside)).toEqual({
      decision: "untold",
      because: [
        {
          policy: "permissions boundary",
          cause:
            "AWS does not say whether it limits what the policy of a resource grants to everybody",
          give: "a boundary that allows it",
        },
      ],
    });
  });
});
