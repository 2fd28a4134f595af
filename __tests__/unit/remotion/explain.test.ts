import { describe, expect, it } from "vitest";
import { type Actor, API_ROWS, apiName } from "../../../lib/remotion/api-calls.js";
import { explainRole, explainUser } from "../../../lib/remotion/explain.js";
import { rolePolicy, userPolicy } from "../../../lib/remotion/policies.js";
import {
  ROLE_PROFILES,
  type RoleProfile,
  USER_PROFILES,
  type UserProfile,
} from "../../../lib/remotion/profile-names.js";
import { profileRows } from "../../../lib/remotion/profiles.js";

const EXTRAS = {
  customLayerArns: ["arn:aws:lambda:us-east-1:123456789012:layer:fonts:3"],
  vpc: true,
  allInsightsRegions: true,
};

/** What the table calls an option. */
const CALL_OPTIONS: Readonly<Record<string, string>> = {
  customLayerArns: "ownLayers",
  allInsightsRegions: "insights",
  vpc: "vpc",
};

/** The APIs of a profile, as they are written in prose. */
function apisOf(
  profile: UserProfile | RoleProfile,
  isOne: (actor: Actor) => boolean,
): readonly string[] {
  const rows =
    profile === "full" ? API_ROWS.filter(({ actor }) => isOne(actor)) : profileRows(profile);
  return rows.map(({ api }) => apiName(api));
}

const EXPLANATIONS = [
  ...USER_PROFILES.map((profile) => ({
    of: `user, ${profile}`,
    explanations: explainUser(profile),
    policy: userPolicy({ profile, ...EXTRAS }),
    apis: apisOf(profile, (actor) => actor !== "function"),
  })),
  ...ROLE_PROFILES.map((profile) => ({
    of: `role, ${profile}`,
    explanations: explainRole(profile),
    policy: rolePolicy({ profile, ...EXTRAS }),
    apis: apisOf(profile, (actor) => actor === "function"),
  })),
];

describe.each(EXPLANATIONS)("the explanation of the $of", ({ of, explanations, policy, apis }) => {
  it("explains every statement of the policy with all options, in its order", () => {
    expect(explanations.map(({ sid, actions }) => ({ sid, actions }))).toEqual(
      policy.Statement.map(({ Sid, Action }) => ({ sid: Sid, actions: Action })),
    );
  });

  it("names what needs each statement, in alphabetical order", () => {
    for (const { neededBy } of explanations) {
      expect(neededBy).not.toEqual([]);
      expect(neededBy).toEqual([...new Set(neededBy)].sort());
    }
  });

  it("names only APIs that the profile is for", () => {
    const named = explanations.flatMap(({ neededBy }) => neededBy);

    expect(named.filter((api) => !apis.includes(api))).toEqual([]);
  });

  it("names who makes such a call, for an option alone where it is one's, and nobody else", () => {
    const rows = API_ROWS.filter(({ api }) => apis.includes(apiName(api)));
    for (const { actions, neededBy, option } of explanations) {
      const making = rows.filter(({ calls }) =>
        calls.some(
          (call) =>
            actions.includes(call.action) &&
            (option === undefined || call.option === CALL_OPTIONS[option]),
        ),
      );
      const callers = making.map(({ api }) => apiName(api));

      expect(callers).toEqual(expect.arrayContaining([...neededBy]));
    }
  });

  it("names everybody who calls without an option for one of its statements at least", () => {
    const named = explanations.flatMap(({ neededBy }) => neededBy);
    const calling = API_ROWS.filter(
      ({ api, calls }) =>
        apis.includes(apiName(api)) && calls.some(({ option }) => option === undefined),
    );

    expect([...new Set(named)].sort()).toEqual(
      expect.arrayContaining([...new Set(calling.map(({ api }) => apiName(api)))]),
    );
  });

  it("has options last, and says which", () => {
    const options = explanations.map(({ option }) => option !== undefined);

    expect(options).toEqual(options.toSorted());
    expect(options.includes(true)).toBe(of !== "user, render");
  });
});

it("says of what only renders what renders, and not what deploys", () => {
  const explanations = explainUser("render");
  const apis = explanations.flatMap(({ neededBy }) => neededBy);
  const props = explanations.find(({ sid }) => sid === "InputPropsAndCancellation");

  expect(apis).not.toContain("deploySite()");
  expect(props?.reason).not.toMatch(/site/);
});

it("says of a folder of a bucket who uses that folder, and not who uses another", () => {
  const putting = {
    sid: "Sites",
    actions: ["s3:PutObject"],
    resources: ["arn:{partition}:s3:::{bucket}/sites/*"],
    scope: "sites",
    reason: "Upload sites.",
  };
  const [some] = explainUser("full", [{ ...putting, calledOn: putting.resources }]);
  const [all] = explainUser("full", [putting]);

  expect(some?.neededBy).toContain("deploySite()");
  expect(some?.neededBy).not.toContain("renderMediaOnLambda()");
  expect(all?.neededBy).toEqual(expect.arrayContaining(["deploySite()", "renderMediaOnLambda()"]));

  const sites = explainUser("deploy").filter(({ sid }) => /Site/.test(sid));

  expect(sites).not.toEqual([]);
  for (const { neededBy } of sites) {
    expect(neededBy).not.toContain("deployFunction()");
  }
});
