import { describe, expect, it } from "vitest";
import type { PolicyDocument } from "../../lib/iam/policy-document.js";
import { expectationOf } from "../../lib/verify/expectation.js";
import { KnownPolicies } from "../../lib/verify/known-policies.js";
import type { Part } from "../../lib/verify/requirement.js";
import { type Verification, verifyPrincipal } from "../../lib/verify/verification.js";
import { type Mutation, mutationsOf } from "./support/mutations.js";
import { POLICIES_UNDER_TEST } from "./support/policies-under-test.js";
import { report } from "./support/report.js";

/** Remotion's own policy has these, and no API of 4.0.527 calls them. */
const NEVER_CALLED = ["Storage: s3:DeleteBucket", "FunctionManagement: lambda:InvokeAsync"];

function verified(name: string, policy: PolicyDocument): Verification {
  const [actor, profile] = name.split(" ");
  const principal = {
    kind: "policy",
    name,
    arn: undefined,
    address: "",
    policies: [{ name, address: "", document: policy }],
    boundary: undefined,
    trust: undefined,
    notes: [],
  } as const;
  const expectation = expectationOf({ actor, profile } as Part, {});
  return verifyPrincipal(principal, new KnownPolicies().attachedTo(principal), expectation);
}

const missingApis = ({ apis }: Verification) => apis.filter(({ missing }) => missing.length > 0);

describe("verify misses nothing in a whole profile, and names an API for whatever is taken away", () => {
  it.each(POLICIES_UNDER_TEST)("$name", ({ name, policyOf }) => {
    const policy = policyOf({});
    const mutations = mutationsOf(policy);
    const unnoticed = mutations.filter(
      (mutation: Mutation) => missingApis(verified(name, mutation.policy)).length === 0,
    );
    report(`verify, ${name}: ${mutations.length} mutations, ${unnoticed.length} unnoticed`);

    expect(missingApis(verified(name, policy))).toEqual([]);
    expect(unnoticed.map(({ without }) => without)).toEqual(
      name === "user full" ? NEVER_CALLED : [],
    );
  });
});
