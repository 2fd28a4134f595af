import { describe, expect, test } from "vitest";
import { compilePolicy } from "../../../../lib/iam/evaluate/compile-policy.js";
import { RequestError } from "../../../../lib/iam/evaluate/errors.js";
import { type Decision, evaluate } from "../../../../lib/iam/evaluate/evaluate.js";
import type { AccessRequest } from "../../../../lib/iam/evaluate/request.js";
import { UPSTREAM_POLICIES } from "../../../least-privilege/support/upstream-policies.js";

const VERSION = "2012-10-17";
const allow = (statement: object): object => ({ Effect: "Allow", ...statement });
const deny = (statement: object): object => ({ Effect: "Deny", ...statement });
const policy = (...statements: object[]): object => ({ Version: VERSION, Statement: statements });

const OBJECT = "arn:aws:s3:::remotionlambda-useast1-abc1234567/renders/x/out.mp4";
const GET = { action: "s3:GetObject", resource: OBJECT };

function decide(request: AccessRequest, identity: readonly object[], boundary?: object): Decision {
  return evaluate(request, {
    identity: identity.map((document, index) => compilePolicy(document, `identity ${index}`)),
    ...(boundary === undefined ? {} : { boundary: compilePolicy(boundary, "boundary") }),
  }).decision;
}

describe("which policies decide", () => {
  const getAll = policy(allow({ Action: "s3:GetObject", Resource: "*" }));
  const putAll = policy(allow({ Action: "s3:PutObject", Resource: "*" }));
  const denyGet = policy(deny({ Action: "s3:GetObject", Resource: "*" }));
  const both = policy(
    allow({ Action: "s3:GetObject", Resource: "*" }),
    deny({ Action: "s3:GetObject", Resource: "*" }),
  );
  test.each<[string, readonly object[], object | undefined, Decision]>([
    ["no policy at all", [], undefined, "implicitly denied"],
    ["a policy about something else", [putAll], undefined, "implicitly denied"],
    ["one policy allows", [putAll, getAll], undefined, "allowed"],
    ["one policy denies", [getAll, denyGet], undefined, "explicitly denied"],
    ["the order makes no difference", [denyGet, getAll], undefined, "explicitly denied"],
    ["one policy does both", [both], undefined, "explicitly denied"],
    ["the boundary allows too", [getAll], getAll, "allowed"],
    ["the boundary does not allow", [getAll], putAll, "implicitly denied"],
    ["the boundary alone allows nothing", [putAll], getAll, "implicitly denied"],
    ["the boundary denies", [getAll], both, "explicitly denied"],
    ["the boundary denies what nothing allows", [], denyGet, "explicitly denied"],
  ])("%s", (_, identity, boundary, expected) => {
    expect(decide(GET, identity, boundary)).toBe(expected);
  });
});

describe("the statement that decided", () => {
  const identity = compilePolicy(
    policy(
      allow({ Action: "s3:PutObject", Resource: "*" }),
      allow({ Sid: "Reading", Action: "s3:Get*", Resource: "*" }),
      allow({ Sid: "Again", Action: "s3:GetObject", Resource: "*" }),
      deny({ Sid: "Guard", Action: "s3:GetObjectAcl", Resource: "*" }),
    ),
    "identity",
  );
  const boundary = compilePolicy(
    policy(
      allow({ Action: "s3:GetObject", Resource: "*" }),
      deny({ Action: "s3:GetObjectTagging", Resource: "*" }),
    ),
    "boundary",
  );
  test.each([
    ["s3:GetObject", { decision: "allowed", by: { policy: "identity", index: 1, sid: "Reading" } }],
    [
      "s3:GetObjectAcl",
      { decision: "explicitly denied", by: { policy: "identity", index: 3, sid: "Guard" } },
    ],
    [
      "s3:GetObjectTagging",
      { decision: "explicitly denied", by: { policy: "boundary", index: 1 } },
    ],
    ["s3:PutObject", { decision: "implicitly denied", notAllowedBy: "permissions boundary" }],
    ["s3:DeleteObject", { decision: "implicitly denied", notAllowedBy: "identity policies" }],
  ])("%s", (action, expected) => {
    expect(
      evaluate({ action, resource: OBJECT }, { identity: [identity], boundary }),
    ).toStrictEqual(expected);
  });
});

