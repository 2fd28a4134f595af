import { describe, expect, it } from "vitest";
import { POLICY_NAME, ROLE_NAME, USER_NAME } from "../../../lib/iam/rules.js";
import { keepsRule } from "../../../lib/iam/value-rule.js";
import { DEFAULT_NAMES } from "../../../lib/remotion/default-names.js";

describe("DEFAULT_NAMES", () => {
  it.each([
    { of: "lambdaRole", name: "remotion-lambda-role", rule: ROLE_NAME },
    { of: "lambdaRolePolicy", name: "remotion-lambda-policy", rule: POLICY_NAME },
    { of: "user", name: "remotion-user", rule: USER_NAME },
    { of: "userPolicy", name: "remotion-user-policy", rule: POLICY_NAME },
    { of: "executionRolePolicy", name: "remotion-executionrole-policy", rule: POLICY_NAME },
    { of: "bucketGrants", name: "remotion-bucket-grants", rule: POLICY_NAME },
  ] as const)("has Remotion's own name for $of, and AWS takes it", ({ of, name, rule }) => {
    expect(DEFAULT_NAMES[of]).toBe(name);
    expect(keepsRule(rule, name)).toBe(true);
  });
});
