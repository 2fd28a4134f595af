import { describe, expect, test } from "vitest";
import { compilePolicy } from "../../../../lib/iam/evaluate/compile-policy.js";
import { PolicyError } from "../../../../lib/iam/evaluate/errors.js";
import {
  type AttachedPolicies,
  type Decision,
  type Evaluation,
  evaluate,
} from "../../../../lib/iam/evaluate/evaluate.js";
import type { AccessRequest } from "../../../../lib/iam/evaluate/request.js";
import { UnknownPart } from "../../../../lib/iam/evaluate/unknown-part.js";
import { APPLY, unknown } from "./obscured-policy.js";

const VERSION = "2012-10-17";
const GET = { action: "s3:GetObject", resource: "arn:aws:s3:::bucket/key" };
const ALLOW = { Effect: "Allow", Action: "*", Resource: "*" };
const DENY = { ...ALLOW, Effect: "Deny" };
const OTHER = { ...ALLOW, Action: "ec2:*" };
const [cause, give] = APPLY;

const policy = (...statements: unknown[]): object => ({ Version: VERSION, Statement: statements });
const when = (Condition: unknown): object => ({ ...ALLOW, Condition });

function decide(identity: unknown, boundary?: unknown, request: AccessRequest = GET): Decision {
  return evaluate(request, {
    identity: [compilePolicy(identity, "identity")],
    ...(boundary === undefined ? {} : { boundary: compilePolicy(boundary, "boundary") }),
  }).decision;
}