describe("Action and NotAction", () => {
  test.each<[string, object, string, boolean]>([
    ["case is ignored", { Action: "S3:getobject" }, "s3:GetObject", true],
    ["case of the request is ignored", { Action: "s3:GetObject" }, "S3:GETOBJECT", true],
    ["everything", { Action: "*" }, "s3:GetObject", true],
    ["everything, the long way", { Action: "*:*" }, "s3:GetObject", true],
    ["one service", { Action: "s3:*" }, "s3:GetObject", true],
    ["another service", { Action: "s3-outposts:*" }, "s3:GetObject", false],
    ["a prefix", { Action: "s3:Get*" }, "s3:GetObject", true],
    ["a prefix that goes too far", { Action: "s3:GetObjectT*" }, "s3:GetObject", false],
    ["a suffix", { Action: "s3:*Object" }, "s3:GetObject", true],
    ["a suffix too early", { Action: "s3:*Object" }, "s3:GetObjectAcl", false],
    ["the middle", { Action: "s3:G*ct" }, "s3:GetObject", true],
    ["an overlap is not counted twice", { Action: "s3:GetObj*bject" }, "s3:GetObject", false],
    ["one character", { Action: "s3:?etObject" }, "s3:GetObject", true],
    ["not no character", { Action: "s3:GetObject?" }, "s3:GetObject", false],
    ["a list", { Action: ["s3:PutObject", "s3:GetObject"] }, "s3:GetObject", true],
    ["all but it", { NotAction: "s3:GetObject" }, "s3:GetObject", false],
    ["all but another", { NotAction: ["s3:Put*"] }, "s3:GetObject", true],
  ])("%s", (_, element, action, allowed) => {
    const decision = decide({ action, resource: OBJECT }, [
      policy(allow({ ...element, Resource: "*" })),
    ]);
    expect(decision).toBe(allowed ? "allowed" : "implicitly denied");
  });
});

describe("Resource and NotResource", () => {
  const fn = "arn:aws:lambda:us-east-1:123456789012:function:remotion-render-4:live";
  test.each<[string, object, string, boolean]>([
    ["the ARN", { Resource: OBJECT }, OBJECT, true],
    [
      "case counts",
      { Resource: OBJECT.toUpperCase().replace("ARN:AWS:S3", "arn:aws:s3") },
      OBJECT,
      false,
    ],
    ["a bucket is not its objects", { Resource: "arn:aws:s3:::b" }, "arn:aws:s3:::b/key", false],
    ["objects are not the bucket", { Resource: "arn:aws:s3:::b/*" }, "arn:aws:s3:::b", false],
    ["a wildcard covers slashes", { Resource: "arn:aws:s3:::remotionlambda-*" }, OBJECT, true],
    [
      "a wildcard covers colons of the resource",
      { Resource: "arn:aws:lambda:*:*:function:remotion-render-*" },
      fn,
      true,
    ],
    [
      "a wildcard in the middle covers colons of the resource",
      { Resource: "arn:aws:lambda:*:*:function*live" },
      fn,
      true,
    ],
    [
      "a wildcard stays in its segment",
      { Resource: "arn:aws:lambda:*:function:remotion-render-4:live" },
      fn,
      false,
    ],
    ["a part of a segment", { Resource: "arn:aws:lambda:us-*-1:1234*:function:*" }, fn, true],
    ["the type may be a wildcard", { Resource: "arn:aws:lambda:*:*:*:remotion-*" }, fn, true],
    [
      "a wildcard takes an empty segment",
      { Resource: "arn:aws:s3:*:*:remotionlambda-*" },
      OBJECT,
      true,
    ],
    ["another partition", { Resource: "arn:aws-cn:s3:::*" }, OBJECT, false],
    ["any partition", { Resource: "arn:*:s3:::*" }, OBJECT, true],
    ["missing parts are wildcards", { Resource: "arn:aws:s3" }, OBJECT, true],
    ["missing parts of another service", { Resource: "arn:aws:sqs" }, OBJECT, false],
    ["no resource at all needs *", { Resource: "arn:aws:s3:::*" }, "*", false],
    ["no resource at all with *", { Resource: ["arn:aws:s3:::b", "*"] }, "*", true],
    ["all but it", { NotResource: "arn:aws:s3:::remotionlambda-*" }, OBJECT, false],
    ["all but another", { NotResource: "arn:aws:s3:::other/*" }, OBJECT, true],
    ["all but an ARN, for no resource", { NotResource: "arn:aws:s3:::other/*" }, "*", true],
    ["a * in a key is itself", { Resource: "arn:aws:s3:::b/a" }, "arn:aws:s3:::b/*", false],
    ["a dot is a dot", { Resource: "arn:aws:s3:::a.b" }, "arn:aws:s3:::axb", false],
    [
      "brackets are text",
      { Resource: "arn:aws:s3:::b/[a]+(b)|^$" },
      "arn:aws:s3:::b/[a]+(b)|^$",
      true,
    ],
    [
      "a line break is a character",
      { Resource: "arn:aws:s3:::b/a?b*" },
      "arn:aws:s3:::b/a\nb\n",
      true,
    ],
    // The examples of AWS's page about the element.
    ...(
      [
        ["1/test/object.jpg", true],
        ["1/2/test/object.jpg", true],
        ["1/2/test/3/object.jpg", true],
        ["1/2/3/test/4/object.jpg", true],
        ["1///test///object.jpg", true],
        ["1/test/.jpg", true],
        ["/test/object.jpg", true],
        ["1/test/", true],
        ["1-test/object.jpg", false],
        ["test/object.jpg", false],
        ["1/2/test.jpg", false],
      ] as const
    ).map(([key, fits]): [string, object, string, boolean] => [
      `AWS's example ${key}`,
      { Resource: "arn:aws:s3:::amzn-s3-demo-bucket/*/test/*" },
      `arn:aws:s3:::amzn-s3-demo-bucket/${key}`,
      fits,
    ]),
  ])("%s", (_, element, resource, allowed) => {
    const decision = decide({ action: "s3:GetObject", resource }, [
      policy(allow({ ...element, Action: "*" })),
    ]);
    expect(decision).toBe(allowed ? "allowed" : "implicitly denied");
  });
});

