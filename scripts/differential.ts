import { parseArgs } from "node:util";
import { generateRoot } from "../__tests__/differential/support/generate-root.js";
import type { GeneratedRoot } from "../__tests__/differential/support/root.js";
import {
  compareApplied,
  type Memory,
  PlannedRoots,
} from "../__tests__/differential/support/run-differential.js";
import { Tally } from "../__tests__/differential/support/tally.js";
import { startMoto } from "../__tests__/support/moto.js";
import { runProvider } from "../__tests__/support/running-provider.js";
import { findMoto, findTerraform } from "../__tests__/support/tools.js";

/** How many roots are planned at once. */
const TOGETHER = 50;

/** How many are applied at once. */
const APPLIED_TOGETHER = 25;

/** How many are planned alone, too. */
const ALONE = 20;

const print = (text: string) => process.stdout.write(`${text}\n`);
process.exitCode = await main();

// npm run differential -- [--roots 2000] [--seed 1] [--applied 100]: verify on generated roots, against another
// judge. Ends with 0 where they say the same, 1 where not, and 2 where Terraform or the AWS mock is missing.
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      roots: { type: "string", default: "2000" },
      seed: { type: "string", default: "1" },
      applied: { type: "string", default: "100" },
    },
  });
  const [count, seed, applied] = [values.roots, values.seed, values.applied].map(Number) as [
    number,
    number,
    number,
  ];
  const { provider, missing } = findTerraform();
  const lacking = missing ?? (applied > 0 ? findMoto().missing : undefined);
  if (provider === undefined || lacking !== undefined) {
    print(lacking ?? "The AWS provider is missing.");
    return 2;
  }
  const start = performance.now();
  const memory: Memory = new Map();
  const { tally: planned, differing } = await plannedRoots(count, seed, provider, memory);
  const afterApply = await appliedRoots(applied, seed, provider, memory);
  const minutes = ((performance.now() - start) / 60_000).toFixed(1);
  print(`seed ${seed}, ${memory.size} simulations, ${minutes} min`);
  const tallies = [planned, afterApply];
  const isFaulty = tallies.some((tally) => tally.faults.length > 0 || tally.untoldWhereKnown > 0);
  return isFaulty || differing > 0 ? 1 : 0;
}

/** @returns what they came to, and how many have another report where they are planned alone */
async function plannedRoots(
  count: number,
  seed: number,
  provider: string,
  memory: Memory,
): Promise<{ readonly tally: Tally; readonly differing: number }> {
  const running = await runProvider(provider, {});
  const tally = new Tally();
  let [alone, differing] = [0, 0];
  for (const roots of batches(count, TOGETHER, { seed, forMock: false })) {
    const planned = await PlannedRoots.of(roots, running.environment);
    for (const comparison of await planned.comparisons(memory)) {
      tally.add(comparison);
    }
    const reports = await planned.cutAndAlone(ALONE - alone);
    alone += reports.length;
    differing += reports.filter(
      (report) => JSON.stringify(report.cut) !== JSON.stringify(report.alone),
    ).length;
    planned.remove();
    print(`planned ${tally.lines.join("; ")}`);
  }
  await running.stop();
  print(`${alone} roots planned alone, too: ${differing} with another report`);
  return { tally: told("planned", tally), differing };
}

async function appliedRoots(
  count: number,
  seed: number,
  provider: string,
  memory: Memory,
): Promise<Tally> {
  const tally = new Tally();
  for (const roots of batches(count, APPLIED_TOGETHER, { seed, forMock: true })) {
    const moto = await startMoto();
    const running = await runProvider(provider, moto.environment);
    const environment = { ...moto.environment, ...running.environment };
    for (const comparison of await compareApplied(roots, environment, moto.url, memory)) {
      tally.add(comparison);
    }
    await running.stop();
    await moto.stop();
  }
  return told("applied, plan and state each", tally);
}

function told(what: string, tally: Tally): Tally {
  for (const fault of tally.faults) {
    print(JSON.stringify(fault));
  }
  for (const line of tally.lines) {
    print(`${what}: ${line}`);
  }
  return tally;
}

function batches(
  count: number,
  size: number,
  wish: Parameters<typeof generateRoot>[1],
): readonly (readonly GeneratedRoot[])[] {
  return Array.from({ length: Math.ceil(count / size) }, (_batch, batch) =>
    Array.from({ length: Math.min(size, count - batch * size) }, (_root, index) =>
      generateRoot(batch * size + index, wish),
    ),
  );
}
