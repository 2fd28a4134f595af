import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseSettings, SETTINGS_SCHEMA } from "../../../lib/cli/verify-settings.js";
import { rolePolicy, userPolicy } from "../../../lib/remotion/policies.js";
import { temporaryFolder } from "../support/folder.js";
import { runRecorded } from "../support/recording-console.js";

const TRUST = JSON.stringify({
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "lambda.amazonaws.com" },
      Action: "sts:AssumeRole",
    },
  ],
});

const resource = (type: string, name: string, values: object) => ({
  address: `${type}.${name}`,
  mode: "managed",
  type,
  name,
  values,
});

/** A deployer, a caller with a boundary from elsewhere, and the role of functions. */
const PLAN = {
  format_version: "1.2",
  terraform_version: "1.11.4",
  planned_values: {
    root_module: {
      resources: [
        resource("aws_iam_user", "deployer", { name: "remotion-user", path: "/" }),
        resource("aws_iam_user_policy", "deployer", {
          name: "deploy",
          user: "remotion-user",
          policy: JSON.stringify(userPolicy({ profile: "deploy" })),
        }),
        resource("aws_iam_user", "api", {
          name: "api=1",
          path: "/",
          permissions_boundary: "arn:aws:iam::123456789012:policy/limit",
        }),
        resource("aws_iam_user_policy", "api", {
          name: "render",
          user: "api=1",
          policy: JSON.stringify(userPolicy({ profile: "render" })),
        }),
        resource("aws_iam_role", "functions", {
          name: "remotion-lambda-role",
          path: "/",
          assume_role_policy: TRUST,
        }),
        resource("aws_iam_role_policy", "functions", {
          name: "functions",
          role: "remotion-lambda-role",
          policy: JSON.stringify(rolePolicy({ profile: "minimal" })),
        }),
      ],
    },
  },
  resource_changes: [],
  configuration: { root_module: {} },
};

const LIMIT = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: ["lambda:*", "s3:*"], Resource: "*" }],
};

function folderWith(files: Readonly<Record<string, unknown>>) {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries({
    "plan.json": PLAN,
    "limit.json": LIMIT,
    ...files,
  })) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(
      join(folder, name),
      typeof content === "string" ? content : JSON.stringify(content),
    );
  }
  return (name: string) => join(folder, name);
}

const verify = async (
  options: (path: (name: string) => string) => readonly string[],
  files: Readonly<Record<string, unknown>> = {},
) => {
  const path = folderWith(files);
  return runRecorded("verify", path("plan.json"), ...options(path));
};
const headings = (results: string) =>
  results
    .split("\n")
    .filter((line) => /^\S/.test(line))
    .map((line) => line.replace(/ \(.*?\)/, "").replace(/: .*/, ""));

const limit = (path: (name: string) => string) => [
  "--policy",
  `arn:aws:iam::123456789012:policy/limit=${path("limit.json")}`,
];

