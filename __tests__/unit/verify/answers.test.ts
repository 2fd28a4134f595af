import { describe, expect, it } from "vitest";
import { UnknownPart } from "../../../lib/iam/evaluate/unknown-part.js";
import { rolePolicy, userPolicy } from "../../../lib/remotion/policies.js";
import type { Principal } from "../../../lib/terraform/principal.js";
import { Accepted } from "../../../lib/verify/accepted.js";
import { outcomeOf } from "../../../lib/verify/outcome.js";
import type { VerifyOptions } from "../../../lib/verify/verify-options.js";
import { verifyReading } from "../../../lib/verify/verify-reading.js";
import { options, policy, principal } from "./support.js";

const STRICT = { excess: false, tolerated: false, allowUntold: false };

const user = (document: unknown, given: Partial<Principal> = {}): Principal =>
  principal({
    kind: "user",
    name: "remotion-user",
    arn: "arn:aws:iam::123456789012:user/remotion-user",
    address: "aws_iam_user.remotion",
    policies: [policy("p", document)],
    ...given,
  });

const verified = (principals: Principal[], given: Partial<VerifyOptions> = {}) =>
  verifyReading({ source: "plan", principals }, options(given));

const exitCodeOf = (principals: Principal[], given: Partial<VerifyOptions> = {}, strict = STRICT) =>
  outcomeOf(verified(principals, given), strict, new Accepted([], "2026-11-28")).exitCode;

const beside = (...statements: object[]) => {
  const { Version, Statement } = userPolicy();
  return { Version, Statement: [...Statement, ...statements] };
};
const withCondition = (Condition: object) => {
  const { Version, Statement } = userPolicy();
  return { Version, Statement: Statement.map((statement) => ({ ...statement, Condition })) };
};
const DENY = { Effect: "Deny", Action: "lambda:InvokeFunction", Resource: "*" };
const later = new UnknownPart("it is known only after the apply", "the plan after the apply");

