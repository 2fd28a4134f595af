import { describe, expect, it } from "vitest";
import type { PolicyDocument } from "../../../lib/iam/policy-document.js";
import { rolePolicy, userPolicy } from "../../../lib/remotion/policies.js";
import type { Verification } from "../../../lib/verify/answer.js";
import type { VerifyOptions } from "../../../lib/verify/verify-options.js";
import { verifyReading } from "../../../lib/verify/verify-reading.js";
import { options, policy, principal } from "./support.js";

const OWN = "111122223333";
const OTHER = "444455556666";

const POLICIES = [
  ["user", "render", userPolicy({ profile: "render", accountId: OWN })],
  ["user", "deploy", userPolicy({ profile: "deploy", accountId: OWN })],
  ["role", "minimal", rolePolicy({ profile: "minimal", accountId: OWN })],
] as const;

/** What is said of a policy; of whose principal an ARN is told, or nothing. */
function verified(
  [actor, profile, document]: readonly [string, string, PolicyDocument],
  given: { readonly accountId?: string; readonly arn?: string } = {},
): Verification {
  const { accountId, arn } = given;
  const kind = arn === undefined ? "policy" : (actor as "user" | "role");
  const who = principal({ kind, name: "p", arn, policies: [policy("p", document)] });
  const { verified: found } = verifyReading(
    { source: "policy", principals: [who] },
    options({
      named: [{ name: "p", actor, profile }] as VerifyOptions["named"],
      scope: accountId === undefined ? {} : { accountId },
    }),
  );
  if (found[0] === undefined) {
    throw new Error("Nothing is said of the policy.");
  }
  return found[0];
}

/** The calls that are not allowed. */
function missing({ apis }: Verification) {
  return apis.flatMap(({ calls }) => calls).filter(({ answer }) => answer !== "allowed");
}

describe.each(POLICIES)("a policy for the buckets of one account: %s %s", (...one) => {
  it("is complete there, which is read from it", () => {
    const whole = verified(one);

    expect(missing(whole)).toEqual([]);
    expect(whole.excess).toEqual([]);
    expect(whole.checkedIn).toMatchObject({ account: OWN, narrowed: ["account"] });
  });

  it.each([
    ["the account is given", { accountId: OWN }],
    ["the principal is in it", { arn: `arn:aws:iam::${OWN}:${one[0]}/p` }],
  ])("is complete where %s", (_, given) => {
    expect(missing(verified(one, given))).toEqual([]);
  });

  it("lacks what is for buckets where another account is given, and says how to give it", () => {
    const calls = missing(verified(one, { accountId: OTHER })).filter(
      ({ action, resource }) => action.startsWith("s3:") && resource !== "*",
    );

    expect(calls.length).toBeGreaterThan(0);
    expect(calls.map(({ answer }) => answer)).not.toContain("untold");
    for (const { input } of calls.filter(({ answer }) => answer === "missing")) {
      expect(input).toBe(`account_id: the policy is for the account ${OWN}`);
    }
  });
});