describe("several parts in one call", () => {
  it("are those that fit, where nothing is named", async () => {
    const { exitCode, results } = await verify(limit);
    expect(headings(results)).toEqual([
      "remotion-user, as a user or caller, profile deploy",
      "api=1, as a user or caller, profile render",
      "remotion-lambda-role, as the role of Remotion's functions, profile minimal",
    ]);
    expect(exitCode).toBe(0);
  });

  it.each([
    { what: "by names", parts: ["--user", "remotion-user=full", "--caller", "api=1=render"] },
    {
      what: "by addresses",
      parts: ["--user", "aws_iam_user.deployer=full", "--caller", "aws_iam_user.api=render"],
    },
    { what: "by policies", parts: ["--user", "deploy=full", "--caller", "render=render"] },
  ])("are named $what", async ({ parts }) => {
    const { exitCode, results } = await verify((path) => [...limit(path), ...parts]);
    expect(headings(results).slice(0, 2)).toEqual([
      "remotion-user, as a user or caller, profile full",
      "api=1, as a user or caller, profile render",
    ]);
    expect(exitCode).toBe(1);
  });

  it("end with 2 where nobody has the name", async () => {
    const { exitCode, notes } = await verify(() => ["--user", "nobody=deploy"]);
    expect(exitCode).toBe(2);
    expect(notes).toContain('has nobody of the name or address "nobody"');
  });

  it("name the policy that is attached to somebody who is not in the file", async () => {
    const attachment = {
      address: "aws_iam_role_policy_attachment.outsider",
      mode: "managed",
      type: "aws_iam_role_policy_attachment",
      name: "outsider",
      values: { role: "video-api", policy_arn: "arn:aws:iam::123456789012:policy/outsiders" },
    };
    const policy = {
      address: "aws_iam_policy.outsiders",
      mode: "managed",
      type: "aws_iam_policy",
      name: "outsiders",
      values: {
        name: "outsiders",
        arn: "arn:aws:iam::123456789012:policy/outsiders",
        policy: JSON.stringify(userPolicy()),
      },
    };
    const resources = [...PLAN.planned_values.root_module.resources, policy, attachment];
    const { exitCode, notes } = await verify(() => ["--caller", "video-api=render"], {
      "plan.json": { ...PLAN, planned_values: { root_module: { resources } } },
    });

    expect(exitCode).toBe(2);
    expect(notes).toContain(
      'It attaches outsiders to "video-api", which it does not make: name the policy in its place.',
    );
  });

  it("propose the name that is near", async () => {
    const { exitCode, notes } = await verify(() => ["--user", "remotion-usr=deploy"]);
    expect(exitCode).toBe(2);
    expect(notes).toContain("Did you mean remotion-user?");
    expect(notes).toContain("remotion-user");
  });

  it.each([["nobody=depoly"], ["=deploy"]])("end with 2 for %s", async (part) => {
    const { exitCode, notes } = await verify(() => ["--user", part]);
    expect(exitCode).toBe(2);
    expect(notes).toContain("full, render, deploy");
  });
});

describe("--policy", () => {
  it("takes the place of what the file does not hold", async () => {
    expect((await verify(() => [])).exitCode).toBe(3);
    expect((await verify(limit)).exitCode).toBe(0);
  });

  it.each([["limit"], ["=limit.json"], ["arn:aws:iam::1:policy/limit="]])(
    "ends with 2 for %s",
    async (option) => {
      const { exitCode, notes } = await verify(() => ["--policy", option]);
      expect(exitCode).toBe(2);
      expect(notes).toContain("ARN=FILE");
    },
  );
});

describe("--policy with a file that does not tell what is in force", () => {
  it.each<[string, unknown, string]>([
    [
      "an old version",
      { PolicyVersion: { VersionId: "v1", IsDefaultVersion: false, Document: LIMIT } },
      'the version "v1" of its policy, and not the default one',
    ],
    [
      "the inline policy of a role",
      { RoleName: "other", PolicyName: "p", PolicyDocument: LIMIT },
      'attached to the role "other"',
    ],
    ["a plan", PLAN, "which is a plan and no policy"],
  ])("ends with 2 for %s", async (_what, content, says) => {
    const arn = "arn:aws:iam::123456789012:policy/limit";
    const { exitCode, notes } = await verify((path) => ["--policy", `${arn}=${path("p.json")}`], {
      "p.json": content,
    });
    expect(exitCode).toBe(2);
    expect(notes).toContain(says);
  });
});

