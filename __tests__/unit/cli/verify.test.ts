import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PolicyDocument, Statement } from "../../../lib/iam/policy-document.js";
import { rolePolicy, userPolicy } from "../../../lib/remotion/policies.js";
import { largePlan } from "../../support/large-plan.js";
import { runRecorded } from "../support/recording-console.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "verify-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function verify(content: unknown, ...options: string[]) {
  const file = join(folder, "input");
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return runRecorded("verify", file, ...options);
}

const without = (document: PolicyDocument, ...sids: string[]): PolicyDocument => ({
  ...document,
  Statement: document.Statement.filter(({ Sid }) => !sids.includes(Sid)),
});

const beside = (document: PolicyDocument, statement: object): object => ({
  ...document,
  Statement: [...document.Statement, statement],
});

const everythingBut = (notAction: string[]) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", NotAction: notAction, Resource: "*" }],
});

/** A user as Terraform shows it in a state, with a policy and perhaps a boundary. */
const stateOf = (document: unknown, boundary?: unknown) => ({
  format_version: "1.0",
  terraform_version: "1.11.4",
  values: {
    root_module: {
      resources: [
        {
          address: "aws_iam_user.u",
          mode: "managed",
          type: "aws_iam_user",
          name: "u",
          values: {
            name: "remotion-user",
            path: "/",
            arn: "arn:aws:iam::123456789012:user/remotion-user",
            permissions_boundary:
              boundary === undefined ? "" : "arn:aws:iam::123456789012:policy/boundary",
          },
        },
        {
          address: "aws_iam_user_policy.u",
          mode: "managed",
          type: "aws_iam_user_policy",
          name: "u",
          values: { name: "p", user: "remotion-user", policy: JSON.stringify(document) },
        },
        ...(boundary === undefined
          ? []
          : [
              {
                address: "aws_iam_policy.b",
                mode: "managed",
                type: "aws_iam_policy",
                name: "b",
                values: {
                  name: "boundary",
                  path: "/",
                  arn: "arn:aws:iam::123456789012:policy/boundary",
                  policy: JSON.stringify(boundary),
                },
              },
            ]),
      ],
    },
  },
});

describe("verify ends with 0 where nothing is missing", () => {
  it.each<[string, unknown, string[]]>([
    ["Remotion's user policy", userPolicy(), []],
    ["Remotion's role policy, which it tells by its content", rolePolicy(), []],
    ["the user policy in China", userPolicy({ partition: "aws-cn" }), ["--partition", "aws-cn"]],
    ["the profile render", userPolicy({ profile: "render" }), ["--profile", "render"]],
    ["the profile deploy", userPolicy({ profile: "deploy" }), ["--profile", "deploy"]],
    ["the profile minimal", rolePolicy({ profile: "minimal" }), ["--role-profile", "minimal"]],
    ["a policy that allows all but deleting users", everythingBut(["iam:DeleteUser"]), []],
    [
      "a policy narrowed to a region, asked for that region",
      userPolicy({ regions: ["eu-central-1"] }),
      ["--region", "eu-central-1"],
    ],
    [
      "a policy narrowed to a bucket, asked for that bucket",
      userPolicy({ bucketNames: ["remotionlambda-useast1-zzz"] }),
      ["--bucket", "remotionlambda-useast1-zzz"],
    ],
    ["a state", stateOf(userPolicy()), []],
    [
      "a boundary as wide as the policy",
      stateOf(userPolicy(), everythingBut(["iam:DeleteUser"])),
      ["--principal", "remotion-user"],
    ],
  ])("%s", async (_name, content, options) => {
    const { exitCode, results } = await verify(content, ...options);
    expect(results).not.toContain("MISSING");
    expect(results).toContain("allowed");
    expect(exitCode).toBe(0);
  });
});

