import { describe, expect, test } from "vitest";
import { compilePolicy } from "../../../../lib/iam/evaluate/compile-policy.js";
import { type Decision, evaluate } from "../../../../lib/iam/evaluate/evaluate.js";
import {
  permissionSetRoleArn,
  principalContext,
} from "../../../../lib/iam/evaluate/principal-context.js";
import { UnknownPart } from "../../../../lib/iam/evaluate/unknown-part.js";

const USER = "arn:aws:iam::123456789012:user/team/alice";
const ROLE = "arn:aws:iam::123456789012:role/team/api";
const SESSION = "arn:aws:sts::123456789012:assumed-role/api/job-7";

/** Values as they read: what is not told is shown as `*`. */
function shown(principal: string | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(principalContext(principal)).map(([key, value]) => [
      key,
      value instanceof UnknownPart ? (value.pieces ?? ["", ""]).join("*") : value,
    ]),
  );
}

describe("what follows from an ARN", () => {
  test.each<[string, string | undefined, Record<string, string>]>([
    [
      "a user",
      USER,
      {
        "aws:principalaccount": "123456789012",
        "aws:principalarn": USER,
        "aws:principaltype": "User",
        "aws:username": "alice",
        "aws:userid": "AIDA*",
      },
    ],
    [
      "a role",
      ROLE,
      {
        "aws:principalaccount": "123456789012",
        "aws:principalarn": ROLE,
        "aws:principaltype": "AssumedRole",
        "aws:userid": "AROA*:*",
      },
    ],
    [
      "a session, which lacks the path of its role",
      SESSION,
      {
        "aws:principalaccount": "123456789012",
        "aws:principalarn": "arn:aws:iam::123456789012:role/*api",
        "aws:principaltype": "AssumedRole",
        "aws:userid": "AROA*:job-7",
      },
    ],
    [
      "a session of which the role is not told",
      "arn:aws:sts::123456789012:assumed-role",
      {
        "aws:principalaccount": "123456789012",
        "aws:principalarn": "arn:aws:iam::123456789012:role/*",
        "aws:principaltype": "AssumedRole",
        "aws:userid": "AROA*:assumed-role",
      },
    ],
    [
      "a federated user",
      "arn:aws:sts::123456789012:federated-user/bob",
      {
        "aws:principalaccount": "123456789012",
        "aws:principalarn": "arn:aws:sts::123456789012:federated-user/bob",
        "aws:principaltype": "FederatedUser",
        "aws:userid": "123456789012:bob",
      },
    ],
    [
      "the root",
      "arn:aws-cn:iam::123456789012:root",
      {
        "aws:principalaccount": "123456789012",
        "aws:principalarn": "arn:aws-cn:iam::123456789012:root",
        "aws:principaltype": "Account",
        "aws:userid": "123456789012",
      },
    ],
    [
      "a user of an account that is not told",
      "arn:aws:iam::*:user/alice",
      {
        "aws:principalaccount": "*",
        "aws:principalarn": "arn:aws:iam::*:user/alice",
        "aws:principaltype": "User",
        "aws:username": "alice",
        "aws:userid": "AIDA*",
      },
    ],
    [
      "a user whose name begins so",
      "arn:aws:iam::*:user/team/remotion-*",
      {
        "aws:principalaccount": "*",
        "aws:principalarn": "arn:aws:iam::*:user/team/remotion-*",
        "aws:principaltype": "User",
        "aws:username": "remotion-*",
        "aws:userid": "AIDA*",
      },
    ],
    [
      "a permission set",
      permissionSetRoleArn({ partition: "aws", account: "123456789012", name: "Videos" }),
      {
        "aws:principalaccount": "123456789012",
        "aws:principalarn":
          "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Videos_*",
        "aws:principaltype": "AssumedRole",
        "aws:userid": "AROA*:*",
      },
    ],
    ["an account that is empty", "arn:aws:iam:::group/x", { "aws:principalaccount": "*" }],
    [
      "a managed policy",
      "arn:aws:iam::123456789012:policy/x",
      { "aws:principalaccount": "123456789012" },
    ],
    ["nobody", undefined, {}],
    ["no ARN", "alice", {}],
    ["six parts that are no ARN", "x:aws:iam::123456789012:user/alice", {}],
    [
      "what is of another service",
      "arn:aws:s3::123456789012:user/alice",
      { "aws:principalaccount": "123456789012" },
    ],
  ])("%s", (_, principal, expected) => {
    expect(shown(principal)).toEqual(expected);
  });
});

