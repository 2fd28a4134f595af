import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { userPolicy } from "../../lib/remotion/policies.js";
import { builtPackage } from "../support/built-package.js";
import { largePlan } from "../support/large-plan.js";
import { LONG_FILES, writeLongFile } from "../support/long-file.js";
import { temporaryFolder } from "../unit/support/folder.js";

/*
 * Everything is measured against another run on the same machine in the same moment: against the faster of
 * those just before and just after. What else the machine does blurs that, so a measurement goes on
 * until it is within its limit or has had every chance.
 */

const ROUNDS = 40;

/** Writes to file descriptor 3 how many megabytes the process held at most. */
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
    expect(fastest([commandLine, ...args], ["-e", "0"], times)).toBeLessThanOrEqual(times);
  });

  it("generates every module in 80 MB", () => {
    expectWithin(80, ["generate"]);
  });
});

describe.each([
  { plan: "alike", text: largePlan(10_000), times: 4, megabytes: 300 },
  // Each principal is looked at by itself, where Remotion is used by it.
  { plan: "narrowed", text: largePlan(10_000, { policyOf: narrowed }), times: 30, megabytes: 500 },
])("a plan of 10,000 resources of IAM, $plan", ({ text, times, megabytes }) => {
  const folder = mkdtempSync(join(tmpdir(), "large-plan-"));
  const plan = join(folder, "plan.json");
  beforeAll(() => writeFileSync(plan, text));
  afterAll(() => rmSync(folder, { recursive: true }));

  it(`is verified within ${times} × the time that Node.js takes to read it`, () => {
    const read = ["-e", `JSON.parse(fs.readFileSync(${JSON.stringify(plan)}, "utf8"))`];
    expect(fastest([commandLine, "verify", plan], read, times)).toBeLessThanOrEqual(times);
  });

  it(`is verified in ${megabytes} MB`, () => {
    expectWithin(megabytes, ["verify", plan]);
  });
});

describe.each(LONG_FILES)(
  "of the %s of 60 MB, with a thousand principals of Remotion's,",
  (kind) => {
    const folder = mkdtempSync(join(tmpdir(), "long-file-"));
    const file = join(folder, `${kind}.json`);
    // Of resources that hold next to nothing there are most: a plan of 60 MB has 80,000, and has them in three places.
    beforeAll(() => writeLongFile(file, kind, 60_000_000, 1));
    afterAll(() => rmSync(folder, { recursive: true }));

    it("no more than 90 MB are held above what Node.js takes", () => {
      expectWithin(90 + peak(["-e", "0"]), ["verify", file]);
    });
  },
);

/** Remotion's own policy for users, narrowed to a region, and to a bucket that no other one has. */
function narrowed(number: number): string {
  const bucketName = `remotionlambda-eucentral1-${String(number).padStart(10, "b")}`;
  return JSON.stringify(userPolicy({ regions: ["eu-central-1"], bucketNames: [bucketName] }));
}

/** How many times as long a run takes as another one, at best; ends where that is few enough. */
function fastest(run: readonly string[], other: readonly string[], times: number): number {
  let best = Number.POSITIVE_INFINITY;
  let before = timed(other);
  for (let round = 0; round < ROUNDS && best > times; round++) {
    const took = timed(run);
    const after = timed(other);
    best = Math.min(best, took / Math.min(before, after));
    before = after;
  }
  return best;
}

/** Runs the command line, which must hold no more than this many megabytes. */
function expectWithin(megabytes: number, args: readonly string[]): void {
  expect(peak([commandLine, ...args])).toBeLessThanOrEqual(megabytes);
}

/** Megabytes that Node.js holds at most while it runs this. */
function peak(args: readonly string[]): number {
  const { output, status } = spawnSync(process.execPath, ["--require", PEAK, ...args], {
    cwd: temporaryFolder(),
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  const megabytes = Number(output[3]);

  expect(status).toBe(0);
  expect(megabytes).toBeGreaterThan(10);
  return megabytes;
}

/** Milliseconds that Node.js takes to run this in an empty folder. */
function timed(args: readonly string[]): number {
  const cwd = temporaryFolder();
  const began = performance.now();
  const { status } = spawnSync(process.execPath, args, { cwd, env: {}, stdio: "ignore" });
  const took = performance.now() - began;
  expect(status).toBe(0);
  return took;
}
