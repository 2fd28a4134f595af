import { describe, expect, it } from "vitest";
import { explainRole, explainUser } from "../../../lib/remotion/explain.js";
import { rolePolicy, userPolicy } from "../../../lib/remotion/policies.js";
import { ROLE_PROFILES, USER_PROFILES } from "../../../lib/remotion/profile-names.js";

const EXTRAS = {
  customLayerArns: ["arn:aws:lambda:us-east-1:123456789012:layer:fonts:3"],
  vpc: true,
  allInsightsRegions: true,
};

const EXPLANATIONS = [
  ...USER_PROFILES.map((profile) => ({
    of: `user, ${profile}`,
    explanations: explainUser(profile),
    policy: userPolicy({ profile, ...EXTRAS }),
  })),
  ...ROLE_PROFILES.map((profile) => ({
    of: `role, ${profile}`,
    explanations: explainRole(profile),
    policy: rolePolicy({ profile, ...EXTRAS }),
  })),
];

describe.each(EXPLANATIONS)("the explanation of the $of", ({ of, explanations, policy }) => {
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

  it("has options last, and says which", () => {
    const options = explanations.map(({ option }) => option !== undefined);

    expect(options).toEqual(options.toSorted());
    expect(options.includes(true)).toBe(of !== "user, render");
  });
});
