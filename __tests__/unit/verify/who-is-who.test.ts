import { describe, expect, it } from "vitest";
import { rolePolicy, userPolicy } from "../../../lib/remotion/policies.js";
import type { Principal } from "../../../lib/terraform/principal.js";
import type { VerifyOptions } from "../../../lib/verify/verify-options.js";
import { verifyReading } from "../../../lib/verify/verify-reading.js";
import { options, policy, principal } from "./support.js";

const trust = (...statements: object[]) => ({
  Version: "2012-10-17",
  Statement: statements.map((statement) => ({
    Effect: "Allow",
    Action: "sts:AssumeRole",
    ...statement,
  })),
});
const service = (...names: string[]) => ({ Principal: { Service: names } });
const LAMBDA = service("lambda.amazonaws.com");
const lambda = trust(LAMBDA);

const role = (name: string, given: Partial<Principal> = {}): Principal =>
  principal({
    name,
    arn: `arn:aws:iam::*:role/${name}`,
    address: `aws_iam_role.${name}`,
    trust: lambda,
    ...given,
  });

const user = (name: string, document: unknown): Principal =>
  principal({
    kind: "user",
    name,
    arn: `arn:aws:iam::*:user/${name}`,
    address: `aws_iam_user.${name}`,
    policies: [policy(`${name}-policy`, document)],
  });

const of = (principals: Principal[], given: Partial<VerifyOptions> = {}) => {
  const { verified, bystanders } = verifyReading({ source: "plan", principals }, options(given));
  return {
    parts: Object.fromEntries(
      verified.map(({ principal: name, part, standing }) => [
        name,
        `${part.actor} ${part.profile} ${standing}`,
      ]),
    ),
    bystanders,
    verified,
  };
};

const ROLE_POLICY = [policy("inline", rolePolicy())];
const allowing = (Action: string | string[], Resource: string | string[] = "*") => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, Resource }],
});
const LOGS = allowing(
  ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
  "arn:aws:logs:*:*:*",
);

const LOGGING = [policy("logs", LOGS)];

/** Remotion's policy of users without an action. */
const without = (action: string) => {
  const { Version, Statement } = userPolicy();
  return {
    Version,
    Statement: Statement.map((statement) => ({
      ...statement,
      Action: statement.Action.filter((one) => one !== action),
    })).filter(({ Action }) => Action.length > 0),
  };
};

describe("the role of Remotion's functions", () => {
  const cases: Record<string, { who: Principal; others?: Principal[]; part: string }> = {
    "has the default name": {
      who: role("remotion-lambda-role", { policies: ROLE_POLICY }),
      part: "role full meant",
    },
    "has it behind a prefix": {
      who: role("staging-remotion-lambda-role", { policies: ROLE_POLICY }),
      part: "role full meant",
    },
    "has it before a suffix that AWS makes up": {
      who: role("remotion-lambda-role-*", { policies: ROLE_POLICY }),
      part: "role full meant",
    },
    "has the default name and no policy": {
      who: role("remotion-lambda-role"),
      part: "role full meant",
    },
    "has any name, only Lambda may assume it, and it has the permissions": {
      who: role("renderer", { policies: ROLE_POLICY }),
      part: "role full meant",
    },
    "may have the smaller profile": {
      who: role("renderer", { policies: [policy("p", rolePolicy({ profile: "minimal" }))] }),
      part: "role minimal meant",
    },
    "lies in the module for it": {
      who: role("renderer", {
        policies: ROLE_POLICY,
        trust: trust(LAMBDA, service("edgelambda.amazonaws.com")),
        moduleSources: ["git::https://example.com/r.git//modules/remotion-lambda-role?ref=v1"],
      }),
      part: "role full meant",
    },
    "is not what something in the file runs as": {
      who: role("renderer", { policies: ROLE_POLICY, runs: ["aws_lambda_function.api"] }),
      part: "user render meant",
    },
    "is not one that others may assume, too": {
      who: role("renderer", {
        policies: ROLE_POLICY,
        trust: trust(LAMBDA, service("ec2.amazonaws.com")),
      }),
      part: "user render meant",
    },
    "is not one of Lambda@Edge": {
      who: role("renderer", {
        policies: ROLE_POLICY,
        trust: trust(service("edgelambda.amazonaws.com")),
      }),
      part: "user render meant",
    },
    "is no caller that writes logs": {
      who: role("api", {
        policies: [policy("render", userPolicy({ profile: "render" })), policy("logs", LOGS)],
      }),
      part: "user render meant",
    },
    "is no caller on Lambda that may do all, as Remotion's guide has it, and writes logs": {
      who: role("api", {
        policies: [policy("remotion-executionrole-policy", userPolicy()), policy("logs", LOGS)],
      }),
      part: "user full meant",
    },
    "nor one under another name that passes the role": {
      who: role("deployer", {
        policies: [policy("p", without("lambda:CreateFunction")), ...LOGGING],
      }),
      part: "user full meant",
    },
    "nor one that makes functions, and cannot pass the role": {
      who: role("deployer", { policies: [policy("p", without("iam:PassRole")), ...LOGGING] }),
      part: "user full meant",
    },
    "may be allowed all that begins so of Remotion's functions": {
      who: role("renderer", {
        policies: [
          ...ROLE_POLICY,
          policy("more", allowing("lambda:*", "arn:aws:lambda:*:*:function:remotion-render-*")),
        ],
      }),
      part: "role full meant",
    },
    "is none that may do as much by wildcards alone": {
      who: role("etl", { policies: [policy("p", allowing(["s3:*", "lambda:*", "logs:*"]))] }),
      part: "user full able",
    },
  };

  it.each(Object.entries(cases))("%s", (_name, { who, others = [], part }) => {
    expect(of([who, ...others]).parts).toEqual({ [who.name]: part });
  });
});