describe("a part of a policy that is not told", () => {
  test.each<[string, unknown, Decision]>([
    ["the document", unknown(), "untold"],
    ["the statements", { Version: VERSION, Statement: unknown() }, "untold"],
    ["the only statement", policy(unknown()), "untold"],
    ["one of the statements, which may also deny", policy(ALLOW, unknown()), "untold"],
    ["one of the statements, which may also allow", policy(OTHER, unknown()), "untold"],
    ["one of the statements, beside a Deny", policy(ALLOW, DENY, unknown()), "explicitly denied"],
    ["the effect", policy({ ...ALLOW, Effect: unknown() }), "untold"],
    ["the effect, beside an Allow", policy(ALLOW, { ...ALLOW, Effect: unknown() }), "untold"],
    [
      "the effect of what is about something else",
      policy(ALLOW, { ...OTHER, Effect: unknown() }),
      "allowed",
    ],
    ["the actions of an Allow", policy({ ...ALLOW, Action: unknown() }), "untold"],
    ["the actions of a Deny", policy(ALLOW, { ...DENY, Action: unknown() }), "untold"],
    [
      "the actions of an Allow, for another resource",
      policy({ ...ALLOW, Action: unknown(), Resource: "arn:aws:s3:::other/*" }),
      "implicitly denied",
    ],
    ["an action", policy({ ...ALLOW, Action: ["ec2:*", unknown()] }), "untold"],
    [
      "an action beside one that fits",
      policy({ ...ALLOW, Action: ["s3:*", unknown()] }),
      "allowed",
    ],
    ["an action, in part", policy({ ...ALLOW, Action: [unknown(["s3:Get", ""])] }), "untold"],
    [
      "an action, in part, in capitals",
      policy({ ...ALLOW, Action: [unknown(["S3:GET", ""])] }),
      "untold",
    ],
    [
      "an action that cannot fit",
      policy({ ...ALLOW, Action: [unknown(["s3:Put", ""])] }),
      "implicitly denied",
    ],
    [
      "an action that nothing is known of but its pieces",
      policy({ ...ALLOW, Action: [unknown(["", ":*"])] }),
      "untold",
    ],
    ["all actions but one", policy({ ...withoutAction, NotAction: [unknown()] }), "untold"],
    [
      "all actions but one, and but this",
      policy({ ...withoutAction, NotAction: ["s3:*", unknown()] }),
      "implicitly denied",
    ],
    [
      "all actions but one that cannot fit",
      policy({ ...withoutAction, NotAction: [unknown(["s3:Put", ""])] }),
      "allowed",
    ],
    ["the resources", policy({ ...ALLOW, Resource: unknown() }), "untold"],
    [
      "a resource beside one that fits",
      policy({ ...ALLOW, Resource: [unknown(), "arn:aws:s3:::bucket/*"] }),
      "allowed",
    ],
    ["a resource beside *", policy({ ...ALLOW, Resource: [unknown(), "*"] }), "allowed"],
    ["the bucket", policy({ ...ALLOW, Resource: unknown(["arn:aws:s3:::", "/*"]) }), "untold"],
    [
      "another bucket",
      policy({ ...ALLOW, Resource: unknown(["arn:aws:s3:::other-", "/*"]) }),
      "implicitly denied",
    ],
    [
      "another object",
      policy({ ...ALLOW, Resource: unknown(["arn:aws:s3:::", "/other"]) }),
      "implicitly denied",
    ],
    ["the whole ARN", policy({ ...ALLOW, Resource: unknown(["", "/*"]) }), "untold"],
    ["a short ARN", policy({ ...ALLOW, Resource: unknown(["arn:", ":s3"]) }), "untold"],
    [
      "a short ARN of another service",
      policy({ ...ALLOW, Resource: unknown(["arn:", ":sqs"]) }),
      "implicitly denied",
    ],
    [
      "the bucket of a Deny",
      policy(ALLOW, { ...DENY, Resource: unknown(["arn:aws:s3:::", "/*"]) }),
      "untold",
    ],
    [
      "a bucket of a Deny, which is another",
      policy(ALLOW, { ...DENY, Resource: unknown(["arn:aws:s3:::x", "/*"]) }),
      "allowed",
    ],
    [
      "all buckets but one",
      policy({ ...withoutResource, NotResource: unknown(["arn:aws:s3:::", "/*"]) }),
      "untold",
    ],
    [
      "a Deny for all but one bucket, which is another",
      policy(ALLOW, {
        Effect: "Deny",
        Action: "*",
        NotResource: unknown(["arn:aws:s3:::x", "/*"]),
      }),
      "explicitly denied",
    ],
    ["the condition", policy(when(unknown())), "untold"],
    ["the condition of a Deny", policy(ALLOW, { ...DENY, Condition: unknown() }), "untold"],
    ["the keys under an operator", policy(when({ StringEquals: unknown() })), "untold"],
    [
      "a condition beside one that fails",
      policy(when({ StringEquals: { "x:y": "a" }, StringLike: unknown() })),
      "implicitly denied",
    ],
    ["an id", policy({ ...ALLOW, Sid: unknown() }), "allowed"],
    ["the id of the policy", { Version: VERSION, Id: unknown(), Statement: ALLOW }, "allowed"],
    ["the version, without variables", { Version: unknown(), Statement: ALLOW }, "allowed"],
    [
      "the version, with a variable",
      { Version: unknown(), Statement: { ...ALLOW, Resource: "arn:aws:s3:::${aws:username}/*" } },
      "untold",
    ],
    [
      "the version, with a variable in what cannot fit",
      { Version: unknown(), Statement: { ...ALLOW, Resource: "arn:aws:s3:::x-${aws:username}" } },
      "implicitly denied",
    ],
    [
      "the version, with the beginning of a variable",
      { Version: unknown(), Statement: { ...ALLOW, Resource: "arn:aws:s3:::bucket/${" } },
      "untold",
    ],
  ])("%s", (_, document, expected) => {
    expect(decide(document)).toBe(expected);
  });

  const withoutResourceRequest = { action: "lambda:ListFunctions", resource: "*" };
  test.each<[string, unknown, Decision]>([
    ["anything", unknown(), "untold"],
    ["perhaps *", unknown(["", ""]), "untold"],
    ["an ARN", unknown(["arn:", ""]), "implicitly denied"],
    ["all but an ARN", unknown(["arn:", ""]), "implicitly denied"],
  ])("resources, for an action without: %s", (_, Resource, expected) => {
    expect(decide(policy({ ...ALLOW, Resource }), undefined, withoutResourceRequest)).toBe(
      expected,
    );
  });

  test.each<[string, unknown, Decision]>([
    ["perhaps all buckets", unknown(["arn:aws:s3:::", ""]), "untold"],
    ["a bucket", unknown(["arn:aws:s3:::video-", ""]), "implicitly denied"],
    ["another service", unknown(["arn:aws:sqs:", ""]), "implicitly denied"],
  ])("resources, to list the buckets: %s", (_, Resource, expected) => {
    const request = { action: "s3:ListAllMyBuckets", resource: "*" };
    expect(decide(policy({ ...ALLOW, Resource }), undefined, request)).toBe(expected);
  });
});

const withoutAction = { Effect: "Allow", Resource: "*" };
const withoutResource = { Effect: "Allow", Action: "*" };

