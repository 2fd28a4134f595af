import { describe, expect, it } from "vitest";
import { type DeployerOptions, deployerPolicy } from "../../../lib/deployer/deployer-policy.js";
import { BUCKET_NAME, IAM_PATH, KEY_PREFIX, ROLE_NAME } from "../../../lib/iam/rules.js";
import { rolePolicy, userPolicy } from "../../../lib/remotion/policies.js";
import upstream from "../../../lib/remotion/upstream-policies.json" with { type: "json" };
import { runRecorded } from "../support/recording-console.js";

const { aws, "aws-cn": china } = upstream.policies;

describe("policy", () => {
  it.each([
    { args: ["user"], policy: aws.user },
    { args: ["role"], policy: aws.role },
    { args: ["execution-role"], policy: aws.user },
    { args: ["user", "--partition", "aws"], policy: aws.user },
    { args: ["user", "--partition", "aws-cn"], policy: china.user },
    { args: ["role", "--partition", "aws-cn"], policy: china.role },
    { args: ["execution-role", "--partition", "aws-cn"], policy: china.user },
  ])("$args prints Remotion's own", async ({ args, policy }) => {
    expect(await runRecorded("policy", ...args)).toEqual({
      exitCode: 0,
      results: JSON.stringify(policy, null, 2),
      notes: "",
    });
  });

  it.each([
    {
      args: ["user", "--lambda-role-name", "render", "--lambda-role-path", "/video/"],
      policy: userPolicy({ lambdaRoleName: "render", lambdaRolePath: "/video/" }),
    },
    {
      args: ["role", "--output-bucket", "acme-videos"],
      policy: rolePolicy({ outputBuckets: [{ name: "acme-videos", prefix: "", access: "write" }] }),
    },
    {
      args: ["role", "--output-bucket", "acme-videos/finished/", "--partition", "aws-cn"],
      policy: rolePolicy({
        partition: "aws-cn",
        outputBuckets: [{ name: "acme-videos", prefix: "finished/", access: "write" }],
      }),
    },
    {
      args: [
        "execution-role",
        "--output-bucket",
        "acme-a:read",
        "--output-bucket",
        "acme-b/:delete",
      ],
      policy: userPolicy({
        outputBuckets: [
          { name: "acme-a", prefix: "", access: "read" },
          { name: "acme-b", prefix: "", access: "delete" },
        ],
      }),
    },
    {
      args: ["role", "--output-bucket", "acme-videos/at 10:30/:put+acl"],
      policy: rolePolicy({
        outputBuckets: [{ name: "acme-videos", prefix: "at 10:30/", access: "put", acl: true }],
      }),
    },
    {
      args: ["--output-bucket", "acme-videos", "role"],
      policy: rolePolicy({ outputBuckets: [{ name: "acme-videos", prefix: "", access: "write" }] }),
    },
  ])("$args prints what the options ask for", async ({ args, policy }) => {
    const { exitCode, results } = await runRecorded("policy", ...args);

    expect({ exitCode, policy: JSON.parse(results || "null") }).toEqual({ exitCode: 0, policy });
  });

  it("prints on one line with --compact", async () => {
    expect((await runRecorded("policy", "user", "--compact")).results).toBe(
      JSON.stringify(aws.user),
    );
  });
});