describe("trust in Lambda is evaluated, and not read", () => {
  const finding = (document: unknown) => {
    const { verified } = of([
      role("remotion-lambda-role", { policies: ROLE_POLICY, trust: document }),
    ]);
    return verified.flatMap(({ findings }) => findings.map(({ answer }) => answer));
  };

  it.each<[string, unknown, string[]]>([
    ["Lambda alone", lambda, []],
    ["Lambda among others", trust(service("ec2.amazonaws.com", "lambda.amazonaws.com")), []],
    ["in a second statement", trust(service("ec2.amazonaws.com"), LAMBDA), []],
    ["by a pattern of actions", trust({ ...LAMBDA, Action: "sts:*" }), []],
    ["another service", trust(service("ecs-tasks.amazonaws.com")), ["missing"]],
    ["Lambda@Edge", trust(service("edgelambda.amazonaws.com")), ["missing"]],
    ["a Deny", trust(LAMBDA, { ...LAMBDA, Effect: "Deny" }), ["missing"]],
    ["another action", trust({ ...LAMBDA, Action: "sts:TagSession" }), ["missing"]],
    [
      "a role of that name",
      trust({ Principal: { AWS: "arn:aws:iam::1:role/lambda.amazonaws.com" } }),
      ["missing"],
    ],
  ])("%s", (_name, document, answers) => {
    expect(finding(document)).toEqual(answers);
  });

  it("is untold where the file has no trust policy", () => {
    expect(finding(undefined)).toEqual(["untold"]);
  });

  describe("with the keys of Lambda's request", () => {
    const IN = { regions: ["eu-central-1"] };
    const ACCOUNT = { accountId: "123456789012" };
    const source = (account: string) => ({ StringEquals: { "aws:SourceAccount": account } });
    const since = { DateGreaterThan: { "aws:CurrentTime": "2024-01-01T00:00:00Z" } };
    const region = (one: string) => ({ StringEquals: { "aws:RequestedRegion": one } });
    const unlessOurs = { StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } };

    it.each<[string, object, VerifyOptions["scope"], string | undefined, string | undefined]>([
      ["a time that has come", since, {}, undefined, "missing"],
      ["a time that has not", { DateLessThan: since.DateGreaterThan }, {}, "missing", undefined],
      ["TLS", { Bool: { "aws:SecureTransport": "true" } }, {}, undefined, "missing"],
      ["the region", region("eu-central-1"), IN, undefined, "missing"],
      ["another region", region("eu-west-1"), IN, "missing", undefined],
      ["a region that is not told", region("eu-central-1"), {}, "untold", "untold"],
      ["the own account", source("123456789012"), ACCOUNT, undefined, "missing"],
      ["another account", source("123456789013"), ACCOUNT, "missing", undefined],
      ["an account that is not told", source("123456789012"), {}, "untold", "untold"],
      [
        "a function",
        { ArnLike: { "aws:SourceArn": "arn:aws:lambda:*:*:function:*" } },
        {},
        "untold",
        "untold",
      ],
      [
        "an organization of the source",
        { StringEquals: { "aws:SourceOrgID": "o-a1b2c3d4e5" } },
        {},
        "untold",
        "untold",
      ],
      ["an id from outside", { StringEquals: { "sts:ExternalId": "x" } }, {}, "missing", undefined],
      ["another organization, which no service has", unlessOurs, {}, undefined, "missing"],
      [
        "the same of who is no service",
        { ...unlessOurs, Bool: { "aws:PrincipalIsAWSService": "false" } },
        {},
        "missing",
        undefined,
      ],
      [
        "another service",
        { StringNotEquals: { "aws:PrincipalServiceName": "lambda.amazonaws.com" } },
        {},
        "missing",
        undefined,
      ],
    ])("%s, in an Allow and in a Deny", (_name, Condition, scope, allow, deny) => {
      const answers = (...statements: object[]) =>
        of(
          [
            role("remotion-lambda-role", {
              policies: ROLE_POLICY,
              trust: trust(...statements),
            }),
          ],
          { scope },
        ).verified.flatMap(({ findings }) => findings.map(({ answer }) => answer));

      expect(answers({ ...LAMBDA, Condition })).toEqual(allow === undefined ? [] : [allow]);
      expect(answers(LAMBDA, { Effect: "Deny", Principal: "*", Condition })).toEqual(
        deny === undefined ? [] : [deny],
      );
    });

    it("says that it is the condition, and which key decides", () => {
      const sentences = (Condition: object, scope: VerifyOptions["scope"] = {}) =>
        of(
          [
            role("remotion-lambda-role", {
              policies: ROLE_POLICY,
              trust: trust({ ...LAMBDA, Condition }),
            }),
          ],
          { scope },
        ).verified.flatMap(({ findings }) => findings);

      expect(sentences(source("123456789013"), ACCOUNT)).toEqual([
        {
          answer: "missing",
          sentence:
            "Lambda cannot assume it: its trust policy allows lambda.amazonaws.com to sts:AssumeRole only under conditions that are not met",
        },
      ]);
      expect(sentences(source("123456789012"))).toEqual([
        {
          answer: "untold",
          sentence:
            "Whether Lambda can assume it is not told: its condition on aws:SourceAccount is decided by the account, which is not known",
          give: "--account",
        },
      ]);
      expect(sentences(region("eu-central-1"))).toMatchObject([{ give: "--region" }]);
    });

    it("in the region that the role's policies are narrowed to", () => {
      const narrowed = [policy("p", rolePolicy({ regions: ["eu-central-1"] }))];
      const answers = (one: string) =>
        of([
          role("remotion-lambda-role", {
            policies: narrowed,
            trust: trust({ ...LAMBDA, Condition: region(one) }),
          }),
        ]).verified.flatMap(({ findings }) => findings.map(({ answer }) => answer));

      expect(answers("eu-central-1")).toEqual([]);
      expect(answers("eu-west-1")).toEqual(["missing"]);
    });

    it("and such a role may have any name", () => {
      const who = role("renderer", {
        policies: ROLE_POLICY,
        trust: trust({ ...LAMBDA, Condition: source("123456789012") }),
      });
      expect(of([who], { scope: ACCOUNT }).parts).toEqual({ renderer: "role full meant" });
    });
  });
});