describe("a file of options", () => {
  const settings = (content: unknown) =>
    verify((path) => ["--options", path("o.json")], {
      "o.json": content,
    });

  it("says what the options say", async () => {
    const path = folderWith({});
    const policies = { "arn:aws:iam::123456789012:policy/limit": path("limit.json") };
    const users = { "remotion-user": "deploy" };
    const { exitCode, results } = await settings({ policies, users, failOn: ["tolerated"] });
    expect(exitCode).toBe(0);
    expect(results).toMatch(/^remotion-user .*, profile deploy: /m);
  });

  it("accepts a finding until its last day", async () => {
    const forbid = ["lambda:CreateFunction"];
    const policies = { "arn:aws:iam::123456789012:policy/limit": folderWith({})("limit.json") };
    const accepted = (until: string) => [
      { action: "lambda:CreateFunction", reason: "deploys", until },
    ];
    expect((await settings({ policies, forbid })).exitCode).toBe(1);
    expect((await settings({ policies, forbid, accepted: accepted("2999-01-31") })).exitCode).toBe(
      0,
    );
    const over = await settings({ policies, forbid, accepted: accepted("2020-01-31") });
    expect(over.exitCode).toBe(1);
    expect(over.notes).toContain("was accepted until 2020-01-31 (deploys), and is no longer");
  });

  it.each<[string, unknown, string]>([
    ["no JSON", "{", "is no JSON"],
    ["a list", [], "holds no JSON object"],
    ["a key that is none", { region: [] }, '"region"'],
    ["a profile that is none", { users: { a: "all" } }, "full, render, deploy"],
    ["a region that is none", { regions: ["nowhere"] }, "regions is"],
    [
      "a day that is none",
      { accepted: [{ action: "a", reason: "b", until: "2026-02-30" }] },
      "until",
    ],
    ["no reason", { accepted: [{ action: "a", until: "2026-02-28" }] }, "reason"],
  ])("ends with 2 for %s", async (_name, content, says) => {
    const { exitCode, notes } = await settings(content);
    expect(exitCode).toBe(2);
    expect(notes).toContain(says);
  });

  it("has a schema with every key that may stand there", () => {
    const keys = Object.keys(SETTINGS_SCHEMA.properties).filter((key) => key !== "$schema");
    expect(() => parseSettings('{ "other": 1 }', "o.json")).toThrow(keys.join(", "));
  });
});

describe("the release of Remotion", () => {
  const old = userPolicy();
  const withoutBucketPolicy = {
    ...old,
    Statement: old.Statement.map((statement) => ({
      ...statement,
      Action: statement.Action.filter((action) => action !== "s3:PutBucketPolicy"),
    })),
  };
  const of = (options: readonly string[], files = {}) => {
    const path = folderWith({ "a/b/policy.json": withoutBucketPolicy, ...files });
    return runRecorded("verify", path("a/b/policy.json"), ...options);
  };

  it("needs what it calls, and no more", async () => {
    expect((await of([])).results).toContain("s3:PutBucketPolicy");
    expect((await of(["--remotion", "4.0.417"])).results).not.toContain("s3:PutBucketPolicy");
  });

  it.each(["a/b/package.json", "a/package.json"])("is read from %s", async (file) => {
    const dependencies = { "@remotion/lambda": "4.0.417" };
    expect((await of([], { [file]: { dependencies } })).results).not.toContain(
      "s3:PutBucketPolicy",
    );
  });

  it("is not read from a range, which may be installed as a newer one", async () => {
    const dependencies = { "@remotion/lambda": "^4.0.417" };
    const { results } = await of([], { "a/package.json": { dependencies } });
    expect(results).toContain("s3:PutBucketPolicy");
  });

  it("that is newer than the known one is told", async () => {
    const { notes } = await of(["--remotion", "4.9.0"]);
    expect(notes).toContain("4.9.0");
  });

  it.each([["latest"], ["2.0.0"]])("%s ends with 2", async (version) => {
    expect((await of(["--remotion", version])).exitCode).toBe(2);
  });
});

it("nothing of a file reaches the terminal raw", async () => {
  const plan = JSON.parse(
    JSON.stringify(PLAN).replaceAll("remotion-user", "remotion-user-\\u001b[31m\\u202e\\n::error"),
  );
  const { results, notes } = await verify(limit, { "plan.json": plan });
  expect(results).toContain("remotion-user-\\u001b[31m\\u202e\\u000a::error");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  expect(`${results}${notes}`).not.toMatch(/[\u001b\u202e]/);
});
