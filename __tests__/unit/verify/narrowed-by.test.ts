import { describe, expect, it } from "vitest";
import { userPolicy } from "../../../lib/remotion/policies.js";
import { verifyReading } from "../../../lib/verify/verify-reading.js";
import { options, policy, principal } from "./support.js";

const ARN = "arn:aws:iam::123456789012:policy/boundary";

const beside = (...statements: object[]) => {
  const { Version, Statement } = userPolicy();
  return { Version, Statement: [...Statement, ...statements] };
};
const denied = (Condition: object, Action = "*") => ({
  Effect: "Deny",
  Action,
  Resource: "*",
  Condition,
});
const replaced = (pattern: string, by: string) =>
  JSON.parse(JSON.stringify(userPolicy()).replaceAll(pattern, by));
const allowedIn = (region: string, operator = "StringEquals") => ({
  Version: "2012-10-17",
  Statement: {
    Effect: "Allow",
    Action: "*",
    Resource: "*",
    Condition: { [operator]: { "aws:RequestedRegion": region } },
  },
});
const checkedIn = (document: unknown, boundary?: unknown) => {
  const user = principal({
    kind: "user",
    name: "remotion-user",
    policies: [policy("p", document)],
    boundary: boundary === undefined ? undefined : { arn: ARN, document: boundary },
  });
  const { verified } = verifyReading({ source: "plan", principals: [user] }, options());
  return verified[0]?.checkedIn;
};

describe("where a policy is checked is read from what it denies elsewhere, and from its boundary", () => {
  const region = { "aws:RequestedRegion": ["eu-central-1", "eu-west-1"] };

  it.each<[string, unknown, unknown, readonly string[]]>([
    [
      "a Deny in all other regions",
      beside(denied({ StringNotEquals: region })),
      undefined,
      ["eu-central-1", "eu-west-1"],
    ],
    [
      "a Deny of one action in all other regions",
      beside(denied({ "ForAnyValue:StringNotEquals": region }, "s3:CreateBucket")),
      undefined,
      ["eu-central-1", "eu-west-1"],
    ],
    ["a boundary for one region", userPolicy(), allowedIn("eu-central-1"), ["eu-central-1"]],
    [
      "a Deny in all regions that a pattern does not take",
      beside(denied({ StringNotLike: { "aws:RequestedRegion": "us-west-*" } })),
      undefined,
      ["us-west-1", "us-west-2"],
    ],
    [
      "a boundary for a pattern of regions",
      userPolicy(),
      allowedIn("eu-west-?", "StringLike"),
      ["eu-west-1", "eu-west-2", "eu-west-3"],
    ],
    [
      "a Deny in the region that is checked by default, and in most others",
      beside(denied({ StringLike: { "aws:RequestedRegion": ["us-*", "ap-*", "eu-*", "ca-*"] } })),
      undefined,
      ["sa-east-1"],
    ],
    [
      "an Allow everywhere but in these regions",
      {
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Action: "*",
          NotResource: "arn:aws:s3:::other",
          Condition: { StringNotLike: { "aws:RequestedRegion": ["us-*", "a*", "eu-*", "sa-*"] } },
        },
      },
      undefined,
      ["ca-central-1"],
    ],
    [
      "functions in regions of a pattern",
      replaced(":lambda:*:", ":lambda:ap-south*:"),
      undefined,
      ["ap-south-1", "ap-southeast-1", "ap-southeast-2"],
    ],
  ])("%s", (_, document, boundary, regions) => {
    expect(checkedIn(document, boundary)).toMatchObject({ regions, narrowed: ["region"] });
  });

  it.each<[string, unknown, unknown]>([
    ["a Deny in these regions", beside(denied({ StringEquals: region })), undefined],
    ["regions of whatever name", replaced(":lambda:*:", ":lambda:?*-?*-?*:"), undefined],
    [
      "a Deny of something else in all other regions",
      beside(denied({ StringNotEquals: region }, "sqs:*")),
      undefined,
    ],
    [
      "a boundary for everything",
      userPolicy(),
      { Statement: { Effect: "Allow", Action: "*", Resource: "*" } },
    ],
  ])("%s narrows nothing", (_, document, boundary) => {
    expect(checkedIn(document, boundary)).toMatchObject({ regions: ["us-east-1"], narrowed: [] });
  });
});

