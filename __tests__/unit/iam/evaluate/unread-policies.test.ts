import { describe, expect, test } from "vitest";
import { compilePolicy } from "../../../../lib/iam/evaluate/compile-policy.js";
import { compileResourcePolicy } from "../../../../lib/iam/evaluate/compile-resource-policy.js";
import { type AttachedPolicies, evaluate } from "../../../../lib/iam/evaluate/evaluate.js";
import type { OutsidePolicies } from "../../../../lib/iam/evaluate/outside-policies.js";
import { resourceCaller } from "../../../../lib/iam/evaluate/resource-caller.js";
import { UnknownPart } from "../../../../lib/iam/evaluate/unknown-part.js";

const USER = "arn:aws:iam::123456789012:user/video";
const GET = { action: "s3:GetObject", resource: "arn:aws:s3:::videos/a", principal: USER };
const ALL = { Effect: "Allow", Action: "*", Resource: "*" };
const UNREAD = { policy: "company", cause: "it is not in the file", give: "the file" };
const OPEN = new UnknownPart("it is open", "more");

const policy = (...statements: readonly object[]) => ({
  Version: "2012-10-17",
  Statement: statements,
});
const identity = (...statements: readonly object[]) => [
  compilePolicy(policy(...statements), "identity"),
];
const ofBucket = (...statements: readonly object[]): OutsidePolicies => ({
  caller: resourceCaller(USER),
  resource: {
    rule: "own",
    policies: [
      compileResourcePolicy(policy(...statements), { name: "of bucket", kind: "bucket policy" }),
    ],
  },
});
const FOR_USER = ofBucket({ ...ALL, Principal: { AWS: USER } });

describe("a policy whose text is not there", () => {
  test.each<
    [
      what: string,
      policies: AttachedPolicies,
      outside: OutsidePolicies | undefined,
      expected: object,
    ]
  >([
    [
      "may deny what the resource's policy allows",
      { identity: [], unread: [{ ...UNREAD, mayDeny: true }] },
      FOR_USER,
      { decision: "untold", because: [UNREAD] },
    ],
    [
      "does not deny what the resource's policy allows, where it has no Deny",
      { identity: [], unread: [{ ...UNREAD, mayDeny: false }] },
      FOR_USER,
      { decision: "allowed", by: { policy: "of bucket", index: 0, kind: "bucket policy" } },
    ],
    [
      "is named behind what is open of those that are there",
      { identity: identity({ ...ALL, Condition: OPEN }), unread: [{ ...UNREAD, mayDeny: true }] },
      undefined,
      {
        decision: "untold",
        because: [{ policy: "identity", index: 0, cause: "it is open", give: "more" }, UNREAD],
      },
    ],
  ])("%s", (_, policies, outside, expected) => {
    expect(evaluate(GET, policies, outside)).toEqual(expected);
  });

  test("is a boundary like any other to a Deny for all but some", () => {
    const { cause, give } = UNREAD;
    const outside = ofBucket({
      ...ALL,
      Effect: "Deny",
      NotPrincipal: { AWS: USER },
    });
    const decided = (policies: AttachedPolicies) => evaluate(GET, policies, outside).decision;

    expect(decided({ identity: identity(ALL), unreadBoundary: { cause, give } })).toBe(
      "explicitly denied",
    );
    expect(decided({ identity: identity(ALL) })).not.toBe("explicitly denied");
  });
});

test("what no level of an organization allows says which", () => {
  const nothing = {
    ...compilePolicy(policy({ ...ALL, Action: "sqs:*" }), "scp"),
    kind: "service control policy" as const,
  };
  const only = { name: "unit", policies: [nothing] };
  const outside = (level: object) => ({
    caller: resourceCaller(USER),
    serviceControl: [{ ...only, ...level }],
  });

  expect(evaluate(GET, { identity: identity(ALL) }, outside({}))).toStrictEqual({
    decision: "implicitly denied",
    notAllowedBy: "service control policies",
    level: "unit",
  });
  expect(evaluate(GET, { identity: identity(ALL) }, outside({ more: OPEN }))).toStrictEqual({
    decision: "untold",
    because: [
      { policy: "unit", kind: "service control policy", cause: "it is open", give: "more" },
    ],
  });
});