describe("what is not told of who calls", () => {
  const ACCOUNT = ["the caller's account is not told", "--account"];
  const NAME = ["the caller's name is not told", "the plan after the apply"];
  const SET_NAME = [
    "IAM Identity Center chooses the end of the role's name",
    "the ARN of the role",
  ];
  test.each<[key: string, principal: string, expected: readonly string[]]>([
    ["account", "arn:aws:iam::*:user/alice", ACCOUNT],
    ["account", "arn:aws:iam:::user/alice", ACCOUNT],
    ["arn", "arn:aws:iam::*:user/alice", ACCOUNT],
    ["arn", "arn:aws:iam::123456789012:user/*", NAME],
    ["username", "arn:aws:iam::123456789012:user/*", NAME],
    ["arn", "arn:aws:iam::*:user/*", ["the caller's ARN is not told", "the plan after the apply"]],
    [
      "arn",
      permissionSetRoleArn({ partition: "aws", account: "123456789012", name: "Videos" }),
      SET_NAME,
    ],
    ["arn", permissionSetRoleArn({ partition: "aws", account: "*", name: "Videos" }), SET_NAME],
    ["arn", SESSION, ["the path of the session's role is not told", "the ARN of the role"]],
    ["userid", USER, ["IAM chooses the caller's unique id", "a policy without aws:userid"]],
    ["userid", "arn:aws:sts::*:federated-user/bob", ACCOUNT],
    ["userid", "arn:aws:iam::*:root", ACCOUNT],
  ])("aws:…%s of %s", (key, principal, expected) => {
    const values = principalContext(principal);
    const value = values[key === "account" || key === "arn" ? `aws:principal${key}` : `aws:${key}`];

    expect(value).toMatchObject({ cause: expected[0], give: expected[1] });
  });
});

