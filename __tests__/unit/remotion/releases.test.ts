import { describe, expect, it } from "vitest";
import { PARTITIONS } from "../../../lib/iam/partition.js";
import { API_ROWS } from "../../../lib/remotion/api-calls.js";
import { UnknownReleaseError } from "../../../lib/remotion/errors.js";
import { policyOf } from "../../../lib/remotion/policies.js";
import { ROLE_PROFILES, USER_PROFILES } from "../../../lib/remotion/profile-names.js";
import { roleStatements, userStatements } from "../../../lib/remotion/profiles.js";
import { REMOTION_VERSION } from "../../../lib/remotion/release.js";
import {
  bandStatements,
  compareReleases,
  furtherStatements,
  KNOWN_RELEASES,
  lacksAction,
  lacksCall,
  needsOfRelease,
  releaseStatements,
  type StockPolicy,
} from "../../../lib/remotion/releases.js";
import table from "../../../lib/remotion/releases.json" with { type: "json" };
import { type StatementFact, templatesOf } from "../../../lib/remotion/statement-fact.js";
import { policyDrift } from "../../../lib/upstream/policy-drift.js";
import fixtures from "./fixtures/releases.json" with { type: "json" };

const { bands } = table;

const actionsOf = (facts: readonly StatementFact[]) => facts.flatMap(({ actions }) => actions);

/** The actions that one release has and an other one has not, in both directions. */
function difference(one: string, other: string, principal: StockPolicy) {
  const before = actionsOf(needsOfRelease(one)[principal]);
  const after = actionsOf(needsOfRelease(other)[principal]);
  return {
    gone: before.filter((action) => !after.includes(action)),
    come: after.filter((action) => !before.includes(action)),
  };
}

describe("the policies of a release", () => {
  const cases = fixtures.flatMap(({ version, policies }) =>
    Object.entries(policies).flatMap(([partition, policy]) =>
      (["user", "role"] as const).map((principal) => ({
        version,
        partition: PARTITIONS.find((name) => name === partition) ?? "aws",
        principal,
        published: policy[principal],
      })),
    ),
  );

  it.each(cases)("$version, $partition, $principal: as published", (release) => {
    const { version, partition, principal, published } = release;
    const ours = policyOf(needsOfRelease(version)[principal], principal, { partition });

    const { onlyForm, ...drift } = policyDrift(ours, published);
    expect(drift).toEqual({ added: [], removed: [], changed: [], elements: [] });
    // In order, too, but for a statement that is no longer there.
    expect(onlyForm).toBe(version === "3.0.0" && principal === "user");
  });

  it.each(bands)("are known from $from to $last, in words, too", ({ from, last }) => {
    for (const version of [from, last]) {
      const { user, role, ...needs } = needsOfRelease(version);

      expect(needs).toMatchObject({ readAs: version, isKnown: true, remark: undefined });
      for (const { scope, reason } of [...user, ...role]) {
        expect(scope).not.toBe("");
        expect(reason).not.toBe("");
      }
    }
  });

  it("say nothing of Lambda Insights, in words neither, before they allow it", () => {
    const { user, role } = needsOfRelease("4.0.51");

    expect(JSON.stringify([user, role])).not.toMatch(/insights/i);
  });

  it.each<[string, string, StockPolicy, readonly string[], readonly string[]]>([
    ["3.3.7", "3.3.8", "user", ["iam:GetUser"], []],
    ["3.3.8", "3.3.12", "user", ["s3:PutBucketWebsite", "s3:DeleteBucketWebsite"], []],
    ["3.3.39", "3.3.54", "user", [], ["lambda:PutRuntimeManagementConfig"]],
    [
      "3.3.83",
      "3.3.94",
      "user",
      [],
      ["s3:PutBucketOwnershipControls", "s3:PutBucketPublicAccessBlock"],
    ],
    ["4.0.24", "4.0.39", "user", [], ["s3:PutLifecycleConfiguration"]],
    ["4.0.47", "4.0.51", "user", [], ["lambda:TagResource"]],
    ["4.0.53", "4.0.74", "user", [], []],
    ["4.0.53", "4.0.74", "role", [], ["logs:CreateLogGroup"]],
    ["4.0.417", "4.0.418", "user", [], ["s3:PutBucketPolicy"]],
    ["4.0.508", "4.0.515", "user", [], []],
  ])("changed between %s and %s, %s", (one, other, principal, gone, come) => {
    expect(difference(one, other, principal)).toEqual({ gone, come });
  });
});