describe("policy variables in resources", () => {
  const context = { "aws:username": "alice", "AWS:PrincipalTag/Team": "v*", "aws:TagKeys": ["a"] };
  test.each<[string, object, string, boolean]>([
    ["filled in", { Resource: "arn:aws:s3:::b/${aws:username}/*" }, "b/alice/x", true],
    ["of someone else", { Resource: "arn:aws:s3:::b/${aws:username}/*" }, "b/bob/x", false],
    ["the name ignores case", { Resource: "arn:aws:s3:::b/${AWS:UserName}" }, "b/alice", true],
    [
      "a * in the value is text",
      { Resource: "arn:aws:s3:::b/${aws:PrincipalTag/team}" },
      "b/video",
      false,
    ],
    [
      "a * in the value fits itself",
      { Resource: "arn:aws:s3:::b/${aws:PrincipalTag/team}" },
      "b/v*",
      true,
    ],
    ["no value fits nothing", { Resource: "arn:aws:s3:::b/${aws:userid}*" }, "b/x", false],
    [
      "no value makes NotResource invalid",
      { NotResource: "arn:aws:s3:::b/${aws:userid}*" },
      "b/x",
      false,
    ],
    [
      "beside another ARN, too",
      { NotResource: ["arn:aws:s3:::c", "arn:aws:s3:::b/${aws:userid}*"] },
      "b/x",
      false,
    ],
    [
      "another ARN fits",
      { Resource: ["arn:aws:s3:::b/${aws:userid}*", "arn:aws:s3:::b/x"] },
      "b/x",
      true,
    ],
    ["many values fit nothing", { Resource: "arn:aws:s3:::b/${aws:TagKeys}" }, "b/a", false],
    [
      "a default",
      { Resource: "arn:aws:s3:::b-${aws:PrincipalTag/x, 'company-wide'}" },
      "b-company-wide",
      true,
    ],
    [
      "a default is not used when there is a value",
      { Resource: "arn:aws:s3:::b/${aws:username, 'x'}" },
      "b/x",
      false,
    ],
    ["a default is text", { Resource: "arn:aws:s3:::b/${aws:userid, '*'}" }, "b/anything", false],
    ["an asterisk", { Resource: "arn:aws:s3:::b/${*}" }, "b/*", true],
    ["only an asterisk", { Resource: "arn:aws:s3:::b/${*}" }, "b/x", false],
    ["a question mark", { Resource: "arn:aws:s3:::b/${?}" }, "b/?", true],
    ["a dollar sign", { Resource: "arn:aws:s3:::b/${$}{aws:username}" }, "b/${aws:username}", true],
    ["a colon in the name", { Resource: "arn:aws:s3:::${aws:username}" }, "alice", true],
  ])("%s", (_, element, name, allowed) => {
    const request = { action: "s3:GetObject", resource: `arn:aws:s3:::${name}`, context };
    const decision = decide(request, [policy(allow({ ...element, Action: "*" }))]);
    expect(decision).toBe(allowed ? "allowed" : "implicitly denied");
  });

  test.each([
    ["2008-10-17", { Version: "2008-10-17" }],
    ["no version", {}],
  ])("are text in a policy of %s", (_, version) => {
    const document = {
      ...version,
      Statement: allow({
        Action: "*",
        // So they may stand before the fifth colon, too.
        Resource: ["arn:aws:s3:::b/${aws:username}", "arn:aws:s3::${aws:username}:b"],
      }),
    };
    const request = { action: "s3:GetObject", resource: "arn:aws:s3:::b/${aws:username}", context };
    expect(decide(request, [document])).toBe("allowed");
    expect(decide({ ...request, resource: "arn:aws:s3:::b/alice" }, [document])).toBe(
      "implicitly denied",
    );
  });
});