describe("a condition's value that is not told", () => {
  const context = {
    "x:text": "video",
    "x:number": "5",
    "x:ip": "203.0.113.7",
    "x:time": "2026-01-31",
    "x:arn": "arn:aws:s3:::bucket/key",
    "x:list": ["a", "b"],
    "aws:username": "alice",
  };
  test.each<[string, object, Decision]>([
    ["a text", { StringEquals: { "x:text": unknown() } }, "untold"],
    ["one of many texts", { StringEquals: { "x:text": ["audio", unknown()] } }, "untold"],
    ["beside one that fits", { StringEquals: { "x:text": ["video", unknown()] } }, "allowed"],
    ["a text in part", { StringEquals: { "x:text": unknown(["vi", ""]) } }, "untold"],
    [
      "a text in part that differs",
      { StringEquals: { "x:text": unknown(["au", ""]) } },
      "implicitly denied",
    ],
    [
      "a * is no wildcard",
      { StringEquals: { "x:text": unknown(["v*", ""]) } },
      "implicitly denied",
    ],
    ["a * is one", { StringLike: { "x:text": unknown(["v*", ""]) } }, "untold"],
    ["in capitals", { StringEqualsIgnoreCase: { "x:text": unknown(["VI", ""]) } }, "untold"],
    [
      "with a variable",
      { StringLike: { "x:text": unknown(["${aws:username}", ""]) } },
      "implicitly denied",
    ],
    ["negated", { StringNotEquals: { "x:text": unknown() } }, "untold"],
    [
      "negated, beside one that fits",
      { StringNotEquals: { "x:text": ["video", unknown()] } },
      "implicitly denied",
    ],
    ["a key that is not there", { StringEquals: { "x:no": unknown() } }, "implicitly denied"],
    ["such a key, with IfExists", { StringEqualsIfExists: { "x:no": unknown() } }, "allowed"],
    // The value may be a variable, and that variable without a value.
    ["such a key, negated", { StringNotEquals: { "x:no": unknown() } }, "untold"],
    ["a number", { NumericLessThan: { "x:number": unknown() } }, "untold"],
    ["a number in part", { NumericLessThan: { "x:number": unknown(["1", ""]) } }, "untold"],
    ["a network", { IpAddress: { "x:ip": [unknown()] } }, "untold"],
    [
      "a network, beside one that fits",
      { IpAddress: { "x:ip": ["0.0.0.0/0", unknown()] } },
      "allowed",
    ],
    ["a date", { DateLessThan: { "x:time": unknown() } }, "untold"],
    ["a boolean", { Bool: { "aws:SecureTransport": unknown() } }, "implicitly denied"],
    ["bytes", { BinaryEquals: { "x:text": unknown() } }, "untold"],
    ["an ARN", { ArnLike: { "x:arn": unknown(["arn:aws:s3:::", "/*"]) } }, "untold"],
    ["another ARN", { ArnLike: { "x:arn": unknown(["arn:aws:sqs:", ""]) } }, "implicitly denied"],
    ["Null", { Null: { "x:text": unknown() } }, "untold"],
    ["Null, either way", { Null: { "x:text": ["false", unknown()] } }, "allowed"],
    ["all of a list", { "ForAllValues:StringEquals": { "x:list": ["a", unknown()] } }, "untold"],
    ["any of a list", { "ForAnyValue:StringEquals": { "x:list": ["a", unknown()] } }, "allowed"],
    ["none of a list", { "ForAnyValue:StringEquals": { "x:no": unknown() } }, "implicitly denied"],
  ])("%s", (_, condition, expected) => {
    expect(decide(policy(when(condition)), undefined, { ...GET, context })).toBe(expected);
  });
});

describe("which policies are not told", () => {
  const all = policy(ALLOW);
  const nothing = policy(OTHER);
  test.each<[string, unknown, unknown, Decision]>([
    ["the boundary", all, unknown(), "untold"],
    ["a statement of the boundary", all, policy(ALLOW, unknown()), "untold"],
    ["the boundary of who may do nothing", nothing, unknown(), "implicitly denied"],
    ["the policy of who has no right by the boundary", unknown(), nothing, "implicitly denied"],
    ["the policy of who is denied by the boundary", unknown(), policy(DENY), "explicitly denied"],
    ["both", unknown(), unknown(), "untold"],
    ["the actions of the boundary", all, policy({ ...ALLOW, Action: unknown() }), "untold"],
    [
      "a Deny of the boundary",
      all,
      policy(ALLOW, { ...DENY, Resource: unknown(["arn:aws:s3:::b", ""]) }),
      "untold",
    ],
  ])("%s", (_, identity, boundary, expected) => {
    expect(decide(identity, boundary)).toBe(expected);
  });

  const because = { cause: "its text is not in the file", give: "--policy ARN=FILE" };
  const unread = { policy: "company", ...because };
  const compiled = (document: object) => [compilePolicy(document, "identity")];
  test.each<[string, AttachedPolicies, Evaluation]>([
    [
      "nothing but a policy that is not read",
      { identity: [], unread: [{ ...unread, mayDeny: false }] },
      { decision: "untold", because: [unread] },
    ],
    [
      "an Allow, and what cannot deny",
      { identity: compiled(all), unread: [{ ...unread, mayDeny: false }] },
      { decision: "allowed", by: { policy: "identity", index: 0 } },
    ],
    [
      "an Allow, and what may deny",
      { identity: compiled(all), unread: [{ ...unread, mayDeny: true }] },
      { decision: "untold", because: [unread] },
    ],
    [
      "a Deny, and what may allow",
      { identity: compiled(policy(DENY)), unread: [{ ...unread, mayDeny: true }] },
      { decision: "explicitly denied", by: { policy: "identity", index: 0 } },
    ],
    [
      "a boundary that does not allow",
      {
        identity: [],
        unread: [{ ...unread, mayDeny: true }],
        boundary: compilePolicy(nothing, "boundary"),
      },
      { decision: "implicitly denied", notAllowedBy: "permissions boundary" },
    ],
    [
      "a boundary that is not read",
      { identity: compiled(all), unreadBoundary: because },
      { decision: "untold", because: [{ policy: "permissions boundary", ...because }] },
    ],
    [
      "such a boundary with a name",
      { identity: compiled(all), unreadBoundary: { ...because, policy: "limits" } },
      { decision: "untold", because: [{ policy: "limits", ...because }] },
    ],
    [
      "such a boundary of who may do nothing",
      { identity: compiled(nothing), unreadBoundary: because },
      { decision: "implicitly denied", notAllowedBy: "identity policies" },
    ],
  ])("%s", (_, policies, expected) => {
    expect(evaluate(GET, policies)).toEqual(expected);
  });
});

