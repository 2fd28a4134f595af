import { runSimulation, type Simulation } from "@cloud-copilot/iam-simulate";
import fc from "fast-check";
import { expect, test } from "vitest";
import { report } from "../../../least-privilege/support/report.js";
import { countOf } from "../../../support/part.js";
import { recordPlayed } from "../../../support/played.js";
import {
  CONTEXT,
  decided,
  NO_STATEMENT_APPLIES,
  type OutsideCase,
  outsideCase,
} from "./arbitrary-outside.js";

/*
 * Policies of resources and of organizations against iam-simulate, which is the judge: it imports nothing of lib.
 * Left out is what AWS leaves open, and is told as such here: sessions that a role's caller chooses, part of the
 * names in NotPrincipal, and what everybody is granted beyond a boundary.
 */

const WHAT = "requests beside policies of resources and organizations, decided by both evaluators";
const RUNS = countOf(WHAT, { each: 400, all: 20_000 });

const ALL = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
test(`agrees with iam-simulate on ${RUNS} random sets of policies`, async () => {
  const told: Record<string, number> = {};
  await fc.assert(
    fc.asyncProperty(outsideCase, async (one) => {
      const ours = decided(one);
      told[ours] = (told[ours] ?? 0) + 1;
      if (ours !== "untold") {
        expect(ours).toBe(await judged(one));
      }
    }),
    { numRuns: RUNS, seed: 20_261_130 },
  );
  recordPlayed(WHAT, { counted: told });
  report(`agreed on ${RUNS} sets of policies: ${JSON.stringify(told)}`);
  // What is open is the exception, or nothing would be compared.
  expect(told["untold"] ?? 0).toBeLessThan(RUNS / 10);
  expect(told["allowed"]).toBeGreaterThan(RUNS / 20);
});

const DECISIONS: Readonly<Record<string, string>> = {
  Allowed: "allowed",
  ImplicitlyDenied: "implicitly denied",
  ExplicitlyDenied: "explicitly denied",
};

async function judged(one: OutsideCase): Promise<string> {
  const { request, caller, identity, boundary, levels, rcps = [], resource } = one;
  const isKey = request.action.startsWith("kms:");
  const policies = resource ?? (isKey ? NO_STATEMENT_APPLIES : undefined);
  const simulation: Simulation = {
    request: {
      principal: caller,
      action: request.action,
      resource: { resource: request.resource, accountId: request.account },
      contextVariables: CONTEXT,
    },
    identityPolicies: [{ name: "identity", policy: identity }],
    ...(boundary === undefined
      ? {}
      : { permissionBoundaryPolicies: [{ name: "boundary", policy: boundary }] }),
    // A level that only denies has AWS's own policy beside it; of resource control policies iam-simulate adds it.
    serviceControlPolicies: levels.map((documents, level) => ({
      orgIdentifier: String(level),
      policies: [...documents, ...(documents.some(hasAllow) ? [] : [ALL])].map(
        (document, index) => ({
          name: String(index),
          policy: document,
        }),
      ),
    })),
    resourceControlPolicies: [
      {
        orgIdentifier: "root",
        policies: rcps.map((document, index) => ({
          name: String(index),
          policy: document,
        })),
      },
    ],
    ...(policies === undefined ? {} : { resourcePolicy: policies }),
  };
  const result = await runSimulation(simulation, {});
  if (result.resultType === "error") {
    throw new Error(JSON.stringify(result.errors));
  }
  return DECISIONS[result.overallResult] ?? result.overallResult;
}

function hasAllow({
  Statement,
}: {
  readonly Statement: readonly Record<string, unknown>[];
}): boolean {
  return Statement.some(({ Effect }) => Effect === "Allow");
}