describe("listing all buckets, for which AWS names an ARN with a star", () => {
  test.each<[resource: string, decision: Decision]>([
    ["*", "allowed"],
    ["arn:aws:s3:::*", "allowed"],
    ["arn:aws-cn:s3:::*", "allowed"],
    ["arn:aws:s3:::?*", "allowed"],
    ["arn:aws:s3:::video-*", "implicitly denied"],
    ["arn:aws:sqs:::*", "implicitly denied"],
  ])("%s", (resource, decision) => {
    const request = { action: "s3:ListAllMyBuckets", resource: "*" };

    expect(decide(request, [policy(allow({ Action: "s3:*", Resource: resource }))])).toBe(decision);
  });
});

describe("what follows from the principal", () => {
  const own = policy(
    allow({
      Action: "iam:CreateAccessKey",
      Resource: "arn:aws:iam::*:user/${aws:username}",
      Condition: { StringEquals: { "aws:PrincipalAccount": "123456789012" } },
    }),
  );
  const request = {
    action: "iam:CreateAccessKey",
    resource: "arn:aws:iam::123456789012:user/alice",
  };
  test.each<[string, Partial<AccessRequest>, Decision]>([
    ["a user", { principal: "arn:aws:iam::123456789012:user/path/alice" }, "allowed"],
    ["another user", { principal: "arn:aws:iam::123456789012:user/bob" }, "implicitly denied"],
    [
      "a role has no user name",
      { principal: "arn:aws:iam::123456789012:role/alice" },
      "implicitly denied",
    ],
    ["nobody", {}, "implicitly denied"],
    ["another account", { principal: "arn:aws:iam::999999999999:user/alice" }, "implicitly denied"],
    [
      "the context comes before",
      {
        principal: "arn:aws:iam::123456789012:user/bob",
        context: { "AWS:UserName": "alice" },
      },
      "allowed",
    ],
    [
      "the context takes away",
      { principal: "arn:aws:iam::123456789012:user/alice", context: { "aws:username": [] } },
      "implicitly denied",
    ],
  ])("%s", (_, more, expected) => {
    expect(decide({ ...request, ...more }, [own])).toBe(expected);
  });
});

describe("a request that is none", () => {
  test.each<[string, AccessRequest]>([
    ["a pattern for an action", { action: "s3:Get*", resource: OBJECT }],
    ["an action behind a blank", { action: "a s3:GetObject", resource: OBJECT }],
    ["an action before a blank", { action: "s3:GetObject a", resource: OBJECT }],
    ["an action without service", { action: "GetObject", resource: OBJECT }],
    ["a resource that is no ARN", { action: "s3:GetObject", resource: "bucket/key" }],
    ["a short ARN", { action: "s3:GetObject", resource: "arn:aws:s3" }],
    ["another scheme", { action: "s3:GetObject", resource: "urn:a:b:c:d:e" }],
  ])("%s", (_, request) => {
    expect(() => decide(request, [])).toThrow(RequestError);
  });
});

describe("Remotion's own policies", () => {
  const { user, role } = UPSTREAM_POLICIES.aws;
  const fn =
    "arn:aws:lambda:us-east-1:123456789012:function:remotion-render-4-0-527-mem2048mb-disk2048mb-120sec";
  test.each<[string, object, string, string, Decision]>([
    ["rendering", user, "lambda:InvokeFunction", fn, "allowed"],
    [
      "another function",
      user,
      "lambda:InvokeFunction",
      fn.replace("remotion-render", "billing"),
      "implicitly denied",
    ],
    [
      "another partition",
      user,
      "lambda:InvokeFunction",
      fn.replace("aws:", "aws-cn:"),
      "implicitly denied",
    ],
    [
      "passing the role",
      user,
      "iam:PassRole",
      "arn:aws:iam::123456789012:role/remotion-lambda-role",
      "allowed",
    ],
    [
      "passing another role",
      user,
      "iam:PassRole",
      "arn:aws:iam::123456789012:role/admin",
      "implicitly denied",
    ],
    [
      "a layer of Remotion",
      user,
      "lambda:GetLayerVersion",
      "arn:aws:lambda:us-east-1:678892195805:layer:remotion-binaries-chromium-arm64:14",
      "allowed",
    ],
    ["listing buckets", user, "s3:ListAllMyBuckets", "*", "allowed"],
    ["writing the video", role, "s3:PutObject", OBJECT, "allowed"],
    [
      "writing elsewhere",
      role,
      "s3:PutObject",
      "arn:aws:s3:::company-payroll/x",
      "implicitly denied",
    ],
    ["the role changes no functions", role, "lambda:CreateFunction", fn, "implicitly denied"],
  ])("%s", (_, document, action, resource, expected) => {
    expect(decide({ action, resource }, [document])).toBe(expected);
  });
});