describe("a region and a function that are named together", () => {
  const named = (region: string, name: string) =>
    `arn:aws:lambda:${region}:123456789012:function:${name}`;
  const A = "remotion-render-4-0-527-mem3009mb-disk10240mb-900sec";
  const B = "remotion-render-4-0-527-mem2048mb-disk10240mb-240sec";
  const PATTERN = "arn:aws:lambda:*:*:function:remotion-render-*";
  const only = (...arns: string[]) =>
    JSON.parse(
      JSON.stringify(userPolicy({ profile: "render" })).replaceAll(
        JSON.stringify(PATTERN),
        arns.map((arn) => JSON.stringify(arn)).join(),
      ),
    );

  it.each<[string, unknown, readonly string[], readonly string[]]>([
    ["one of each", only(named("eu-central-1", A)), ["eu-central-1"], [A]],
    [
      "two functions of a region",
      only(named("eu-central-1", A), named("eu-central-1", B)),
      ["eu-central-1"],
      [B, A],
    ],
    [
      "one function in two regions",
      only(named("eu-west-1", A), named("eu-central-1", A)),
      ["eu-central-1", "eu-west-1"],
      [A],
    ],
  ])("%s", (_, document, regions, functions) => {
    expect(checkedIn(document)).toMatchObject({
      regions,
      functions,
      narrowed: ["account", "region", "function"],
    });
  });

  it("lack nothing there", () => {
    const user = principal({
      kind: "user",
      name: "remotion-user",
      policies: [policy("p", only(named("eu-central-1", A)))],
    });
    const { verified } = verifyReading({ source: "plan", principals: [user] }, options());

    expect(verified.flatMap(({ apis }) => apis.map(({ answer }) => answer))).not.toContain(
      "missing",
    );
  });
});

describe("a name with wildcards is checked by one that it takes", () => {
  const render = JSON.stringify(userPolicy({ profile: "render" }));
  const missing = (document: unknown) => {
    const user = principal({
      kind: "user",
      name: "remotion-user",
      policies: [policy("p", document)],
    });
    const { verified } = verifyReading({ source: "plan", principals: [user] }, options());
    return verified.flatMap(({ apis }) => apis.filter(({ answer }) => answer === "missing"));
  };

  it.each([
    "remotion-render-*-mem3009mb-disk10240mb-900sec",
    "remotion-render-*-mem3009mb-*",
    "remotion-render-4-0-*-mem3009mb-*",
    "remotion-render-4-0-3??-*",
    "remotion-render-4-0-3*-disk10240mb-*",
    "remotion-render-3-*",
    "remotion-render-*-900sec",
    "remotion-render-*-disk5000mb-???sec",
    "remotion-render-4-0-527-mem3009mb-disk10240mb-900sec*",
    "*-mem3009mb-disk10240mb-*",
  ])("%s", (pattern) => {
    const document = JSON.parse(render.replaceAll("remotion-render-*", pattern));
    const [name = ""] = checkedIn(document)?.functions ?? [];

    expect(name).toMatch(/^remotion-render-\d+-\d+-\d+-mem\d+mb-disk\d+mb-\d+sec$/);
    expect(missing(document)).toEqual([]);
  });

  it.each([
    "remotionlambda-eucentral1-abcdefghij*",
    "remotionlambda-eucentral1-*",
    "remotionlambda-eucentral1*",
    "remotionlambda-eu*",
    "remotionlambda-eu*1-*",
    "remotionlambda-??central1-*",
  ])("%s", (pattern) => {
    const document = JSON.parse(render.replaceAll("remotionlambda-*", pattern));

    expect(checkedIn(document)?.narrowed).not.toEqual([]);
    expect(missing(document)).toEqual([]);
  });

  it.each([
    "remotion-render-*",
    "remotion-*",
    "*",
    "remotion-render-4-*",
    "remotion-render-4-0-5*",
  ])("and by none where it takes the usual one: %s", (pattern) => {
    const document = JSON.parse(render.replaceAll("remotion-render-*", pattern));

    expect(checkedIn(document)).toMatchObject({ functions: [], narrowed: [] });
  });

  it.each(["remotion-render-mem3009mb*", "remotion-render-v4-*", "remotion-render-*-mem-3009-*"])(
    "and is missing where it takes none that Remotion makes: %s",
    (pattern) => {
      const document = JSON.parse(render.replaceAll("remotion-render-*", pattern));

      expect(missing(document)).not.toEqual([]);
    },
  );
});