describe("whoever has nothing to do with Remotion", () => {
  it.each<[string, Principal]>([
    ["writes logs", role("orders", { policies: [policy("p", LOGS)] })],
    ["uses another service", user("ci", allowing("sqs:*"))],
    [
      "has functions of another name",
      user("ci", allowing("lambda:*", "arn:aws:lambda:*:*:function:orders-*")),
    ],
    ["has nothing", role("empty")],
    [
      "lists buckets and functions",
      user("audit", allowing(["s3:ListAllMyBuckets", "lambda:ListFunctions"])),
    ],
  ])("%s: it is a bystander", (_name, who) => {
    expect(of([who])).toMatchObject({ parts: {}, bystanders: [who.name] });
  });

  it.each<[string, Principal]>([
    ["everything", user("admin", allowing("*"))],
    [
      "all buckets",
      role("backup", { policies: [policy("p", allowing(["s3:GetObject", "s3:ListBucket"]))] }),
    ],
    ["all functions", user("ci", allowing("lambda:*"))],
  ])("and may use %s by wildcards: it is told, and fails nothing", (_name, who) => {
    expect(of([who]).verified.map(({ standing }) => standing)).toEqual(["able"]);
  });

  it.each<[string, object, Partial<VerifyOptions>]>([
    [
      "names a function of Remotion's",
      allowing("lambda:InvokeFunction", "arn:aws:lambda:*:*:function:remotion-render-*"),
      {},
    ],
    [
      "names a bucket of Remotion's",
      allowing("s3:GetObject", "arn:aws:s3:::remotionlambda-useast1-abc1234567/*"),
      {},
    ],
    ["is named by an option", allowing("*"), { named: [{ name: "ci", actor: "user" }] }],
    [
      "is named by its address",
      allowing("*"),
      { named: [{ name: "aws_iam_user.ci", actor: "user" }] },
    ],
    [
      "has a policy that is named",
      allowing("*"),
      { named: [{ name: "ci-policy", actor: "user" }] },
    ],
    ["is asked for", allowing("*"), { principal: "ci" }],
  ])("but %s: it is meant", (_name, document, given) => {
    expect(of([user("ci", document)], given).verified.map(({ standing }) => standing)).toEqual([
      "meant",
    ]);
  });
});

