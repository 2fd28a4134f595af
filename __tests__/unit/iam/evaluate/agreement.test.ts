import fc from "fast-check";
import { expect, test } from "vitest";
import { compilePolicy } from "../../../../lib/iam/evaluate/compile-policy.js";
import { evaluate } from "../../../../lib/iam/evaluate/evaluate.js";
import { closedWorld } from "../../../least-privilege/support/closed-world.js";
import { simulate } from "../../../least-privilege/support/iam-simulate.js";
import { report } from "../../../least-privilege/support/report.js";
import { countOf } from "../../../support/part.js";
import { recordPlayed } from "../../../support/played.js";
import { type PolicyCase, policyCase, type Sample } from "./arbitrary-policy.js";

const WHAT = "requests of random policies, decided by both evaluators";
const RUNS = countOf(WHAT, { each: 300, all: 300_000 });

const SEED = 16;

test(`agrees with iam-simulate on ${RUNS} random policies and requests`, async () => {
  const world = await acceptedWorld();
  const agreed: Record<string, number> = {};
  const start = performance.now();
  await fc.assert(
    fc.asyncProperty(policyCase(world), async (given) => {
      const simulated = await simulate(given);
      expect(simulated).toEqual({ decision: ours(given) });
      agreed[ours(given)] = (agreed[ours(given)] ?? 0) + 1;
    }),
    { numRuns: RUNS, seed: SEED },
  );
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  recordPlayed(WHAT, { counted: agreed });
  report(`agreed on ${RUNS} random cases in ${seconds} s: ${JSON.stringify(agreed)}`);
});

function ours({ action, resource, context, identity, boundary }: PolicyCase): string {
  return evaluate(
    { action, resource, context },
    {
      identity: identity.map((policy, index) => compilePolicy(policy, `identity ${index}`)),
      ...(boundary === undefined ? {} : { boundary: compilePolicy(boundary, "boundary") }),
    },
  ).decision;
}

const TAKEN_OTHERWISE = ["sts:GetCallerIdentity", "s3:ListAllMyBuckets"];

/**
 * The requests that iam-simulate takes, and takes as AWS does: sts:GetCallerIdentity it allows whatever policies
 * say, and the ARN of all buckets it does not take for s3:ListAllMyBuckets (docs/EVALUATOR.md).
 */
async function acceptedWorld(): Promise<readonly Sample[]> {
  const accepted: Sample[] = [];
  const nothing = { Version: "2012-10-17", Statement: [] };
  for (const { action, resource } of await closedWorld()) {
    const result = await simulate({ action, resource, identity: [nothing] });
    if ("decision" in result && !TAKEN_OTHERWISE.includes(action)) {
      accepted.push({ action, resource });
    }
  }
  return accepted;
}
