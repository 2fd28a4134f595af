import { describe, expect, test } from "vitest";
import { compilePolicy } from "../../../../lib/iam/evaluate/compile-policy.js";
import { type Decision, evaluate } from "../../../../lib/iam/evaluate/evaluate.js";
import { simulate } from "../../../least-privilege/support/iam-simulate.js";

// Where iam-simulate decides otherwise, and what AWS's documentation says. A test that fails after
// an update of iam-simulate means that the two came closer: move the case to the random ones.

const OBJECT = "arn:aws:s3:::bucket/key";
const allow = (more: object): object => ({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "*", Resource: "*", ...more },
});
const when = (operator: string, key: string, values: unknown): object =>
  allow({ Condition: { [operator]: { [key]: values } } });

interface Difference {
  readonly policy: object;
  readonly action?: string;
  readonly resource?: string;
  readonly context?: Record<string, string | string[]>;
  readonly ours: Decision;
  readonly simulated: Decision;
}

const allowed = { ours: "allowed", simulated: "implicitly denied" } as const;
const denied = { ours: "implicitly denied", simulated: "allowed" } as const;

describe("differences to iam-simulate", () => {
  test.each<[string, Difference]>([
    [
      "a wildcard in the type of a resource is a wildcard (AWS: arn:aws:ec2:*:*:*/*)",
      {
        policy: { ...allow({ Resource: "arn:aws:ec2:*:*:*/*" }) },
        action: "ec2:StartInstances",
        resource: "arn:aws:ec2:us-east-1:123456789012:instance/i-0",
        ...allowed,
      },
    ],
    [
      "a wildcard takes the empty account of a bucket, beside a wildcard in its name",
      { policy: allow({ Resource: "arn:aws:s3::*:b*/*" }), ...allowed },
    ],
    [
      "all buckets are listed by their ARN, too (AWS's walkthrough of user policies for S3)",
      {
        policy: allow({ Resource: "arn:aws:s3:::*" }),
        action: "s3:ListAllMyBuckets",
        resource: "*",
        ...allowed,
      },
    ],
    [
      "0.0.0.0/0 is every IPv4 address",
      {
        policy: when("IpAddress", "aws:SourceIp", "0.0.0.0/0"),
        context: { "aws:SourceIp": "203.0.113.7" },
        ...allowed,
      },
    ],
    [
      "an IPv6 address is not this IPv4 address",
      {
        policy: when("NotIpAddress", "aws:SourceIp", "203.0.113.7"),
        context: { "aws:SourceIp": "2001:db8::1" },
        ...allowed,
      },
    ],
    [
      "one IPv6 address in two spellings is one",
      {
        policy: when("IpAddress", "aws:SourceIp", "2001:DB8::1"),
        context: { "aws:SourceIp": "2001:db8::1" },
        ...allowed,
      },
    ],
    [
      "epoch time is in seconds",
      {
        policy: when("DateEquals", "aws:CurrentTime", "1700000000"),
        context: { "aws:CurrentTime": "2023-11-14T22:13:20Z" },
        ...allowed,
      },
    ],
    [
      "in a Deny, a negated operator matches a variable without a value",
      {
        policy: {
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Action: "*", Resource: "*" },
            {
              Effect: "Deny",
              Action: "*",
              Resource: "*",
              Condition: { StringNotEquals: { "aws:username": "${aws:PrincipalTag/team}" } },
            },
          ],
        },
        context: { "aws:username": "alice" },
        ours: "explicitly denied",
        simulated: "allowed",
      },
    ],
    [
      "in a Deny, an ARN with a variable without a value excepts no resource",
      {
        policy: {
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Action: "*", Resource: "*" },
            { Effect: "Deny", Action: "*", NotResource: "arn:aws:s3:::${aws:username}/*" },
          ],
        },
        ours: "explicitly denied",
        simulated: "allowed",
      },
    ],
    [
      "without IfExists, a variable without a value is in the way although the key is missing",
      {
        policy: when("StringNotEquals", "aws:username", "${aws:PrincipalTag/team}"),
        ...denied,
      },
    ],
    [
      "a short ARN that does not fit excepts nothing",
      { policy: { ...notResource("arn:aws:sqs") }, ...allowed },
    ],
    [
      "${*} is an asterisk in StringEquals too",
      {
        policy: when("StringEquals", "aws:username", "a${*}"),
        context: { "aws:username": "a*" },
        ...allowed,
      },
    ],
    [
      "without Version 2012-10-17 there are no variables",
      {
        policy: {
          Statement: { Effect: "Allow", Action: "*", Resource: "arn:aws:s3:::${aws:username}/*" },
        },
        context: { "aws:username": "bucket" },
        ...denied,
      },
    ],
    [
      "IfExists counts with ForAnyValue",
      { policy: when("ForAnyValue:StringEqualsIfExists", "aws:TagKeys", "a"), ...allowed },
    ],
    [
      "an empty text is a null dataset for ForAllValues",
      {
        policy: when("ForAllValues:StringEquals", "aws:TagKeys", "a"),
        context: { "aws:TagKeys": [""] },
        ...allowed,
      },
    ],
    [
      "an empty text is Null",
      {
        policy: when("Null", "aws:username", "true"),
        context: { "aws:username": "" },
        ...allowed,
      },
    ],
    [
      "a variable in an early part of an ARN condition is filled in",
      {
        policy: when("ArnLike", "aws:PrincipalArn", "arn:aws:iam::${aws:PrincipalAccount}:user/*"),
        context: {
          "aws:PrincipalArn": "arn:aws:iam::123456789012:user/a",
          "aws:PrincipalAccount": "123456789012",
        },
        ...allowed,
      },
    ],
    [
      "5 apples is no number",
      {
        policy: when("NumericEquals", "aws:MultiFactorAuthAge", "5"),
        context: { "aws:MultiFactorAuthAge": "5 apples" },
        ...denied,
      },
    ],
    [
      "the region and the account of an ARN count case",
      {
        policy: allow({ Resource: "arn:aws:lambda:US-EAST-1:*:function:*" }),
        action: "lambda:InvokeFunction",
        resource: "arn:aws:lambda:us-east-1:123456789012:function:f",
        ...denied,
      },
    ],
    [
      "sts:GetCallerIdentity needs no permission, which is the service's own rule",
      {
        policy: allow({ Action: "s3:*" }),
        action: "sts:GetCallerIdentity",
        resource: "*",
        ...denied,
      },
    ],
    [
      "policies of AWS cannot be changed, which is the service's own rule",
      {
        policy: allow({}),
        action: "iam:DeletePolicy",
        resource: "arn:aws:iam::aws:policy/AdministratorAccess",
        ...allowed,
      },
    ],
  ])("%s", async (_, { policy, ours, simulated, ...request }) => {
    const asked = { action: "s3:GetObject", resource: OBJECT, context: {}, ...request };
    const compiled = compilePolicy(policy, "p");
    expect(evaluate(asked, { identity: [compiled] }).decision).toBe(ours);
    expect(await simulate({ ...asked, identity: [policy] })).toEqual({ decision: simulated });
  });
});

function notResource(pattern: string): object {
  return {
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Action: "*", NotResource: pattern },
  };
}