describe("a statement that the newest release does not have", () => {
  const newest = needsOfRelease(REMOTION_VERSION);
  const statement = { actions: ["s3:GetObject"], resources: ["*"] };

  it("has no words where nobody has written them, and is left out where it is not there", () => {
    const band = { user: { Unheard: statement, Gone: null }, role: {} };

    expect(bandStatements(band, "user")).toEqual([
      ...newest.user,
      { sid: "Unheard", ...statement, scope: "", reason: "" },
    ]);
  });

  it("is further with an action that the newest allows on some of its resources alone", () => {
    const [fact] = newest.user.filter(({ actions }) => actions.includes("s3:GetObject"));
    const resources = [
      ...(fact === undefined ? [] : templatesOf(fact, "aws")),
      "arn:{partition}:s3:::old",
    ];
    const user = [{ sid: "Old", ...statement, resources, scope: "", reason: "" }];

    expect(fact).toBeDefined();
    expect(actionsOf(furtherStatements({ ...newest, user }, "user"))).toEqual(["s3:GetObject"]);
  });
});

describe("the table of releases", () => {
  it("begins where policies were first published, and ends with the release that we reproduce", () => {
    expect(KNOWN_RELEASES).toEqual({ oldest: "3.0.0", newest: REMOTION_VERSION });
    expect(bands.at(-1)).toMatchObject({ user: {}, role: {}, partitions: PARTITIONS });
  });

  it("is in order", () => {
    const versions = bands.flatMap(({ from, last }) => (from === last ? [from] : [from, last]));

    expect([...versions].sort(compareReleases)).toEqual(versions);
    expect(new Set(versions).size).toBe(versions.length);
  });
});

describe("a release", () => {
  it.each([
    ["3.0.0", "3.0.0", undefined],
    ["4.0.46", "4.0.46", undefined],
    ["4.0.48", "4.0.51", "is between 4.0.47 and 4.0.51"],
    ["4.0.60", "4.0.74", "is between 4.0.53 and 4.0.74"],
    ["4.0.75", "4.0.75", undefined],
    // Only the policies for China changed there.
    ["4.0.512", "4.0.512", undefined],
    ["3.99.0", "4.0.24", undefined],
  ])("%s is read as %s", (version, readAs, remark) => {
    const needs = needsOfRelease(version);

    expect(needs).toMatchObject({ version, isKnown: true });
    expect(needs.user).toEqual(needsOfRelease(readAs).user);
    expect(needs.role).toEqual(needsOfRelease(readAs).role);
    if (remark === undefined) {
      expect(needs.remark).toBeUndefined();
    } else {
      expect(needs).toMatchObject({ readAs, remark: expect.stringContaining(remark) });
    }
  });

  it.each(["4.0.528", "4.1.0", "5.0.0", "999999999.0.0"])(
    "%s is newer than all that are known, and is taken for the newest",
    (version) => {
      expect(needsOfRelease(version)).toMatchObject({
        version,
        readAs: REMOTION_VERSION,
        isKnown: false,
        isCurrent: true,
        partitions: PARTITIONS,
        remark: expect.stringMatching(
          `^Remotion ${version} is newer than ${REMOTION_VERSION}, .*upstream --version ${version}`,
        ),
      });
    },
  );

  it.each([
    ["2.1.2", "Remotion 2.1.2 is older than 3.0.0"],
    ["0.0.0", "Remotion 0.0.0 is older than 3.0.0"],
    ["latest", '"latest" is not a Remotion release: give the version'],
    ["4", '"4" is not a Remotion release'],
    ["4.0", '"4.0" is not a Remotion release'],
    ["4.0.512-alpha.1", "prereleases"],
    ["^4.0.512", "ranges"],
    ["v4.0.512", "is not a Remotion release"],
    ["4.0.0512", "is not a Remotion release"],
    ["4.0.1234567890", "is not a Remotion release"],
    ["4.0.512\n", "is not a Remotion release"],
    ["\u001b[31m4.0.512", '"\\u001b[31m4.0.512" is not a Remotion release'],
    ["", '"" is not a Remotion release'],
  ])("%j is refused", (version, says) => {
    expect(() => needsOfRelease(version)).toThrow(UnknownReleaseError);
    expect(() => needsOfRelease(version)).toThrow(says);
  });

  it.each([
    ["4.0.417", false, ["aws"]],
    ["4.0.418", true, ["aws"]],
    ["4.0.508", true, ["aws"]],
    ["4.0.512", true, PARTITIONS],
    [REMOTION_VERSION, true, PARTITIONS],
  ])("%s needs what the newest needs: %s, in %s", (version, isCurrent, partitions) => {
    expect(needsOfRelease(version)).toMatchObject({ isCurrent, partitions });
  });
});

describe("versions", () => {
  it.each([
    ["4.0.9", "4.0.10", -1],
    ["4.0.527", "4.0.527", 0],
    ["4.1.0", "4.0.999", 1],
    ["3.9.9", "4.0.0", -1],
    ["10.0.0", "9.9.9", 1],
  ])("%s and %s", (one, other, sign) => {
    expect(Math.sign(compareReleases(one, other))).toBe(sign);
    expect(Math.sign(compareReleases(other, one))).toBe(-sign || 0);
  });
});

