import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PolicyDocument } from "../../../lib/iam/policy-document.js";
import { policySize, QUOTAS } from "../../../lib/iam/quotas.js";
import { API_ROWS, type ApiCall } from "../../../lib/remotion/api-calls.js";
import { rolePolicy, userPolicy } from "../../../lib/remotion/policies.js";
import {
  covers,
  derivedStatements,
  profileCalls,
  profileRows,
  roleStatements,
  userStatements,
} from "../../../lib/remotion/profiles.js";
import { fillTemplate, placeholdersOf } from "../../../lib/remotion/resource-scope.js";

const PROFILES = [
  { profile: "render", policy: userPolicy({ profile: "render" }), full: userPolicy() },
  { profile: "deploy", policy: userPolicy({ profile: "deploy" }), full: userPolicy() },
  { profile: "minimal", policy: rolePolicy({ profile: "minimal" }), full: rolePolicy() },
] as const;

describe.each(PROFILES)("the profile $profile", ({ profile, policy, full }) => {
  const placeholders = placeholdersOf({});

  it("allows every call that its APIs make", () => {
    const calls = profileCalls(profile);

    expect(calls.length).toBeGreaterThan(0);
    for (const { action, resource } of calls) {
      const account = resource.replace("{insightsAccount}", "580247275435");
      for (const arn of fillTemplate(account, placeholders)) {
        expect(`${action} on ${arn}: ${allows(policy, action, arn)}`).toBe(
          `${action} on ${arn}: true`,
        );
      }
    }
  });

  it("allows no action that none of its APIs calls", () => {
    const called = profileCalls(profile).map(({ action }) => action);
    const allowed = policy.Statement.flatMap(({ Action }) => Action);

    expect(allowed.filter((action) => !called.includes(action))).toEqual([]);
  });

  it("names each API of the table by a name that the table has", () => {
    expect(profileRows(profile).length).toBeGreaterThan(0);
    expect(API_ROWS).toEqual(expect.arrayContaining([...profileRows(profile)]));
  });

  it("passes the role to Lambda alone, if it passes any", () => {
    for (const { Action, Condition } of policy.Statement) {
      if (Action.includes("iam:PassRole")) {
        expect(Condition).toEqual({
          StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" },
        });
      }
    }
  });

  it("fits into an inline policy, and is not Remotion's own", () => {
    const quota =
      full === PROFILES[2].full ? QUOTAS.inlinePoliciesOfRole : QUOTAS.inlinePoliciesOfUser;

    expect(policySize(policy)).toBeLessThanOrEqual(quota);
    expect(policy).not.toEqual(full);
  });
});

describe("the profiles of users", () => {
  const inProfiles = ["render", "deploy"] as const;

  it.each([
    { who: "callers", actors: ["caller"], profile: "render" },
    { who: "deployers", actors: ["deployer", "either"], profile: "deploy" },
  ] as const)("are each for $who, and for what they call alone", ({ actors, profile }) => {
    const others = profileRows(profile).filter(
      ({ actor }) => !(actors as readonly string[]).includes(actor),
    );

    expect(others).toEqual([]);
  });

  it("are for every API that calls AWS, but for what goes beyond rendering and deploying", () => {
    const named = inProfiles.flatMap((profile) => profileRows(profile));
    const left = API_ROWS.filter(
      (row) => row.actor !== "function" && row.calls.length > 0 && !named.includes(row),
    );

    expect([...new Set(left.map(({ api }) => api))]).toEqual([
      "deleteRender",
      "simulatePermissions",
      "remotion lambda compositions",
      "remotion lambda render",
      "remotion lambda still",
      "remotion lambda policies validate",
    ]);
  });

  it("pass the role in a statement of its own", () => {
    const passing = userStatements("deploy").filter(({ actions }) =>
      actions.includes("iam:PassRole"),
    );

    expect(passing).not.toEqual([]);
    for (const { actions } of passing) {
      expect(actions).toEqual(["iam:PassRole"]);
    }
  });
});

describe("the scope of a statement", () => {
  const scopes = new Map(
    [...userStatements("render"), ...roleStatements("minimal")].map(({ sid, scope }) => [
      sid,
      scope,
    ]),
  );

  it.each([
    [
      "InputPropsAndCancellation",
      "input props in buckets of Remotion; the mark that cancels a render in buckets of Remotion; where an account is given, only those of that account",
    ],
    [
      "LogsAndInsightsLogs",
      "log groups of functions whose names begin with remotion-render-; logs of Lambda Insights",
    ],
  ])("%s names each kind of its resources", (sid, scope) => {
    expect(scopes.get(sid)).toBe(scope);
  });
});

describe("calls that nobody has described", () => {
  it("are refused where their resource is of no kind", () => {
    const call = { ...profileCalls("render")[0], action: "x:Y", resource: "arn:x" } as ApiCall;

    expect(() => derivedStatements("render", [call])).toThrow(
      "The table of API calls names arn:x: describe it in resource-kinds.ts.",
    );
  });

  it("are refused where their profile has no reason for them", () => {
    const [call] = profileCalls("deploy").filter(({ action }) =>
      action.startsWith("servicequotas:"),
    );

    expect(call).toBeDefined();
    expect(() => derivedStatements("render", [call as ApiCall])).toThrow(
      /^The profile render has \w+: say why in profile-reasons.ts.$/,
    );
  });
});

describe("one template that another one holds", () => {
  it.each([
    ["arn:aws:s3:::b/*", "arn:aws:s3:::b/sites/*", true],
    ["arn:aws:s3:::b/*", "arn:aws:s3:::b/", true],
    ["arn:aws:s3:::b/*", "arn:aws:s3:::b/*", false],
    ["arn:aws:s3:::b/*", "arn:aws:s3:::b", false],
    ["arn:aws:s3:::b*", "arn:aws:s3:::bc", false],
    ["arn:aws:s3:::b/sites/*", "arn:aws:s3:::b/*", false],
  ])("%s, %s: %s", (wide, narrow, expected) => {
    expect(covers(wide, narrow)).toBe(expected);
  });
});

describe("narrowing", () => {
  const regions = fc.uniqueArray(fc.constantFrom("us-east-1", "eu-west-1", "ap-south-1"));
  const scope = fc.record({
    regions,
    accountId: fc.constant("123456789012"),
    bucketNames: fc.uniqueArray(fc.constantFrom("remotionlambda-useast1-abc", "own-bucket")),
    functionNames: fc.uniqueArray(fc.constantFrom("remotion-render-a", "remotion-render-b")),
  });

  it.each([
    { of: "user", policyOf: userPolicy },
    { of: "role", policyOf: rolePolicy },
  ])("never widens the policy of the $of", ({ policyOf }) => {
    const wide = policyOf();
    fc.assert(
      fc.property(scope, (given) => {
        const names = given.bucketNames.filter((name) => name !== "own-bucket");
        for (const [index, statement] of policyOf({
          ...given,
          bucketNames: names,
        }).Statement.entries()) {
          const { Action = [], Resource = [] } = wide.Statement[index] ?? {};
          expect(statement.Action).toEqual(Action);
          for (const resource of statement.Resource) {
            expect(Resource.some((pattern) => matches(pattern, resource))).toBe(true);
          }
        }
      }),
    );
  });
});

function allows(policy: PolicyDocument, action: string, arn: string): boolean {
  return policy.Statement.some(
    ({ Action, Resource }) =>
      Action.includes(action) && Resource.some((pattern) => matches(pattern, arn)),
  );
}

/** Whether everything that an ARN stands for is what a pattern stands for. */
function matches(pattern: string, arn: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(arn);
}
