import type { PolicyDocument } from "../../../lib/iam/policy-document.js";
import { API_ROWS, type ApiRow } from "../../../lib/remotion/api-calls.js";
import { type PolicyOptions, rolePolicy, userPolicy } from "../../../lib/remotion/policies.js";
import { profileRows } from "../../../lib/remotion/profiles.js";

/** The name of a policy that the project makes: its principal and its profile. */
export type PolicyName = "user full" | "user render" | "user deploy" | "role full" | "role minimal";

/** A policy that the project makes, and the APIs that it is for. */
export interface PolicyUnderTest {
  readonly name: PolicyName;
  readonly principal: "user" | "role";
  readonly policyOf: (options: PolicyOptions) => PolicyDocument;
  readonly rows: readonly ApiRow[];
}

/** Every profile of every principal. */
export const POLICIES_UNDER_TEST: readonly PolicyUnderTest[] = [
  {
    name: "user full",
    principal: "user",
    policyOf: (options) => userPolicy({ ...options, profile: "full" }),
    rows: API_ROWS.filter(({ actor }) => actor !== "function"),
  },
  {
    name: "user render",
    principal: "user",
    policyOf: (options) => userPolicy({ ...options, profile: "render" }),
    rows: profileRows("render"),
  },
  {
    name: "user deploy",
    principal: "user",
    policyOf: (options) => userPolicy({ ...options, profile: "deploy" }),
    rows: profileRows("deploy"),
  },
  {
    name: "role full",
    principal: "role",
    policyOf: (options) => rolePolicy({ ...options, profile: "full" }),
    rows: API_ROWS.filter(({ actor }) => actor === "function"),
  },
  {
    name: "role minimal",
    principal: "role",
    policyOf: (options) => rolePolicy({ ...options, profile: "minimal" }),
    rows: profileRows("minimal"),
  },
];