describe("verify ends with 1, and says which API lacks what, why, and which input adds it", () => {
  it.each<[string, unknown, string[], string[]]>([
    [
      "a statement is missing",
      without(userPolicy(), "BucketListing"),
      [],
      [
        'MISSING  module input: profile = "full"',
        "s3:ListAllMyBuckets on *: no statement allows it",
        "for renderMediaOnLambda(); renderStillOnLambda(); getOrCreateBucket() and ",
      ],
    ],
    [
      "the role that may be passed is another",
      userPolicy({ lambdaRoleName: "other-role" }),
      [],
      [
        "MISSING  module input: lambda_role_name",
        "iam:PassRole on arn:aws:iam::123456789012:role/remotion-lambda-role",
        "for deployFunction(); ",
      ],
    ],
    [
      "functions of another region are allowed",
      userPolicy({ profile: "render", regions: ["eu-central-1"], bucketNames: [] }),
      ["--profile", "render", "--region", "us-east-1"],
      [
        'MISSING  module input: profile = "render"; or the policy is narrowed: say to what with ',
        "--function, --account",
        "lambda:InvokeFunction on arn:aws:lambda:us-east-1:",
        "it is allowed on other resources only",
        "for renderMediaOnLambda(); renderStillOnLambda(); ",
      ],
    ],
    [
      "an explicit deny",
      beside(userPolicy(), {
        Sid: "NoDeletes",
        Effect: "Deny",
        Action: "s3:DeleteObject",
        Resource: "*",
      }),
      [],
      [
        "MISSING  module input: none: the Deny has to go, or to leave this out",
        "s3:DeleteObject on",
        "statement NoDeletes, denies it",
        " deleteSite() and 4 more",
      ],
    ],
    [
      "NotAction leaves something out",
      everythingBut(["lambda:InvokeFunction"]),
      [],
      ["MISSING  module input: ", "lambda:InvokeFunction on", "for renderMediaOnLambda(); "],
    ],
    [
      "a boundary does not allow it",
      stateOf(userPolicy(), everythingBut(["lambda:CreateFunction"])),
      ["--principal", "remotion-user"],
      [
        "MISSING  module input: permissions_boundary_arn: the boundary has to allow it, too",
        "lambda:CreateFunction on",
        "the permissions boundary does not allow it",
        "for deployFunction(); ",
      ],
    ],
  ])("%s", async (_name, content, options, says) => {
    const { exitCode, results } = await verify(content, ...options);
    expect(exitCode).toBe(1);
    for (const text of says) {
      expect(results).toContain(text);
    }
  });

  it("a policy that has nothing to do with Remotion", async () => {
    const policy = {
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" },
    };
    const { exitCode, notes } = await verify(policy);
    expect(exitCode).toBe(3);
    expect(notes).toContain("is there for Remotion, as far as the file says: name somebody with");
  });
});