describe("why it is not told", () => {
  test("the statement, the cause and what to give", () => {
    const document = policy(OTHER, {
      Sid: "Videos",
      ...ALLOW,
      Resource: unknown(["arn:aws:s3:::", ""]),
    });
    expect(evaluate(GET, { identity: [compilePolicy(document, "own")] })).toEqual({
      decision: "untold",
      because: [{ policy: "own", index: 1, sid: "Videos", cause, give }],
    });
  });

  test("each reason once, and at most five", () => {
    const same = { ...ALLOW, Action: [unknown(), unknown()], Resource: [unknown(), unknown()] };
    expect(evaluate(GET, { identity: [compilePolicy(policy(same), "own")] })).toEqual({
      decision: "untold",
      because: [{ policy: "own", index: 0, cause, give }],
    });
    const many = Array.from({ length: 20 }, (_, index) => ({
      ...ALLOW,
      Action: [new UnknownPart(`cause ${index}`, give), new UnknownPart(`other ${index}`, give)],
    }));
    const evaluation = evaluate(GET, { identity: [compilePolicy(policy(...many), "own")] });
    expect(evaluation).toMatchObject({ decision: "untold" });
    expect("because" in evaluation && evaluation.because).toHaveLength(5);
  });

  test("not what makes no difference", () => {
    const unsure = { ...ALLOW, Resource: unknown() };
    const document = policy(unsure, ALLOW, { ...DENY, Action: ["ec2:*", unknown(["s3:P", ""])] });
    expect(evaluate(GET, { identity: [compilePolicy(document, "own")] })).toEqual({
      decision: "allowed",
      by: { policy: "own", index: 1 },
    });
  });
});

describe("what a statement is about", () => {
  test.each<[string, unknown, boolean]>([
    ["the statement", unknown(), true],
    ["the actions", { ...ALLOW, Action: unknown() }, true],
    ["an action that may fit", { ...ALLOW, Action: ["ec2:*", unknown(["s3:", ""])] }, true],
    ["an action that cannot fit", { ...ALLOW, Action: ["ec2:*", unknown(["sqs:", ""])] }, false],
    ["all but perhaps this", { ...withoutAction, NotAction: unknown() }, true],
    ["all but this", { ...withoutAction, NotAction: ["s3:*", unknown()] }, false],
  ])("%s", (_, statement, expected) => {
    const [compiled] = compilePolicy(policy(statement), "p").statements;
    expect(compiled?.concerns("s3:getobject")).toBe(expected);
  });
});

describe("what is told is checked all the same", () => {
  test.each<[string, unknown]>([
    ["an element", { Version: unknown(), Statements: unknown() }],
    ["an element of a statement", policy({ ...ALLOW, Principal: unknown() })],
    ["both elements", policy({ ...ALLOW, NotAction: unknown() })],
    ["an operator", policy(when({ StringMatches: unknown() }))],
    ["a key", policy(when({ StringEquals: { username: unknown() } }))],
    ["an action beside it", policy({ ...ALLOW, Action: [unknown(), "GetObject"] })],
    ["a resource beside it", policy({ ...ALLOW, Resource: ["bucket", unknown()] })],
    ["a variable in a piece", policy({ ...ALLOW, Resource: unknown(["arn:aws:s3:::${a b}", ""]) })],
    ["no statement", { Version: unknown() }],
  ])("%s", (_, document) => {
    expect(() => compilePolicy(document, "p")).toThrow(PolicyError);
  });

  test("a text in one piece has no hole, so nothing of it is known", () => {
    expect(unknown(["arn:aws:s3:::other"]).pieces).toBeUndefined();
    expect(unknown([]).pieces).toBeUndefined();
  });
});