describe("what decides is told, or not", () => {
  const cases: Record<string, [Principal, 0 | 1 | 3]> = {
    "Remotion's policy": [user(userPolicy()), 0],
    "nothing at all": [user(undefined, { policies: [] }), 1],
    "a policy of which nothing is known": [user(later), 3],
    "a resource that is known later": [
      user(beside({ Effect: "Allow", Action: "s3:GetObject", Resource: later })),
      0,
    ],
    "a Deny of something that is known later": [
      user(beside({ Effect: "Deny", Action: "s3:GetObject", Resource: later })),
      3,
    ],
    "a Deny of another action on what is known later": [
      user(beside({ Effect: "Deny", Action: "sqs:SendMessage", Resource: later })),
      0,
    ],
    "a policy that is not in the file, beside Remotion's": [
      user(userPolicy(), { unread: [unread({ mayDeny: true })] }),
      3,
    ],
    "one that cannot deny": [user(userPolicy(), { unread: [unread({ mayDeny: false })] }), 0],
    "one that cannot deny, alone": [
      user(undefined, { policies: [], unread: [unread({ mayDeny: false })] }),
      3,
    ],
    "a boundary that is not in the file": [
      user(userPolicy(), { boundary: { arn: "arn:aws:iam::1:policy/b", document: undefined } }),
      3,
    ],
    "a boundary of which a Deny is known": [
      user(beside(DENY), { boundary: { arn: "arn:aws:iam::1:policy/b", document: undefined } }),
      1,
    ],
    "a condition on where the caller is": [
      user(withCondition({ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } })),
      3,
    ],
    "a condition on a second factor": [
      user(withCondition({ Bool: { "aws:MultiFactorAuthPresent": "true" } })),
      3,
    ],
    "a Deny without a second factor": [
      user(
        beside({ ...DENY, Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } } }),
      ),
      3,
    ],
    "a condition on TLS": [user(withCondition({ Bool: { "aws:SecureTransport": "true" } })), 0],
    "a Deny without TLS": [
      user(beside({ ...DENY, Condition: { Bool: { "aws:SecureTransport": "false" } } })),
      0,
    ],
    "a condition on who calls": [
      user(withCondition({ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:user/remotion-*" } })),
      0,
    ],
    "a condition on another caller": [
      user(withCondition({ StringEquals: { "aws:username": "somebody-else" } })),
      1,
    ],
    "a condition on the caller's account": [
      user(withCondition({ StringEquals: { "aws:PrincipalAccount": "123456789012" } })),
      0,
    ],
    "a condition on a key that no request has": [
      user(withCondition({ StringEquals: { "s3:no-such-key": "x" } })),
      1,
    ],
    "the same where it exists": [
      user(withCondition({ StringEqualsIfExists: { "s3:no-such-key": "x" } })),
      0,
    ],
    "the same negated": [user(withCondition({ StringNotEquals: { "s3:no-such-key": "x" } })), 0],
    "that it is absent": [user(withCondition({ Null: { "s3:no-such-key": "true" } })), 0],
    "a malformed policy": [user({ Version: "2012-10-17", Statement: [{ Effect: "Maybe" }] }), 1],
  };

  it.each(Object.entries(cases))("%s", (_name, [who, exitCode]) => {
    expect(exitCodeOf([who])).toBe(exitCode);
  });

  it("and every answer that is untold names its cause and what to give", () => {
    const untold = Object.values(cases)
      .flatMap(([who]) => verified([who]).verified)
      .flatMap(({ apis }) => apis.flatMap(({ calls }) => calls))
      .filter(({ answer }) => answer === "untold");

    expect(untold.length).toBeGreaterThan(100);
    expect(untold.filter(({ because, give }) => !because || !give)).toEqual([]);
  });

  it("--allow-untold makes 3 a 0, and leaves 1", () => {
    const allow = { ...STRICT, allowUntold: true };
    expect(exitCodeOf([user(later)], {}, allow)).toBe(0);
    expect(exitCodeOf([user({ Statement: [] })], {}, allow)).toBe(1);
  });

  it("nobody of Remotion's is 3, also with --allow-untold", () => {
    const other = principal({ name: "orders" });
    expect(exitCodeOf([other])).toBe(3);
    expect(exitCodeOf([other], {}, { ...STRICT, allowUntold: true })).toBe(3);
  });
});

