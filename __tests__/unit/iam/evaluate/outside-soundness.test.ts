import fc from "fast-check";
import { expect, test } from "vitest";
import { report } from "../../../least-privilege/support/report.js";
import { countOf } from "../../../support/part.js";
import { decided, type OutsideCase, outsideCase } from "./arbitrary-outside.js";
import { obscured, randomNumbers } from "./obscured-policy.js";

/*
 * Policies of resources and organizations of which random parts are not told, at any depth, and who calls: an answer
 * must be the one with them, or that it cannot be told.
 */

const RUNS = countOf(
  "requests beside policies of which parts are not told, decided with them and without",
  {
    each: 1000,
    all: 20_000,
  },
);

const SEED = 16;

test(`decides as it would with what is not told, on ${RUNS} random sets of policies`, () => {
  const told: Record<string, number> = {};
  fc.assert(
    fc.property(outsideCase, fc.nat(), (whole, seed) => {
      const less = lessTold(whole, randomNumbers(seed));
      // Which of two policies denies may not be told, and that one does is.
      const [before, after] = [whole, less].map((one) =>
        decided(one).replace(/^.*denied$/, "denied"),
      );
      told[`${after}`] = (told[`${after}`] ?? 0) + 1;
      expect([before, "untold"]).toContain(after);
    }),
    { numRuns: RUNS, seed: SEED },
  );
  report(`sound on ${RUNS} sets of policies: ${JSON.stringify(told)}`);
  expect(told["untold"]).toBeGreaterThan(RUNS / 20);
  expect(told["untold"]).toBeLessThan((RUNS * 4) / 5);
});

function lessTold(whole: OutsideCase, random: () => number): OutsideCase {
  const share = random() < 0.5 ? 0.03 : 0.1;
  const hidden = <Policy>(policy: Policy): Policy =>
    random() < 0.5 ? (obscured(policy, random, share) as Policy) : policy;
  const { identity, boundary, levels, rcps, resource, caller } = whole;
  return {
    ...whole,
    identity: hidden(identity),
    boundary: boundary && hidden(boundary),
    levels: levels.map((policies) => policies.map(hidden)),
    rcps: rcps?.map(hidden),
    resource: resource && hidden(resource),
    caller: (random() < 0.2 ? caller.replace("123456789012", "*") : caller) as typeof caller,
  };
}