describe("a user passes the role that is in the file", () => {
  const deployer = (passed: string) => {
    const document = userPolicy({ lambdaRoleName: passed });
    return user(`${passed}-user-of`, document);
  };
  const roles = ["staging-remotion-lambda-role", "production-remotion-lambda-role"].map((name) =>
    role(name, { policies: ROLE_POLICY }),
  );
  const lacks = (principals: Principal[], given: Partial<VerifyOptions> = {}) =>
    of(principals, given).verified.flatMap(({ principal: name, apis }) =>
      apis.some(({ answer }) => answer === "missing") ? [name] : [],
    );

  it("each its own, and no other", () => {
    const users = roles.map(({ name }) => deployer(name));
    expect(lacks([...roles, ...users])).toEqual([]);
  });

  it("by a pattern", () => {
    expect(lacks([...roles, deployer("staging-*")])).toEqual([]);
  });

  it("and need not pass a bystander's, which only Lambda may assume", () => {
    const policies = [policy("p", allowing(["s3:*", "lambda:*", "logs:*"]))];
    expect(lacks([role("etl", { policies }), deployer("remotion-lambda-role")])).toEqual(["etl"]);
  });

  it("and none that is not there", () => {
    expect(lacks([...roles, deployer("other-role")])).toEqual(["other-role-user-of"]);
  });

  it("or the one that is named by an option", () => {
    const scope = { lambdaRoleName: "production-remotion-lambda-role" };
    const users = roles.map(({ name }) => deployer(name));
    expect(lacks([...roles, ...users], { scope })).toEqual([
      "staging-remotion-lambda-role-user-of",
    ]);
  });

  it("by the beginning of its name, where Terraform makes up the rest", () => {
    const made = role("remotion-lambda-role-*", { policies: ROLE_POLICY });
    expect(lacks([made, deployer("remotion-lambda-role-*")])).toEqual([]);
  });

  it("and not the default one, where the file's has another name that is not told in full", () => {
    const made = role("remotion-lambda-role-*", { policies: ROLE_POLICY });
    expect(lacks([made, deployer("remotion-lambda-role")])).toEqual([
      "remotion-lambda-role-user-of",
    ]);
  });

  it("which is untold where the file does not tell its name", () => {
    const unnamed = role("", {
      arn: undefined,
      policies: ROLE_POLICY,
      moduleSources: ["./modules/remotion-lambda-role"],
    });
    const findings = (given: Partial<VerifyOptions> = {}) =>
      of([unnamed, deployer("remotion-lambda-role")], given).verified.map(({ findings: all }) =>
        all.map(({ answer }) => answer),
      );
    expect(findings()).toEqual([[], ["untold"]]);
    expect(findings({ scope: { lambdaRoleName: "remotion-lambda-role" } })).toEqual([[], []]);
  });
});

it("one who loses all by the apply is what it was before, and lacks all", () => {
  const loser = { ...user("api", {}), policies: [], lost: [policy("full", userPolicy())] };
  const { verified, bystanders } = verifyReading(
    { source: "plan", principals: [loser] },
    options(),
  );

  expect(bystanders).toEqual([]);
  expect(verified.map(({ standing }) => standing)).toEqual(["meant"]);
});