describe("every combination that an ARN has a place for", () => {
  const missing = (document: unknown, scope: VerifyOptions["scope"]) =>
    verified([user(document)], { scope }).verified.flatMap(({ apis }) =>
      apis.flatMap(({ calls }) =>
        calls.filter(({ answer }) => answer === "missing").map(({ where }) => where),
      ),
    );
  const regions = ["eu-central-1", "us-east-1"];

  it.each([[regions], [regions.toReversed()]])("regions %j", (given) => {
    const lacks = missing(userPolicy({ regions: ["eu-central-1"] }), { regions: given });
    expect(lacks.length).toBeGreaterThan(0);
    expect(new Set(lacks.map(String))).toEqual(new Set(["us-east-1"]));
  });

  it("buckets, each in the region that its name says", () => {
    const bucketNames = [
      "remotionlambda-eucentral1-aaaaaaaaaa",
      "remotionlambda-useast1-bbbbbbbbbb",
    ];
    expect(missing(userPolicy({ bucketNames }), { regions, bucketNames })).toEqual([]);
    const one = userPolicy({ bucketNames: bucketNames.slice(0, 1) });
    expect(new Set(missing(one, { regions, bucketNames }).map(String))).toEqual(
      new Set([bucketNames[1]]),
    );
  });

  it("functions", () => {
    const functionNames = ["remotion-render-a", "remotion-render-b"];
    const one = userPolicy({ functionNames: functionNames.slice(0, 1) });
    expect(missing(userPolicy({ functionNames }), { functionNames })).toEqual([]);
    expect(new Set(missing(one, { functionNames }).map(String))).toEqual(
      new Set(["us-east-1, remotion-render-b"]),
    );
  });

  it("what a policy is narrowed to is read from it, where nothing is given", () => {
    const [found] = verified([
      user(userPolicy({ regions: ["eu-central-1"], accountId: "123456789012" })),
    ]).verified;
    expect(found?.checkedIn).toMatchObject({ regions: ["eu-central-1"], narrowed: ["region"] });
    expect(found?.apis.filter(({ answer }) => answer !== "allowed")).toEqual([]);
  });

  describe("and user and role must share it", () => {
    const LAMBDA = {
      Statement: {
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    };
    const role = (document: unknown, name = "remotion-lambda-role") =>
      principal({
        name,
        arn: `arn:aws:iam::123456789012:role/${name}`,
        policies: [policy("p", document)],
        trust: LAMBDA,
      });
    const deny = (Action: string, Resource: string, Condition?: object) => ({
      Effect: "Deny",
      Action,
      Resource,
      ...(Condition === undefined ? {} : { Condition }),
    });
    const and = <T extends { readonly Statement: readonly unknown[] }>(
      document: T,
      ...more: object[]
    ) => ({ ...document, Statement: [...document.Statement, ...more] });
    const replaced = <T>(document: T, text: string, by: string): T =>
      JSON.parse(JSON.stringify(document).replaceAll(text, by));
    const findings = (roles: Principal[], document: unknown) =>
      verified([...roles, user(document)]).verified.flatMap((one) => one.findings);
    const regions = (...names: string[]) => ({ regions: names });
    const FUNCTIONS = "function:remotion-render-*";
    const ofRelease = (release: string) => `function:remotion-render-${release}-*`;
    const IN_EU = regions("eu-central-1");
    const EU_FUNCTIONS = "arn:aws:lambda:eu-central-1:*:*";
    const apart = (what: string, one: string, other: string) =>
      `it is narrowed to the ${what} ${one}, and the role of Remotion's functions to ${other}: nothing is rendered in either`;
    const roleLacks = (what: string, where: string) =>
      `it is narrowed to the ${what} ${where}, where the role of Remotion's functions lacks what it has elsewhere: nothing is rendered there`;
    const userLacks = (what: string, where: string) =>
      `the role of Remotion's functions is narrowed to the ${what} ${where}, where this caller lacks what it has elsewhere: nothing is rendered there`;

    it.each<[string, unknown, unknown, string | undefined]>([
      ["the same region", rolePolicy(IN_EU), userPolicy(IN_EU), undefined],
      [
        "another one",
        rolePolicy(regions("us-east-1")),
        userPolicy(IN_EU),
        apart("regions", "eu-central-1", "us-east-1"),
      ],
      [
        "one of several",
        rolePolicy(regions("us-east-1", "eu-central-1")),
        userPolicy(IN_EU),
        undefined,
      ],
      ["every region of the role's", rolePolicy(), userPolicy(IN_EU), undefined],
      [
        "a region that is denied to the role",
        and(rolePolicy(), deny("lambda:InvokeFunction", EU_FUNCTIONS)),
        userPolicy(IN_EU),
        roleLacks("regions", "eu-central-1"),
      ],
      [
        "a region whose buckets are",
        and(rolePolicy(), deny("s3:*", "arn:aws:s3:::remotionlambda-eucentral1-*")),
        userPolicy(IN_EU),
        roleLacks("regions", "eu-central-1"),
      ],
      [
        "one of two that is",
        and(rolePolicy(), deny("lambda:InvokeFunction", EU_FUNCTIONS)),
        userPolicy(regions("eu-central-1", "eu-west-1")),
        undefined,
      ],
      ["a narrowed role's, of every region", rolePolicy(IN_EU), userPolicy(), undefined],
      [
        "a narrowed role's, that is denied to the user",
        rolePolicy(IN_EU),
        and(userPolicy(), deny("lambda:InvokeFunction", EU_FUNCTIONS)),
        userLacks("regions", "eu-central-1"),
      ],
      [
        "a region where the user lacks what Remotion goes on without",
        rolePolicy(IN_EU),
        and(userPolicy(), deny("lambda:TagResource", EU_FUNCTIONS)),
        undefined,
      ],
      [
        "functions of one release, and the role has another's",
        replaced(rolePolicy(), FUNCTIONS, ofRelease("4-0-300")),
        replaced(userPolicy(), FUNCTIONS, ofRelease("4-0-527")),
        userLacks("functions", "remotion-render-4-0-300-mem2048mb-disk2048mb-120sec"),
      ],
      [
        "the other way round",
        replaced(rolePolicy(), FUNCTIONS, ofRelease("4-0-527")),
        replaced(userPolicy(), FUNCTIONS, ofRelease("4-0-300")),
        roleLacks("functions", "remotion-render-4-0-300-mem2048mb-disk2048mb-120sec"),
      ],
      [
        "a bucket that is denied to the role",
        and(rolePolicy(), deny("s3:*", "arn:aws:s3:::remotionlambda-useast1-prod123456*")),
        userPolicy({ bucketNames: ["remotionlambda-useast1-prod123456"] }),
        roleLacks("buckets", "remotionlambda-useast1-prod123456"),
      ],
      [
        "a bucket that the role has, too",
        rolePolicy(),
        userPolicy({ bucketNames: ["remotionlambda-useast1-prod123456"] }),
        undefined,
      ],
    ])("%s", (_name, ofRole, ofUser, sentence) => {
      expect(findings([role(ofRole)], ofUser)).toEqual(
        sentence === undefined ? [] : [{ answer: "missing", sentence }],
      );
    });

    it("is untold where it is that of the role's session", () => {
      const from = { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } };
      const denied = deny("lambda:InvokeFunction", EU_FUNCTIONS, from);
      expect(findings([role(and(rolePolicy(), denied))], userPolicy(IN_EU))).toMatchObject([
        { answer: "untold", give: expect.stringMatching(/./) },
      ]);
    });

    it("with a role that the user may pass", () => {
      const roles = [
        role(rolePolicy(IN_EU), "eu-remotion-lambda-role"),
        role(rolePolicy(regions("us-east-1")), "us-remotion-lambda-role"),
      ];
      const passing = (lambdaRoleName: string) =>
        findings(roles, userPolicy({ ...IN_EU, lambdaRoleName })).map(({ sentence }) => sentence);

      expect(passing("eu-remotion-lambda-role")).toEqual([]);
      expect(passing("*-remotion-lambda-role")).toEqual([]);
      expect(passing("us-remotion-lambda-role")).toEqual([
        apart("regions", "eu-central-1", "us-east-1"),
      ]);
      const caller = userPolicy({ ...IN_EU, profile: "render" });
      expect(findings(roles, caller)).toEqual([]);
    });
  });
});