describe("verify lists what is in excess of the profile", () => {
  it.each<[string, unknown, string[], string[]]>([
    [
      "a foreign action",
      beside(userPolicy(), { Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" }),
      [],
      ["sqs:SendMessage on *"],
    ],
    [
      "Remotion's own policy, for renders alone",
      userPolicy(),
      ["--profile", "render"],
      ["lambda:CreateFunction on arn:aws:lambda:*:*:function:remotion-render-*"],
    ],
    [
      "everything but one action",
      everythingBut(["iam:DeleteUser"]),
      [],
      ["not iam:DeleteUser on *"],
    ],
  ])("%s", async (_name, content, options, lines) => {
    const { exitCode, results } = await verify(content, "--all", ...options);
    expect(exitCode).toBe(0);
    expect(results).toContain("In excess of the profile");
    for (const line of lines) {
      expect(results).toContain(line);
    }
  });

  it("and nothing where the policy is the profile's own, narrowed or not", async () => {
    for (const policy of [userPolicy(), userPolicy({ regions: ["us-east-1"] })]) {
      expect((await verify(policy)).results).not.toContain("In excess");
    }
  });
});

describe("verify says once what is the same of several", () => {
  it("and in full what is not", async () => {
    const plan = largePlan(16, {
      policyOf: (number) =>
        JSON.stringify(number < 2 ? userPolicy() : without(userPolicy(), "HandleQuotas")),
    });
    const { exitCode, results } = await verify(plan);
    const [headings = "", ...blocks] = results.split("\n\n");
    const role = (number: number) =>
      `role-key-${number} (module.m.aws_iam_role.this["key-${number}"])`;

    expect(exitCode).toBe(1);
    expect(headings.split("\n")).toEqual(
      ["39 of 39 allowed", "39 of 39 allowed"]
        .concat(Array(2).fill("37 of 39 allowed, 2 missing"))
        .map((count, number) => `${role(number)}, as a user or caller, profile full: ${count}`),
    );
    expect(blocks).toHaveLength(1);
    expect(blocks[0]).toMatch(/ {6}servicequotas:\w+ on /);
    expect(blocks[0]?.split("\n")[0]).toBe(`${role(2)}, ${role(3)}:`);
    expect(results.match(/^ {2}MISSING/gm)).toHaveLength(1);
  });

  it("also where it has more to say than one line", async () => {
    const plan = largePlan(12, {
      policyOf: (number) =>
        JSON.stringify(
          beside(userPolicy(), {
            Effect: "Allow",
            Action: "s3:GetObject",
            Resource: `arn:aws:s3:::größe-${number % 2}/*`,
          }),
        ),
    });
    const { results } = await verify(plan);

    // The policies have names of their own, so that nothing is the same.
    expect(results).toContain("s3:GetObject on arn:aws:s3:::größe-1/* (inline-key-1)");
    expect(results.match(/In excess of/g)).toHaveLength(3);
  });
});

describe("verify ends with 2, with a sentence, on what it cannot read", () => {
  it.each<[string, string, string]>([
    ["a file that is not JSON", "resource {", "JSON"],
    ["an empty file", "", "empty"],
    ["JSON of something else", '{"a":1}', "terraform show -json"],
    [
      "a plan of something else",
      JSON.stringify({
        format_version: "1.2",
        terraform_version: "1.11.4",
        planned_values: { root_module: {} },
        resource_changes: [],
      }),
      "IAM",
    ],
    [
      "a policy that is none",
      JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Maybe" }] }),
      "Effect",
    ],
  ])("%s", async (_name, content, says) => {
    const { exitCode, results, notes } = await verify(content);
    expect({ exitCode, results }).toEqual({ exitCode: 2, results: "" });
    expect(notes).toContain(says);
  });

  it("a file that is not there", async () => {
    const { exitCode, notes } = await runRecorded("verify", join(folder, "none"));
    expect(exitCode).toBe(2);
    expect(notes).toContain("cannot be read");
  });
});

describe("verify --json", () => {
  it("says the same to a program", async () => {
    const { exitCode, results } = await verify(without(userPolicy(), "HandleQuotas"), "--json");
    expect(exitCode).toBe(1);
    const { complete, verified } = JSON.parse(results) as {
      complete: string;
      verified: { apis: { api: string; answer: string }[] }[];
    };
    expect(complete).toBe("missing");
    const missing = verified.flatMap(({ apis }) =>
      apis.filter(({ answer }) => answer === "missing"),
    );
    expect(missing.map(({ api }) => api)).toEqual([
      "remotion lambda quotas",
      "remotion lambda quotas increase",
    ]);
  });
});

describe("taking any one action away makes verify end with 1 and name an API", () => {
  const profiles: [string, PolicyDocument, string[]][] = [
    ["render", userPolicy({ profile: "render" }), ["--profile", "render"]],
    ["minimal", rolePolicy({ profile: "minimal" }), ["--role-profile", "minimal"]],
  ];
  const cases = profiles.flatMap(([profile, document, options]) =>
    document.Statement.flatMap(({ Sid, Action }) =>
      Action.map((action): [string, object, string[]] => [
        `${profile}: ${action} of ${Sid}`,
        withoutAction(document, Sid, action),
        options,
      ]),
    ),
  );

  it.each(cases)("%s", async (_name, content, options) => {
    const { exitCode, results } = await verify(content, ...options);
    expect(exitCode).toBe(1);
    expect(results).toContain("MISSING  ");
  });
});

function withoutAction(document: PolicyDocument, sid: string, action: string): object {
  const Statement = document.Statement.flatMap((statement): Statement[] => {
    const Action = statement.Action.filter((each) => statement.Sid !== sid || each !== action);
    return Action.length === 0 ? [] : [{ ...statement, Action }];
  });
  return { ...document, Statement };
}