describe("a condition on who calls", () => {
  const NO_ACCOUNT = "arn:aws:iam::*:role/team/api";
  const SET = permissionSetRoleArn({ partition: "aws", account: "*", name: "Videos" });
  const NAMED = "aws:PrincipalArn";
  test.each<[string, string, object, Decision]>([
    ["the account", ROLE, { StringEquals: { "aws:PrincipalAccount": "123456789012" } }, "allowed"],
    [
      "another account",
      ROLE,
      { StringNotEquals: { "aws:PrincipalAccount": "123456789012" } },
      "implicitly denied",
    ],
    [
      "no account",
      NO_ACCOUNT,
      { StringEquals: { "aws:PrincipalAccount": "123456789012" } },
      "untold",
    ],
    [
      "no account, negated",
      NO_ACCOUNT,
      { StringNotEquals: { "aws:PrincipalAccount": "1" } },
      "untold",
    ],
    ["any account", NO_ACCOUNT, { StringLike: { "aws:PrincipalAccount": "*" } }, "allowed"],
    ["there is an account", NO_ACCOUNT, { Null: { "aws:PrincipalAccount": "false" } }, "allowed"],
    [
      "there is none",
      NO_ACCOUNT,
      { Null: { "aws:PrincipalAccount": "true" } },
      "implicitly denied",
    ],
    [
      "as a variable",
      NO_ACCOUNT,
      { StringLike: { [NAMED]: "arn:aws:iam::${aws:PrincipalAccount}:role/*" } },
      "untold",
    ],
    [
      "the ARN in any account",
      NO_ACCOUNT,
      { ArnLike: { [NAMED]: "arn:aws:iam::*:role/team/*" } },
      "allowed",
    ],
    [
      "the ARN in one",
      NO_ACCOUNT,
      { ArnLike: { [NAMED]: "arn:aws:iam::123456789012:role/team/*" } },
      "untold",
    ],
    [
      "another ARN",
      NO_ACCOUNT,
      { ArnLike: { [NAMED]: "arn:aws:iam::123456789012:role/admin" } },
      "implicitly denied",
    ],
    [
      "not another ARN",
      NO_ACCOUNT,
      { ArnNotLike: { [NAMED]: "arn:aws:iam::*:role/admin" } },
      "allowed",
    ],
    [
      "the text of the ARN",
      NO_ACCOUNT,
      { StringEquals: { [NAMED]: "arn:aws:iam::123456789012:role/team/api" } },
      "untold",
    ],
    [
      "another text",
      NO_ACCOUNT,
      { StringEquals: { [NAMED]: "arn:aws:iam::123456789012:role/api" } },
      "implicitly denied",
    ],
    ["a pattern", NO_ACCOUNT, { StringLike: { [NAMED]: "*:role/team/api" } }, "allowed"],
    [
      "another pattern",
      NO_ACCOUNT,
      { StringLike: { [NAMED]: "*:role/team/web" } },
      "implicitly denied",
    ],
    [
      "another beginning",
      NO_ACCOUNT,
      { StringLike: { [NAMED]: "arn:aws-cn:*" } },
      "implicitly denied",
    ],
    [
      "the type of a role",
      NO_ACCOUNT,
      { StringEquals: { "aws:PrincipalType": "AssumedRole" } },
      "allowed",
    ],
    ["a role has no user name", ROLE, { Null: { "aws:username": "true" } }, "allowed"],
    ["the user name", USER, { StringEquals: { "aws:username": "alice" } }, "allowed"],
    ["there is a unique id", USER, { Null: { "aws:userid": "false" } }, "allowed"],
    [
      "which unique id",
      USER,
      { StringEquals: { "aws:userid": "AIDAJQABLZS4A3QDU576Q" } },
      "untold",
    ],
    [
      "no role's unique id",
      USER,
      { StringEquals: { "aws:userid": "AROAJQABLZS4A3QDU576Q:x" } },
      "implicitly denied",
    ],
    [
      "the session's name",
      SESSION,
      { StringLike: { "aws:userid": "*:job-8" } },
      "implicitly denied",
    ],
    [
      "a session's role",
      SESSION,
      { ArnEquals: { [NAMED]: "arn:aws:iam::123456789012:role/api" } },
      "untold",
    ],
    ["not the session's ARN", SESSION, { ArnEquals: { [NAMED]: SESSION } }, "implicitly denied"],
    [
      "a permission set",
      SET,
      {
        ArnLike: {
          [NAMED]: "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Videos_*",
        },
      },
      "untold",
    ],
    [
      "roles of Identity Center",
      SET,
      { ArnLike: { [NAMED]: "arn:aws:iam::*:role/aws-reserved/*" } },
      "allowed",
    ],
    [
      "another permission set",
      SET,
      { ArnLike: { [NAMED]: "arn:aws:iam::*:role/team/*" } },
      "implicitly denied",
    ],
  ])("%s", (_, principal, Condition, expected) => {
    const statement = { Effect: "Allow", Action: "*", Resource: "*", Condition };
    const policy = compilePolicy({ Version: "2012-10-17", Statement: statement }, "own");
    const request = { action: "s3:GetObject", resource: "arn:aws:s3:::bucket/key", principal };
    expect(evaluate(request, { identity: [policy] }).decision).toBe(expected);
  });

  test("an untold key comes before what follows from the ARN, and a given one before both", () => {
    const Condition = { StringEquals: { "aws:username": "alice" } };
    const statement = { Effect: "Allow", Action: "*", Resource: "*", Condition };
    const policy = compilePolicy({ Version: "2012-10-17", Statement: statement }, "own");
    const request = { action: "s3:GetObject", resource: "*", principal: USER };
    const untold = ["aws:user*"];
    const context = { "aws:username": "alice" };
    const decide = (more: object) =>
      evaluate({ ...request, ...more }, { identity: [policy] }).decision;
    expect([decide({}), decide({ untold }), decide({ untold, context })]).toEqual([
      "allowed",
      "untold",
      "allowed",
    ]);
  });
});
