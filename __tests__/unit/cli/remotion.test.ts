import { describe, expect, it } from "vitest";
import { userPolicy } from "../../../lib/remotion/policies.js";
import { policyDrift } from "../../../lib/upstream/policy-drift.js";
import fixtures from "../remotion/fixtures/releases.json" with { type: "json" };
import { runRecorded } from "../support/recording-console.js";

const published = (version: string) => {
  const release = fixtures.find((fixture) => fixture.version === version);
  if (release === undefined) {
    throw new Error(`There is no fixture of ${version}.`);
  }
  return release.policies.aws;
};

describe("policy --remotion", () => {
  it.each([
    { args: ["user"], version: "4.0.74", policy: published("4.0.74").user },
    { args: ["role"], version: "4.0.74", policy: published("4.0.74").role },
    { args: ["execution-role"], version: "4.0.51", policy: published("4.0.51").user },
    { args: ["role"], version: "4.0.51", policy: published("4.0.51").role },
    { args: ["user"], version: "3.3.94", policy: published("3.3.94").user },
    { args: ["user"], version: "4.0.527", policy: userPolicy() },
  ])("$args of $version prints what that release publishes", async ({ args, version, policy }) => {
    expect(await runRecorded("policy", ...args, "--remotion", version)).toEqual({
      exitCode: 0,
      results: JSON.stringify(policy, null, 2),
      notes: "",
    });
  });

  it("prints the same, in another order, where a statement has gone since", async () => {
    const { results } = await runRecorded("policy", "user", "--remotion", "3.0.0");

    expect(policyDrift(JSON.parse(results), published("3.0.0").user)).toMatchObject({
      added: [],
      removed: [],
      changed: [],
      elements: [],
      onlyForm: true,
    });
  });

  it("says which release stands for one that is not known", async () => {
    expect(await runRecorded("policy", "user", "--compact", "--remotion", "4.0.50")).toEqual({
      exitCode: 0,
      results: JSON.stringify(published("4.0.51").user),
      notes:
        "Remotion 4.0.50 is between 4.0.47 and 4.0.51, where its policies changed, and is taken for 4.0.51.",
    });
    expect(await runRecorded("policy", "user", "--compact", "--remotion", "4.1.0")).toEqual({
      exitCode: 0,
      results: JSON.stringify(userPolicy()),
      notes: expect.stringMatching(/^Remotion 4\.1\.0 is newer than 4\.0\.527, /),
    });
  });

  it("narrows the policy of a release, and has the statements of options", async () => {
    const { results } = await runRecorded(
      ...["policy", "user", "--remotion", "4.0.51", "--region", "eu-central-1", "--vpc"],
    );
    const { Statement } = JSON.parse(results);
    const resources = JSON.stringify(Statement);

    expect(resources).toContain("arn:aws:lambda:eu-central-1:678892195805:layer:");
    expect(resources).not.toContain("Insights");
    expect(Statement.at(-1)).toMatchObject({ Sid: "FunctionsInVpc" });
  });

  it.each([
    { args: ["user", "--profile", "deploy"], lacks: "s3:PutBucketPolicy" },
    { args: ["role", "--profile", "minimal"], lacks: "/aws/lambda-insights" },
  ])("$args is without what the release does not need", async ({ args, lacks }) => {
    const newest = await runRecorded("policy", ...args);
    const older = await runRecorded("policy", ...args, "--remotion", "4.0.51");

    expect(newest.results).toContain(lacks);
    expect(older).toMatchObject({ exitCode: 0, notes: "" });
    expect(older.results).not.toContain(lacks);
  });

  it("is for China from 4.0.512 on", async () => {
    const args = ["policy", "user", "--partition", "aws-cn", "--remotion"] as const;

    expect((await runRecorded(...args, "4.0.512")).results).toBe(
      (await runRecorded("policy", "user", "--partition", "aws-cn")).results,
    );
    expect(await runRecorded(...args, "4.0.508")).toMatchObject({
      exitCode: 2,
      results: "",
      notes: expect.stringContaining("4.0.508, which has no policies for the partition aws-cn"),
    });
  });
});

describe("explain --remotion", () => {
  it("explains the statements of the release", async () => {
    const { exitCode, results, notes } = await runRecorded(
      ...["explain", "--format", "json", "--remotion", "4.0.74"],
    );
    const explained: readonly { sid: string; actions: readonly string[]; option?: string }[] =
      JSON.parse(results);

    expect(exitCode).toBe(0);
    expect(
      explained
        .filter(({ option }) => option === undefined)
        .map(({ sid, actions }) => ({ sid, actions })),
    ).toEqual(
      published("4.0.74").user.Statement.map(({ Sid, Action }) => ({ sid: Sid, actions: Action })),
    );
    expect(notes).toBe(
      "The statements are those of Remotion 4.0.74. What needs them is told by the calls of 4.0.527.",
    );
  });

  it("says what only old releases need", async () => {
    const { results } = await runRecorded("explain", "--remotion", "3.0.0");

    expect(results).toContain(
      [
        "Identity",
        "  iam:GetUser",
        "    scope      the user who calls",
        "    reason     See who calls, to check that user's permissions.",
        "    needed by  nothing in 4.0.527",
      ].join("\n"),
    );
  });

  it.each([
    ["role", "full"],
    ["role", "minimal"],
  ])("explains the %s's profile %s", async (principal, profile) => {
    const { exitCode, results } = await runRecorded(
      ...["explain", principal, "--profile", profile, "--remotion", "4.0.51"],
    );

    expect(exitCode).toBe(0);
    expect(results).not.toMatch(/insights/i);
  });

  it("says what it says without the option where the release needs what the newest needs", async () => {
    expect(await runRecorded("explain", "--remotion", "4.0.418")).toEqual(
      await runRecorded("explain"),
    );
  });
});

describe.each(["policy", "explain"])("%s refuses, as bad usage,", (command) => {
  it.each([
    ["latest", '--remotion: "latest" is not a Remotion release: give the version'],
    ["^4.0.512", "ranges"],
    ["4.0.512-alpha.1", "prereleases"],
    ["2.1.2", "--remotion: Remotion 2.1.2 is older than 3.0.0"],
    ["", '--remotion: "" is not a Remotion release'],
  ])("the release %j", async (version, says) => {
    expect(await runRecorded(command, "user", "--remotion", version)).toMatchObject({
      exitCode: 2,
      results: "",
      notes: expect.stringContaining(says),
    });
  });

  it("two releases", async () => {
    expect(
      await runRecorded(command, "user", "--remotion", "4.0.1", "--remotion", "4.0.2"),
    ).toMatchObject({ exitCode: 2, notes: expect.stringContaining("--remotion is given 2 times") });
  });
});