describe("too much", () => {
  const extra = { Effect: "Allow", Action: "iam:CreateUser", Resource: "*" };

  it.each<[string, object, string[], 0 | 1]>([
    ["by its name", extra, ["iam:CreateUser"], 1],
    ["in another case", extra, ["IAM:createuser"], 1],
    ["by a pattern", extra, ["iam:Create*"], 1],
    ["where a pattern is allowed", { ...extra, Action: "iam:*User" }, ["iam:CreateUser"], 1],
    ["where two patterns meet", { ...extra, Action: "i*:CreateU*" }, ["iam:*User"], 1],
    [
      "where all but others are allowed",
      { Effect: "Allow", NotAction: "s3:*", Resource: "*" },
      ["iam:CreateUser"],
      1,
    ],
    ["and not where it is another one", extra, ["iam:DeleteUser"], 0],
    [
      "and not where it is left out",
      { Effect: "Allow", NotAction: "iam:*", Resource: "*" },
      ["iam:CreateUser"],
      0,
    ],
  ])("is forbidden %s", (_name, statement, forbid, exitCode) => {
    expect(exitCodeOf([user(beside(statement))], { forbid })).toBe(exitCode);
  });

  it.each<[string, Principal]>([
    ["a policy is not in the file", user(userPolicy(), { unread: [unread({ mayDeny: false })] })],
    ["its actions are known later", user(beside({ ...extra, Action: later }))],
    ["one of its actions is", user(beside({ ...extra, Action: ["sqs:SendMessage", later] }))],
    ["its effect is", user(beside({ ...extra, Effect: later, Action: "iam:CreateUser" }))],
  ])("is untold where %s", (_name, who) => {
    expect(exitCodeOf([who])).not.toBe(1);
    expect(exitCodeOf([who], { forbid: ["iam:CreateUser"] })).toBe(3);
    expect(exitCodeOf([who], { excessFails: true })).toBe(3);
  });

  it("is forbidden on what is known later, too, and within a boundary that is", () => {
    const forbid = ["iam:CreateUser"];
    const boundary = { arn: "arn:aws:iam::1:policy/b", document: later };
    expect(exitCodeOf([user(beside({ ...extra, Resource: later }))], { forbid })).toBe(1);
    expect(exitCodeOf([user(beside(extra), { boundary })], { forbid })).toBe(1);
  });

  it("is told where only the resources of other actions are known later", () => {
    const who = user(beside({ Effect: "Allow", Action: "sqs:SendMessage", Resource: later }));
    expect(exitCodeOf([who], { forbid: ["iam:CreateUser"] })).toBe(0);
    expect(exitCodeOf([who], { excessFails: true })).toBe(3);
  });

  it("is not granted where a Deny takes it all, or a boundary leaves it out", () => {
    const forbid = ["iam:CreateUser"];
    const denied = beside(extra, { ...extra, Effect: "Deny" });
    const boundary = {
      arn: "arn:aws:iam::1:policy/b",
      document: { Statement: { Effect: "Allow", NotAction: "iam:CreateUser", Resource: "*" } },
    };
    expect(exitCodeOf([user(denied)], { forbid })).toBe(0);
    expect(exitCodeOf([user(beside(extra), { boundary })], { forbid })).toBe(0);
  });

  it("ends with 1 with --fail-on excess alone", () => {
    expect(exitCodeOf([user(beside(extra))])).toBe(0);
    expect(exitCodeOf([user(beside(extra))], {}, { ...STRICT, excess: true })).toBe(1);
  });

  it("ends with 1 with --fail-on tolerated, also beside what is untold", () => {
    const { Version, Statement } = userPolicy();
    const untagged = {
      Version,
      Statement: [
        ...Statement.map((statement) => ({
          ...statement,
          Action: statement.Action.filter((action) => action !== "lambda:TagResource"),
        })),
        { Effect: "Deny", Action: "s3:GetObject", Resource: later },
      ],
    };
    const strict = { ...STRICT, allowUntold: true };
    expect(exitCodeOf([user(untagged)], {}, strict)).toBe(0);
    expect(exitCodeOf([user(untagged)], {}, { ...strict, tolerated: true })).toBe(1);
  });

  it("is accepted until its last day", () => {
    const found = verified([user(beside(extra))], { forbid: ["iam:CreateUser"] });
    const accepted = [{ action: "iam:CreateUser", reason: "moves in March", until: "2027-03-01" }];
    const on = (day: string) => outcomeOf(found, STRICT, new Accepted(accepted, day)).exitCode;
    expect([on("2026-11-28"), on("2027-03-01"), on("2027-03-02")]).toEqual([0, 0, 1]);
  });
});

describe("an output bucket that is wanted", () => {
  const outputBuckets = [{ name: "acme-videos", prefix: "", access: "read" }] as const;

  it("is needed", () => {
    expect(exitCodeOf([user(userPolicy())], { outputBuckets })).toBe(1);
  });

  it("and is no excess", () => {
    const found = verified([user(userPolicy({ outputBuckets }))], { outputBuckets });
    expect(found.verified.flatMap(({ excess }) => excess)).toEqual([]);
    expect(exitCodeOf([user(userPolicy({ outputBuckets }))], { outputBuckets })).toBe(0);
  });
});

function unread({ mayDeny }: { mayDeny: boolean }): Principal["unread"][number] {
  const arn = "arn:aws:iam::123456789012:policy/other";
  return {
    name: "other",
    arn,
    address: "aws_iam_user_policy_attachment.other",
    cause: "it is not in the file",
    give: `--policy ${arn}=FILE`,
    maybe: false,
    mayDeny,
  };
}
