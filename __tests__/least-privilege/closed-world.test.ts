import { beforeAll, describe, expect, it } from "vitest";
import { PARTITIONS } from "../../lib/iam/partition.js";
import type { PolicyDocument } from "../../lib/iam/policy-document.js";
import { closedWorld, type WorldRequest } from "./support/closed-world.js";
import { expectedAccess } from "./support/expected-access.js";
import { simulate } from "./support/iam-simulate.js";
import { POLICIES_UNDER_TEST } from "./support/policies-under-test.js";
import { report } from "./support/report.js";
import { decider } from "./support/verdicts.js";

/** Actions that iam-simulate allows though no policy does, and why. */
const ALLOWED_TO_ALL: Readonly<Record<string, string>> = {
  "sts:GetCallerIdentity": "AWS allows it whatever the policies say, which iam-simulate knows.",
};

/** What iam-simulate does not take of what iam-data lists: resource types it knows no ARN of. */
const REFUSED = 24;

type Verdict = "allowed" | "denied" | "refused";

describe.each(PARTITIONS)("every action of eight services in %s", (partition) => {
  const policies = POLICIES_UNDER_TEST.map(({ policyOf }) => policyOf({ partition }));
  let world: readonly WorldRequest[] = [];
  let possible: readonly WorldRequest[] = [];

  // Allow statements only add: what all policies together do not allow, none of them does. So only
  // the rest is simulated policy by policy, which takes 2 ms each.
  beforeAll(async () => {
    world = await closedWorld(partition);
    const verdicts = await Promise.all(world.map((request) => simulated(policies, request)));
    possible = world.filter((_, index) => verdicts[index] === "allowed");
    report(
      `closed world, ${partition}: ${world.length} requests, ${possible.length} allowed by any`,
    );

    expect(
      policies.flatMap(({ Statement }) => Statement.map(({ Effect }) => Effect)),
    ).not.toContain("Deny");
    expect(verdicts.filter((verdict) => verdict === "refused")).toHaveLength(REFUSED);
  });

  it.each(POLICIES_UNDER_TEST)("is allowed by $name if it says so, and only then", (underTest) => {
    const allows = decider(underTest.policyOf({ partition }));
    const expected = expectedAccess(underTest, partition);
    const wrong = world.filter(
      (request) => allows(asked(request)) !== expected(request.action, request.resource),
    );
    const allowed = world.filter((request) => allows(asked(request)));

    report(`closed world, ${partition}, ${underTest.name}: ${allowed.length} allowed`);
    expect(wrong).toEqual([]);
    expect(allowed.length).toBeGreaterThan(0);
  });

  it.each(POLICIES_UNDER_TEST)("is allowed by $name for both evaluators alike", async (given) => {
    const policy = given.policyOf({ partition });
    const allows = decider(policy);
    const ours = world.filter((request) => allows(asked(request)));
    const verdicts = await Promise.all(possible.map((request) => simulated([policy], request)));
    const theirs = possible.filter((_, index) => verdicts[index] === "allowed");

    expect(theirs.filter(({ action }) => ALLOWED_TO_ALL[action] === undefined)).toEqual(ours);
    for (const action of Object.keys(ALLOWED_TO_ALL)) {
      expect(theirs.map((request) => request.action)).toContain(action);
    }
  });
});

async function simulated(
  identity: readonly PolicyDocument[],
  request: WorldRequest,
): Promise<Verdict> {
  const result = await simulate({ ...asked(request), identity });
  if ("refused" in result) {
    return "refused";
  }
  return result.decision === "allowed" ? "allowed" : "denied";
}

/** AWS gives `iam:PassRole` the service that the role is passed to. */
function asked({ action, resource }: WorldRequest) {
  const context: Record<string, string> =
    action === "iam:PassRole" ? { "iam:PassedToService": "lambda.amazonaws.com" } : {};
  return { action, resource, context };
}