describe("what a release lacks", () => {
  const insights = {
    action: "lambda:GetLayerVersion",
    resource: "arn:{partition}:lambda:{region}:{insightsAccount}:layer:LambdaInsightsExtension*",
  };
  const binaries = {
    action: "lambda:GetLayerVersion",
    resource: "arn:{partition}:lambda:{region}:678892195805:layer:remotion-binaries-*",
  };
  const own = {
    action: "lambda:GetLayerVersion",
    resource: "arn:{partition}:lambda:{region}:{account}:layer:{ownLayer}",
  };

  it.each([
    ["4.0.51", insights, true],
    ["4.0.74", insights, false],
    ["4.0.51", binaries, false],
    ["4.0.51", own, false],
    ["4.0.417", { action: "s3:PutBucketPolicy", resource: "arn:{partition}:s3:::{bucket}" }, true],
    ["4.0.418", { action: "s3:PutBucketPolicy", resource: "arn:{partition}:s3:::{bucket}" }, false],
    // Neither policy allows it.
    [
      "3.0.0",
      { action: "s3:AbortMultipartUpload", resource: "arn:{partition}:s3:::{bucket}/*" },
      false,
    ],
  ])("%s, %o: %s", (version, call, lacks) => {
    expect(lacksCall(needsOfRelease(version), "user", call)).toBe(lacks);
  });

  it.each<[string, StockPolicy, string, boolean]>([
    ["4.0.417", "user", "s3:PutBucketPolicy", true],
    ["4.0.418", "user", "s3:PutBucketPolicy", false],
    ["4.0.51", "user", "lambda:GetLayerVersion", false],
    ["4.0.53", "role", "logs:CreateLogGroup", true],
    ["4.0.53", "user", "logs:CreateLogGroup", false],
    ["3.0.0", "user", "iam:GetUser", false],
    ["3.0.0", "user", "s3:AbortMultipartUpload", false],
  ])("%s, %s, the action %s: %s", (version, principal, action, lacks) => {
    expect(lacksAction(needsOfRelease(version), principal, action)).toBe(lacks);
  });

  it("is nothing in the newest, and in one that needs the same", () => {
    for (const version of [REMOTION_VERSION, "4.0.418", "5.0.0"]) {
      const needs = needsOfRelease(version);
      const lacking = API_ROWS.flatMap(({ actor, calls }) =>
        calls.filter((call) => lacksCall(needs, actor === "function" ? "role" : "user", call)),
      );

      expect(lacking).toEqual([]);
    }
  });
});

describe("a profile of a release", () => {
  it.each(["4.0.418", REMOTION_VERSION, "5.0.0"])("of %s is that of the newest", (version) => {
    const needs = needsOfRelease(version);

    for (const profile of USER_PROFILES) {
      expect(releaseStatements(needs, "user", profile)).toEqual(userStatements(profile));
    }
    for (const profile of ROLE_PROFILES) {
      expect(releaseStatements(needs, "role", profile)).toEqual(roleStatements(profile));
    }
  });

  it("full has the statements of its own policy", () => {
    const needs = needsOfRelease("4.0.51");

    expect(releaseStatements(needs, "user", "full")).toBe(needs.user);
    expect(releaseStatements(needs, "role", "full")).toBe(needs.role);
  });

  it("deploy is without the calls that the release does not make", () => {
    const newest = userStatements("deploy");
    const older = releaseStatements(needsOfRelease("4.0.417"), "user", "deploy");

    expect(actionsOf(newest).filter((action) => !actionsOf(older).includes(action))).toEqual([
      "s3:PutBucketPolicy",
    ]);
    expect(actionsOf(older).filter((action) => !actionsOf(newest).includes(action))).toEqual([]);
  });

  it("deploy has no layer that the release knows nothing of", () => {
    const older = releaseStatements(needsOfRelease("4.0.53"), "user", "deploy");
    const policy = JSON.stringify(policyOf(older, "user", {}));

    expect(policy).toContain("layer:remotion-binaries-*");
    expect(policy).not.toContain("Insights");
  });

  it("minimal has no log group that the release knows nothing of", () => {
    const older = releaseStatements(needsOfRelease("4.0.53"), "role", "minimal");
    const policy = JSON.stringify(policyOf(older, "role", {}));

    expect(policy).toContain("log-group:/aws/lambda/remotion-render-*");
    expect(policy).not.toContain("insights");
  });

  it("deploy has what only old releases allow themselves, and render has not", () => {
    const needs = needsOfRelease("3.0.0");
    const further = ["s3:PutBucketWebsite", "s3:DeleteBucketWebsite", "iam:GetUser"];

    expect(actionsOf(furtherStatements(needs, "user"))).toEqual(further);
    expect(furtherStatements(needs, "role")).toEqual([]);
    expect(actionsOf(releaseStatements(needs, "user", "deploy"))).toEqual(
      expect.arrayContaining(further),
    );
    const render = actionsOf(releaseStatements(needs, "user", "render"));
    expect(render.filter((action) => further.includes(action))).toEqual([]);
  });

  it("render needs the same since 3.0.0", () => {
    expect(releaseStatements(needsOfRelease("3.0.0"), "user", "render")).toEqual(
      userStatements("render"),
    );
  });
});