describe("a bucket that is named is checked in its region, and none in others", () => {
  const EU = "remotionlambda-eucentral1-abcdefghij";
  const document = (bucketNames: readonly string[], functions = "*") =>
    JSON.parse(
      JSON.stringify(userPolicy({ profile: "render", bucketNames })).replaceAll(
        ":lambda:*:",
        `:lambda:${functions}:`,
      ),
    );
  const lacking = (policies: unknown, scope: object = {}) => {
    const user = principal({
      kind: "user",
      name: "remotion-user",
      policies: [policy("p", policies)],
    });
    const { verified } = verifyReading({ source: "plan", principals: [user] }, options({ scope }));
    const missing = verified.flatMap(({ apis }) =>
      apis.flatMap(({ calls }) => calls.filter(({ answer }) => answer === "missing")),
    );
    return [...new Set(missing.flatMap(({ action, where = [""] }) => `${action} ${where}`))];
  };

  it.each<[string, unknown, object, string | undefined]>([
    ["nothing said", document([EU]), {}, undefined],
    ["the same region", document([EU]), { regions: ["eu-central-1"] }, undefined],
    ["another region", document([EU]), { regions: ["us-east-1"] }, "us-east-1"],
    ["two regions", document([EU]), { regions: ["eu-central-1", "us-east-1"] }, "us-east-1"],
    ["functions in the same region", document([EU], "eu-central-1"), {}, undefined],
    ["functions in another region", document([EU], "us-east-1"), {}, "us-east-1"],
    [
      "a bucket that an option names, too",
      document([EU], "us-east-1"),
      { bucketNames: [EU] },
      undefined,
    ],
    [
      "one bucket in each region",
      document([EU, "remotionlambda-useast1-abcdefghij"]),
      { regions: ["eu-central-1", "us-east-1"] },
      undefined,
    ],
  ])("%s", (_, policies, scope, region) => {
    const found = lacking(policies, scope);

    if (region === undefined) {
      expect(found).toEqual([]);
    } else {
      expect(found).toContain(`s3:GetObject ${region}`);
      expect(found.filter((one) => !one.endsWith(region))).toEqual([]);
    }
  });
});

describe("the account is read from what a policy asks of resources", () => {
  const published = ["678892195805", "580247275435"];

  it.each([
    ["that it is the own", "StringEquals", ["123456789013"], "123456789013"],
    [
      "or one that layers are published from",
      "StringEquals",
      [...published, "123456789013"],
      "123456789013",
    ],
    [
      "that it is none but the own",
      "StringNotEquals",
      [...published, "123456789013"],
      "123456789013",
    ],
    ["that it is one that layers are published from", "StringEquals", published, "123456789012"],
  ])("%s", (_, operator, accounts, account) => {
    const Condition = { [operator]: { "aws:ResourceAccount": accounts } };
    const Effect = operator === "StringEquals" ? "Allow" : "Deny";
    const document = beside({ ...denied(Condition), Effect });
    expect(checkedIn(document)).toMatchObject({ account });
  });
});

describe("where a policy is checked is read from the names in it", () => {
  const at = (pattern: string, by: string) => checkedIn(replaced(pattern, by));
  const functions = "function:remotion-render-*";

  it.each([
    ["4-0-500-*", "4-0-500-mem2048mb-disk2048mb-120sec"],
    ["4-0-500*", "4-0-500-mem2048mb-disk2048mb-120sec"],
    ["4-0-500-mem3009mb-*", "4-0-500-mem3009mb-disk2048mb-120sec"],
    ["4-0-500-mem3009mb-disk4096mb-240sec", "4-0-500-mem3009mb-disk4096mb-240sec"],
  ])("functions of a release: %s", (named, checked) => {
    expect(at(functions, `function:remotion-render-${named}`)).toMatchObject({
      functions: [`remotion-render-${checked}`],
      narrowed: ["function"],
    });
  });

  it.each([
    [functions, "function:remotion-render"],
    ["remotionlambda-*", "remotionlambda-useast1"],
    ["remotionlambda-*", "remotionlambda-useast1-"],
  ])("a name whose ending was forgotten is none: %s as %s", (pattern, by) => {
    expect(at(pattern, by)).toMatchObject({ functions: [], buckets: [] });
  });

  it("China, where they name no other partition", () => {
    const { verified } = verifyReading(
      {
        source: "policy",
        principals: [
          principal({
            kind: "policy",
            name: "p",
            policies: [policy("p", userPolicy({ partition: "aws-cn" }))],
          }),
        ],
      },
      options(),
    );
    expect(verified[0]?.checkedIn.regions).toEqual(["cn-north-1"]);
    expect(verified[0]?.apis.every(({ answer }) => answer === "allowed")).toBe(true);
  });
});
