import { describe, expect, it } from "vitest";
import type { Side } from "../../../lib/denied/answer.js";
import { ASKERS, answerTo, BECAUSE, FUNCTION, message, reportOf } from "./support.js";

/* The texts that people paste, with the facts of the right answer. */

interface Case {
  readonly what: string;
  readonly text: string;
  readonly side: Side;
  readonly says: readonly string[];
  readonly never?: readonly string[];
}

const DECODED = {
  allowed: false,
  explicitDeny: false,
  matchedStatements: { items: [] },
  failures: { items: [] },
  context: {
    principal: { id: "AIDAEXAMPLE", name: "remotion-user", arn: ASKERS.user },
    action: "lambda:CreateFunction",
    resource: FUNCTION,
    conditions: { items: [] },
  },
};

const CASES: readonly Case[] = [
  {
    what: "a profile that lacks it",
    text: message(ASKERS.user, "lambda:PutFunctionEventInvokeConfig", FUNCTION),
    side: "input",
    says: [
      "deployFunction()",
      'remotion-user: profile = "deploy" or "full"; not with "render"',
      "verify plan.json --user remotion-user=deploy",
    ],
  },
  {
    what: "a role of another name that is passed",
    text: message(
      ASKERS.caller,
      "iam:PassRole",
      "arn:aws:iam::123456789012:role/staging-remotion-lambda-role",
    ),
    side: "input",
    says: [
      "deployFunction()",
      'remotion-executionrole-policy: lambda_role_name = "staging-remotion-lambda-role"',
      "the role video-api",
      "--caller video-api=deploy --lambda-role-name staging-remotion-lambda-role",
    ],
  },
  {
    what: "a bucket of one's own that is written to",
    text: message(ASKERS.functions, "s3:PutObject", '"arn:aws:s3:::acme-videos/out.mp4"'),
    side: "input",
    says: [
      "rendering",
      'outName: { bucketName: "acme-videos"',
      'remotion-lambda-role: output_buckets = [{ name = "acme-videos", prefix = "", access = "write" }]',
      "acl = true",
      'privacy: "no-acl"',
      "--role remotion-lambda-role --output-bucket acme-videos:write",
    ],
  },
  {
    what: "an ACL in a bucket of one's own",
    text: '… is not authorized to perform: s3:PutObjectAcl on resource: "arn:aws:s3:::acme-videos/out.mp4" because no identity-based policy allows the s3:PutObjectAcl action',
    side: "input",
    says: ['name = "acme-videos"', "acl = true", 'privacy: "no-acl"', "acme-videos:write+acl"],
  },
  {
    what: "the organization",
    text: "… is not authorized to perform: s3:PutObject on resource: … with an explicit deny in a service control policy",
    side: "organization",
    says: [
      "No policy of this project can allow it",
      "whoever runs the organization",
      "never an input",
    ],
    never: ["Allowed by:"],
  },
  {
    what: "a boundary",
    text: "… is not authorized to perform: lambda:InvokeFunction on resource: … because no permissions boundary allows the lambda:InvokeFunction action",
    side: "boundary",
    says: ["the permissions boundary, and not the policy", "policy role --profile minimal"],
    never: ["Allowed by:"],
  },
  {
    what: "S3, which says nothing",
    text: "AccessDenied: Access Denied",
    side: "untold",
    says: ["cannot be told from this text", "deploySite()", "rendering", "verify plan.json"],
    never: ["Allowed by:"],
  },
  {
    what: "ACLs that are turned off",
    text: "AccessControlListNotSupported: The bucket does not allow ACLs",
    side: "acls",
    says: ['privacy: "no-acl"', "No permission is lacking", "BucketOwnerPreferred"],
  },
  {
    what: "a role that Lambda may not assume",
    text: "InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda.",
    side: "trust",
    says: ["trust policy", "remotion-lambda-role", "some seconds"],
  },
  {
    what: "a token",
    text: "Not authorized to perform sts:AssumeRoleWithWebIdentity",
    side: "trust",
    says: [
      "remotion-execution-role: trusted_oidc",
      "sub with subjects",
      "aud with audiences",
      "repo:OWNER@OWNER_ID/REPO@REPO_ID",
      "July 2026",
    ],
  },
  {
    what: "credentials",
    text: "UnrecognizedClientException: The security token included in the request is invalid",
    side: "credentials",
    says: ["not a permission", "AWS_ACCESS_KEY_ID"],
    never: ["Allowed by:"],
  },
  {
    what: "somebody else's call",
    text: "… is not authorized to perform: ec2:RunInstances on resource: …",
    side: "not Remotion",
    says: ["not a call of Remotion's"],
    never: ["Allowed by:"],
  },
  {
    what: "an encoded message",
    text: "Encoded authorization failure message: 4lNHf…",
    side: "untold",
    says: ["aws sts decode-authorization-message", "denied -"],
  },
  {
    what: "a decoded message",
    text: JSON.stringify({ DecodedMessage: JSON.stringify(DECODED) }),
    side: "input",
    says: [
      "lambda:CreateFunction",
      "deployFunction()",
      'remotion-user: profile = "deploy" or "full"; not with "render"',
    ],
  },
];

it("are fourteen", () => {
  expect(CASES).toHaveLength(14);
});

describe.each(CASES)("$what", ({ text, side, says, never = [] }) => {
  const answer = answerTo(text);

  it(`is on the side: ${side}`, () => {
    expect(answer.side).toBe(side);
  });

  it("has its facts, and a command", () => {
    const report = reportOf(answer);

    for (const fact of says) {
      expect(report).toContain(fact);
    }
    for (const fact of never) {
      expect(report).not.toContain(fact);
    }
  });
});

describe("the answer of decode-authorization-message", () => {
  const alike = answerTo(JSON.stringify({ DecodedMessage: JSON.stringify(DECODED) }));

  it.each([
    { form: "alone", text: JSON.stringify(DECODED) },
    { form: "printed over lines", text: JSON.stringify(DECODED, null, 2) },
    { form: "as JSON within JSON", text: JSON.stringify({ DecodedMessage: DECODED }) },
    { form: "as YAML", text: `DecodedMessage: '${JSON.stringify(DECODED)}'\n` },
    {
      form: "in a log's line",
      text: `2026-11-29 ${JSON.stringify({ at: "x", out: JSON.stringify(DECODED) })}`,
    },
  ])("$form is read as well", ({ text }) => {
    expect(answerTo(text)).toEqual(alike);
  });

  it("tells of an explicit deny", () => {
    const text = JSON.stringify({ ...DECODED, explicitDeny: true });

    expect(answerTo(text)).toMatchObject({ side: "another policy", allowedBy: [] });
  });
});

it("asks for no input where a boundary of a known principal decides", () => {
  const text = message(
    ASKERS.functions,
    "lambda:InvokeFunction",
    FUNCTION,
    BECAUSE.boundary("lambda:InvokeFunction"),
  );

  expect(answerTo(text)).toMatchObject({ side: "boundary", allowedBy: [] });
  expect(reportOf(answerTo(text))).not.toContain("policy user");
});
