import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { largePlan } from "../../__tests__/support/large-plan.js";
import { userPolicy } from "../../lib/remotion/policies.js";
import { type Command, measurePaired, medianUsage, type Usage } from "../measure.js";
import type { Ratio } from "../ratios.js";
import { type Growth, growth, LINEAR, pairedRatio, worseThanLinear } from "../statistics.js";
import type { Suite } from "../suite.js";
import { megabytes, milliseconds, times } from "../table.js";

const ROUNDS = 5;

/** For the largest plan: megabytes resident, and milliseconds. */
const LIMITS = { memory: 300, time: 1000 };

const SIZES = [1, 100, 1000, 10_000];

/** Files that grow: plans by their resources, policies by their statements. */
const KINDS: Readonly<Record<string, (size: number) => string>> = {
  resources: (size) => largePlan(size),
  "resources, no two policies alike": (size) => largePlan(size, { policyOf: policyOfItsOwn }),
  "resources, each narrowed to a bucket of its own": (size) =>
    largePlan(size, { policyOf: narrowedPolicy }),
  statements: largePolicy,
};

/** `verify` on plans of 1 to 10,000 resources, and on policies of as many statements. */
export const verify: Suite = {
  name: "verify",
  needs: [],
  run: async ({ commandLine }) => {
    const folder = mkdtempSync(join(tmpdir(), "remotion-bench-verify-"));
    const commands: Record<string, Command> = {
      "node -e 0": { program: process.execPath, args: ["-e", "0"] },
    };
    for (const [kind, textOf] of Object.entries(KINDS)) {
      for (const size of SIZES) {
        const file = join(folder, `${size}-${kind}.json`);
        writeFileSync(file, textOf(size));
        const args = [commandLine, "verify", file];
        commands[nameOf(kind, size)] = { program: process.execPath, args };
      }
    }
    const usages = await measurePaired(commands, ROUNDS);
    rmSync(folder, { recursive: true });
    return resultOf((name) => usages[name] ?? []);
  },
};

function resultOf(usagesOf: (name: string) => readonly Usage[]) {
  const processorTime = (name: string) => usagesOf(name).map(({ cpu }) => cpu);
  const ratioOf = (name: string) => pairedRatio(processorTime(name), processorTime("node -e 0"));
  const kinds = Object.keys(KINDS).map((kind) => {
    const costs = SIZES.map((size) => ({
      size,
      cost: medianUsage(usagesOf(nameOf(kind, size))).cpu,
    }));
    return { kind, steps: growth(costs.slice(1), costs[0]?.cost ?? 0) };
  });
  const largest = nameOf("resources", SIZES.at(-1) ?? 0);
  const { wall, memory } = medianUsage(usagesOf(largest));
  const isOver = wall > LIMITS.time;
  return {
    title: "`verify` on large files",
    table: {
      columns: ["File", "Time", "Processor time", "/ node -e 0", "Memory", "Growth"],
      rows: kinds.flatMap(({ kind, steps }) =>
        SIZES.map((size) => {
          const usage = medianUsage(usagesOf(nameOf(kind, size)));
          const step = steps.find(({ to }) => to === size);
          return [
            nameOf(kind, size),
            milliseconds(usage.wall),
            milliseconds(usage.cpu),
            times(ratioOf(nameOf(kind, size))),
            megabytes(usage.memory),
            step === undefined ? "" : `n^${step.exponent.toFixed(2)}`,
          ];
        }),
      ),
    },
    notes: [
      `Medians of ${ROUNDS} rounds. Plans have roles, each with an inline and an attached policy that are Remotion's own for users, or that for another bucket each: 10,000 resources are 2,500 principals to verify, in a file of 33 MB.`,
      ...kinds.map(({ kind, steps }) => growthOf(kind, steps)),
      `${largest} take ${milliseconds(wall)} and ${megabytes(memory)}; the limits are ${milliseconds(LIMITS.time)} and ${LIMITS.memory} MB.${isOver ? " **The time is over its limit: this machine is slow or busy, or `verify` has become slower.**" : ""}`,
    ],
    ratios: [
      ...kinds.flatMap(({ kind, steps }): Ratio[] => [
        ...SIZES.map(
          (size): Ratio => ({
            name: `verify: ${nameOf(kind, size)} / node -e 0, processor time`,
            value: ratioOf(nameOf(kind, size)),
            better: "lower",
            steady: true,
          }),
        ),
        {
          name: `verify: growth with ${kind} at the top, exponent`,
          value: steps.at(-1)?.exponent ?? 0,
          better: "lower",
          steady: false,
          limit: LINEAR,
        },
      ]),
      {
        name: `verify: ${largest}, megabytes`,
        value: memory,
        better: "lower",
        steady: true,
        limit: LIMITS.memory,
      } satisfies Ratio,
    ],
  };
}

function growthOf(kind: string, steps: readonly Growth[]): string {
  const bend = worseThanLinear(steps);
  return bend === undefined
    ? `Growth with ${kind}, from each size to the next with the time of the smallest taken off, is linear or better.`
    : `Growth with ${kind} is worse than linear from ${bend.from.toLocaleString("en")} on.`;
}

function nameOf(kind: string, size: number): string {
  return `${size.toLocaleString("en")} ${size === 1 ? kind.replace(/s\b/, "") : kind}`;
}

/** Remotion's own policy for users, for the bucket that `verify` asks for and one of its own. */
function policyOfItsOwn(number: number): string {
  const bucketNames = ["abc1234567", String(number)].map((id) => `remotionlambda-useast1-${id}`);
  return JSON.stringify(userPolicy({ bucketNames }));
}

/** Remotion's own policy for users, narrowed to a region and to one bucket. */
function narrowedPolicy(number: number): string {
  const bucketName = `remotionlambda-eucentral1-${String(number).padStart(10, "b")}`;
  return JSON.stringify(userPolicy({ regions: ["eu-central-1"], bucketNames: [bucketName] }));
}

/** Remotion's own policy for users, with statements for further buckets before it. */
function largePolicy(statements: number): string {
  const { Version, Statement } = userPolicy();
  const further = Array.from({ length: statements - 1 }, (_, index) => ({
    Sid: `Bucket${index}`,
    Effect: "Allow",
    Action: ["s3:PutObject"],
    Resource: [`arn:aws:s3:::bucket-${index}/*`],
  }));
  return JSON.stringify({ Version, Statement: [...further, ...Statement] });
}
