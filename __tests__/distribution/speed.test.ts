import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { builtPackage } from "../support/built-package.js";
import { temporaryFolder } from "../unit/support/folder.js";

/*
 * Everything is measured against `node -e 0` on the same machine at the same time. What else the
 * machine does makes a run slower and never faster, so of each the fastest run counts, and a measurement
 * goes on until it is within its limit or has had every chance.
 */

const ROUNDS = 40;

/** Appends to stdout's neighbour, file descriptor 3, how much memory the process held at most. */
const PEAK = join(import.meta.dirname, "support", "peak-memory.cjs");

let commandLine = "";
beforeAll(async () => {
  ({ commandLine } = await builtPackage());
});

describe("the command line, in the time of node -e 0", () => {
  it.each([
    { args: ["--help"], times: 2 },
    { args: ["policy", "user"], times: 2 },
    { args: ["explain"], times: 2 },
    { args: ["generate"], times: 4 },
  ])("runs $args within $times ×", ({ args, times }) => {
    const best = { node: Number.POSITIVE_INFINITY, command: Number.POSITIVE_INFINITY };
    for (
      let round = 0;
      round < ROUNDS && (round < 5 || best.command > times * best.node);
      round++
    ) {
      best.node = Math.min(best.node, timed(["-e", "0"]));
      best.command = Math.min(best.command, timed([commandLine, ...args]));
    }

    expect(best.command / best.node).toBeLessThanOrEqual(times);
  });

  it("generates every module in 80 MB", () => {
    const { output, status } = spawnSync(
      process.execPath,
      ["--require", PEAK, commandLine, "generate"],
      { cwd: temporaryFolder(), encoding: "utf8", stdio: ["ignore", "pipe", "pipe", "pipe"] },
    );

    expect(status).toBe(0);
    expect(Number(output[3])).toBeGreaterThan(10);
    expect(Number(output[3])).toBeLessThanOrEqual(80);
  });
});

/** Milliseconds that Node.js takes to run this in an empty folder. */
function timed(args: readonly string[]): number {
  const cwd = temporaryFolder();
  const began = performance.now();
  const { status } = spawnSync(process.execPath, args, { cwd, env: {} });
  const took = performance.now() - began;
  expect(status).toBe(0);
  return took;
}