describe("policy refuses, as bad usage,", () => {
  const refusals: Record<string, { args: readonly string[]; says: readonly string[] }> = {
    "no principal": { args: [], says: ["policy needs <principal>"] },
    "an unknown principal": { args: ["admin"], says: ["admin", "user", "role", "execution-role"] },
    "an unknown option": { args: ["user", "--bucket", "x"], says: ["bucket"] },
    "an unknown partition": { args: ["user", "--partition", "aws-us-gov"], says: ["aws-us-gov"] },
    "an ARN as a role's name": {
      args: ["user", "--lambda-role-name", "arn:aws:iam::123456789012:role/x"],
      says: ['--lambda-role-name is "arn:aws:iam::123456789012:role/x"', ROLE_NAME.requirement],
    },
    "no role's name": { args: ["user", "--lambda-role-name", ""], says: [ROLE_NAME.requirement] },
    "two names of the role": {
      args: ["user", "--lambda-role-name", "a", "--lambda-role-name", "b"],
      says: ["lambda-role-name"],
    },
    "a path without slashes": {
      args: ["user", "--lambda-role-path", "video"],
      says: ['--lambda-role-path is "video"', IAM_PATH.requirement],
    },
    "a wildcard as a bucket": {
      args: ["role", "--output-bucket", "*"],
      says: ['--output-bucket is "*"', BUCKET_NAME.requirement],
    },
    "a wildcard behind a bucket": {
      args: ["role", "--output-bucket", "acme-videos/*"],
      says: [KEY_PREFIX.requirement],
    },
    "an ARN as a bucket": {
      args: ["role", "--output-bucket", "arn:aws:s3:::acme-videos"],
      says: [BUCKET_NAME.requirement],
    },
    "a folder without its slash": {
      args: ["role", "--output-bucket", "acme-videos/finished"],
      says: ['--output-bucket is "finished"', KEY_PREFIX.requirement],
    },
    "buckets for the user, who writes no video": {
      args: ["user", "--output-bucket", "acme-videos"],
      says: ["does not apply to the policy of a user or caller", "give it to `policy role`"],
    },
    "buckets to write to for another caller": {
      args: ["execution-role", "--output-bucket", "acme-videos:put"],
      says: ["does not apply to the policy of a user or caller", "NAME:read or NAME:delete"],
    },
    "a region of another partition": {
      args: ["role", "--region", "cn-north-1"],
      says: ["--region is cn-north-1, which is not in the partition aws", "set --partition."],
    },
    "a layer of another partition": {
      args: [
        ...["user", "--partition", "aws-cn"],
        ...["--layer", "arn:aws:lambda:us-east-1:123456789012:layer:fonts:3"],
      ],
      says: ["--layer is arn:aws:lambda", "which is not in the partition aws-cn"],
    },
    "an access that is misspelt": {
      args: ["role", "--output-bucket", "acme-videos:raed"],
      says: ['--output-bucket is "acme-videos:raed"', "one of write, put, read, delete"],
    },
    "two accesses": {
      args: ["role", "--output-bucket", "acme-videos:read:delete"],
      says: ['--output-bucket is "acme-videos:read:delete"'],
    },
  };

  it.each(Object.entries(refusals))("%s", async (_what, { args, says }) => {
    const { exitCode, results, notes } = await runRecorded("policy", ...args);

    expect({ exitCode, results }).toEqual({ exitCode: 2, results: "" });
    for (const text of says) {
      expect(notes).toContain(text);
    }
    expect(notes).toContain("Try remotion-lambda-terraform policy --help.");
  });
});

describe("policy deployer", () => {
  const printed = async (...args: string[]) => {
    const { exitCode, results, notes } = await runRecorded("policy", "deployer", ...args);
    return { exitCode, notes, policy: JSON.parse(results || "null") };
  };

  it.each<[readonly string[], DeployerOptions]>([
    [[], { module: "remotion-lambda" }],
    [["--for", "plan"], { module: "remotion-lambda", phase: "plan" }],
    [
      ["--module", "remotion-user", "--input", "name=ci", "--input", "tags=yes"],
      { module: "remotion-user", inputs: { name: "ci", tags: "yes" } },
    ],
    [
      ["--account", "123456789012", "--partition", "aws-cn", "--input=create_user=false"],
      {
        module: "remotion-lambda",
        inputs: { create_user: "false" },
        accountId: "123456789012",
        partition: "aws-cn",
      },
    ],
  ])("%j prints what the options ask for", async (args, options) => {
    expect(await printed(...args)).toEqual({
      exitCode: 0,
      notes: "",
      policy: deployerPolicy(options),
    });
  });

  it.each([
    [["--input", "name_prefix"], '--input is "name_prefix": give NAME=VALUE'],
    [["--input", "=x"], '--input is "=x": give NAME=VALUE'],
    [["--input", "path=/a/", "--input", "path=/b/"], '--input gives "path" more than once'],
    [["--input", "path=a"], '--input: path is "a", which is not an IAM path'],
    [
      ["--input", "regions=eu-west-1"],
      '--input: "regions" is no input of remotion-lambda by which',
    ],
    [["--account", "1"], '--account is "1", which is not an account'],
    [["--region", "eu-west-1"], "--region decides what Remotion may do"],
    [["--vpc"], "--vpc decides what Remotion may do"],
    [["--profile", "render"], "--profile decides what Remotion may do"],
    [["--module", "remotion-usr"], "Did you mean remotion-user?"],
  ])("%j is refused", async (args, sentence) => {
    const { exitCode, notes, policy } = await printed(...args);

    expect({ exitCode, policy }).toEqual({ exitCode: 2, policy: null });
    expect(notes).toContain(sentence);
  });

  it.each([
    [["user", "--input", "path=/a/"], "--input is for `policy deployer` alone"],
    [["role", "--module", "remotion-user"], "--module is for `policy deployer` alone"],
    [["user", "--for", "plan"], "--for is for `policy deployer` alone"],
  ])("its options are refused elsewhere: %j", async (args, sentence) => {
    const { exitCode, notes } = await runRecorded("policy", ...args);

    expect(exitCode).toBe(2);
    expect(notes).toContain(sentence);
  });
});
