import { describe, expect, test } from "vitest";
import { compilePolicy } from "../../../../lib/iam/evaluate/compile-policy.js";
import { type Decision, evaluate } from "../../../../lib/iam/evaluate/evaluate.js";
import type { ContextSource } from "../../../../lib/iam/evaluate/request-context.js";

const ALLOW = { Effect: "Allow", Action: "*", Resource: "*" };
const DENY = { ...ALLOW, Effect: "Deny" };
const UNTOLD = ["aws:SourceIp", "AWS:multifactorauthpresent", "aws:PrincipalTag/*", "aws:TagKeys"];
const TEAM = "aws:PrincipalTag/team";

function evaluation(statements: readonly object[], source: ContextSource = {}) {
  const policy = compilePolicy({ Version: "2012-10-17", Statement: statements }, "own");
  const request = { action: "s3:GetObject", resource: "arn:aws:s3:::bucket/alice" };
  return evaluate({ ...request, untold: UNTOLD, ...source }, { identity: [policy] });
}

const decide = (statements: readonly object[], source?: ContextSource): Decision =>
  evaluation(statements, source).decision;

const when = (Condition: object): object => ({ ...ALLOW, Condition });
const unless = (Condition: object): object[] => [ALLOW, { ...DENY, Condition }];

describe("a condition on a key that only the caller's session decides", () => {
  test.each<[string, object, Decision]>([
    ["an address", { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, "untold"],
    ["in another case", { IpAddress: { "AWS:SOURCEIP": "203.0.113.0/24" } }, "untold"],
    ["negated", { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, "untold"],
    ["with IfExists", { IpAddressIfExists: { "aws:SourceIp": "203.0.113.0/24" } }, "untold"],
    ["MFA", { Bool: { "aws:MultiFactorAuthPresent": "true" } }, "untold"],
    ["a tag, by the prefix", { StringEquals: { [TEAM]: "video" } }, "untold"],
    ["any value, for it may be missing", { StringLike: { [TEAM]: "*" } }, "untold"],
    ["Null", { Null: { [TEAM]: "true" } }, "untold"],
    ["Null, either way", { Null: { [TEAM]: ["true", "false"] } }, "allowed"],
    ["Null, neither way", { Null: { [TEAM]: "neither" } }, "implicitly denied"],
    ["all values", { "ForAllValues:StringEquals": { "aws:TagKeys": "a" } }, "untold"],
    [
      "all values, whatever they are",
      { "ForAllValues:StringLike": { "aws:TagKeys": "*" } },
      "allowed",
    ],
    ["any value of many", { "ForAnyValue:StringLike": { "aws:TagKeys": "*" } }, "untold"],
    [
      "no value of many",
      { "ForAnyValue:StringNotLike": { "aws:TagKeys": "*" } },
      "implicitly denied",
    ],
    [
      "no value of many, if there are any",
      { "ForAnyValue:StringNotLikeIfExists": { "aws:TagKeys": "*" } },
      "untold",
    ],
    ["a longer key", { StringEquals: { "aws:SourceIpx": "a" } }, "implicitly denied"],
    ["the prefix alone", { StringEquals: { "aws:PrincipalTag": "a" } }, "implicitly denied"],
    [
      "beside a condition that fails",
      { StringEquals: { [TEAM]: "video", "x:y": "a" } },
      "implicitly denied",
    ],
  ])("%s", (_, condition, expected) => {
    expect(decide([when(condition)])).toBe(expected);
  });

  test.each<[string, readonly object[], Decision]>([
    ["of a Deny", unless({ Bool: { "aws:MultiFactorAuthPresent": "false" } }), "untold"],
    [
      "of a Deny of something else",
      [ALLOW, { ...DENY, Action: "ec2:*", Condition: { Null: { [TEAM]: "true" } } }],
      "allowed",
    ],
    ["of an Allow beside another", [when({ Null: { [TEAM]: "true" } }), ALLOW], "allowed"],
    ["of an Allow beside a Deny", [when({ Null: { [TEAM]: "true" } }), DENY], "explicitly denied"],
    [
      "of two statements that cannot both fail",
      [when({ Null: { [TEAM]: "true" } }), when({ Null: { [TEAM]: "false" } })],
      "untold",
    ],
  ])("%s", (_, statements, expected) => {
    expect(decide(statements)).toBe(expected);
  });

  test.each<[string, ContextSource, Decision]>([
    ["is told by its value", { context: { [TEAM]: "video" } }, "allowed"],
    [
      "is told by its value in another case",
      { context: { "AWS:principaltag/TEAM": "video" } },
      "allowed",
    ],
    ["is told by another value", { context: { [TEAM]: "audio" } }, "implicitly denied"],
    ["is told to be missing", { context: { [TEAM]: [] } }, "implicitly denied"],
    ["is not told by another key", { context: { "aws:PrincipalTag/x": "video" } }, "untold"],
    ["is missing where nothing is untold", { untold: [] }, "implicitly denied"],
    ["is untold with every key", { untold: ["*"] }, "untold"],
  ])("%s", (_, source, expected) => {
    expect(decide([when({ StringEquals: { [TEAM]: "video" } })], source)).toBe(expected);
  });

  test("says so, with the key as it is written", () => {
    expect(evaluation([when({ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } })])).toEqual({
      decision: "untold",
      because: [
        {
          policy: "own",
          index: 0,
          cause: "its condition on aws:SourceIp is decided by the caller's session",
          give: "a statement that does without aws:SourceIp",
          key: "aws:SourceIp",
        },
      ],
    });
  });
});

describe("a variable that only the caller's session decides", () => {
  const inResource = (name: string): object => ({ ...ALLOW, Resource: `arn:aws:s3:::${name}` });
  test.each<[string, readonly object[], Decision]>([
    ["in a resource", [inResource("bucket/${aws:PrincipalTag/team}")], "untold"],
    [
      "in a resource of a Deny",
      [ALLOW, { ...DENY, Resource: "arn:aws:s3:::bucket/${aws:PrincipalTag/x}*" }],
      "untold",
    ],
    ["in another resource", [inResource("other/${aws:PrincipalTag/team}")], "implicitly denied"],
    ["with a default", [inResource("bucket/${aws:PrincipalTag/team, 'alice'}")], "untold"],
    [
      "beside a resource that fits",
      [{ ...ALLOW, Resource: ["arn:aws:s3:::${aws:PrincipalTag/team}", "arn:aws:s3:::bucket/*"] }],
      "allowed",
    ],
    [
      "in an exception",
      [{ Effect: "Allow", Action: "*", NotResource: "arn:aws:s3:::bucket/${aws:PrincipalTag/x}" }],
      "untold",
    ],
    [
      // It may have no value, and then the statement is invalid.
      "in an exception of something else",
      [{ Effect: "Allow", Action: "*", NotResource: "arn:aws:s3:::other/${aws:PrincipalTag/x}" }],
      "untold",
    ],
    [
      "in an exception of something else, of a Deny",
      [
        ALLOW,
        { Effect: "Deny", Action: "*", NotResource: "arn:aws:s3:::other/${aws:PrincipalTag/x}" },
      ],
      "explicitly denied",
    ],
    ["in a condition", [when({ StringEquals: { "aws:username": `\${${TEAM}}` } })], "untold"],
    [
      "in a negated condition",
      [when({ StringNotEquals: { "aws:username": `\${${TEAM}}` } })],
      "untold",
    ],
    [
      "in a condition on a key that is missing",
      [when({ StringEquals: { "x:y": `\${${TEAM}}` } })],
      "implicitly denied",
    ],
    [
      "in a negated condition on a key that is missing",
      [when({ StringNotEquals: { "x:y": `\${${TEAM}}` } })],
      "untold",
    ],
    [
      "in a negated condition on a key that is missing, of a Deny",
      unless({ StringNotEquals: { "x:y": `\${${TEAM}}` } }),
      "explicitly denied",
    ],
    [
      "in a condition that fails by the rest of the text",
      [when({ StringLike: { "aws:username": `x-\${${TEAM}}` } })],
      "implicitly denied",
    ],
    [
      "in an ARN of a condition",
      [when({ ArnLike: { "x:arn": `arn:aws:s3:::\${${TEAM}}` } })],
      "untold",
    ],
  ])("%s", (_, statements, expected) => {
    const context = { "aws:username": "alice", "x:arn": "arn:aws:s3:::bucket" };
    expect(decide(statements, { context })).toBe(expected);
  });

  test("says so, with the variable as it is written", () => {
    expect(evaluation([inResource("bucket/${aws:PrincipalTag/Team}")])).toMatchObject({
      because: [
        {
          cause: "its variable ${aws:PrincipalTag/Team} is decided by the caller's session",
          key: "aws:PrincipalTag/Team",
        },
      ],
    });
  });
});
