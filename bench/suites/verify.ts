import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { largePlan } from "../../__tests__/support/large-plan.js";
import { type Command, measurePaired, medianUsage } from "../measure.js";
import type { Ratio } from "../ratios.js";
import { growth, LINEAR, pairedRatio, worseThanLinear } from "../statistics.js";
import type { Suite } from "../suite.js";
import { megabytes, milliseconds, times } from "../table.js";

const ROUNDS = 5;

/** Resources of the plans. */
const SIZES = [1, 100, 1000, 10_000];

/** For the largest plan: megabytes resident, and milliseconds of processor time. */
const LIMITS = { memory: 300, time: 1000 };

/** `verify` on plans of 1 to 10,000 resources. */
export const verify: Suite = {
  name: "verify",
  needs: [],
  run: async ({ commandLine }) => {
    const folder = mkdtempSync(join(tmpdir(), "remotion-bench-verify-"));
    const commands: Record<string, Command> = {
      "node -e 0": { program: process.execPath, args: ["-e", "0"] },
    };
    for (const size of SIZES) {
      const plan = join(folder, `${size}.json`);
      writeFileSync(plan, largePlan(size));
      commands[String(size)] = { program: process.execPath, args: [commandLine, "verify", plan] };
    }
    const usages = await measurePaired(commands, ROUNDS);
    rmSync(folder, { recursive: true });

    const of = (name: number | string) => usages[String(name)] ?? [];
    const processorTime = (name: number | string) => of(name).map(({ cpu }) => cpu);
    const ratioOf = (size: number) => pairedRatio(processorTime(size), processorTime("node -e 0"));
    const costs = SIZES.map((size) => ({ size, cost: medianUsage(of(size)).cpu }));
    const steps = growth(costs.slice(1), costs[0]?.cost ?? 0);
    const bend = worseThanLinear(steps);
    const [largest = 0] = SIZES.slice(-1);
    const { cpu, memory } = medianUsage(of(largest));
    const ratios: Ratio[] = [
      ...SIZES.map(
        (size): Ratio => ({
          name: `verify: ${size} resources / node -e 0, processor time`,
          value: ratioOf(size),
          better: "lower",
          steady: true,
        }),
      ),
      {
        name: `verify: ${largest} resources, megabytes`,
        value: memory,
        better: "lower",
        steady: true,
        limit: LIMITS.memory,
      },
      {
        name: `verify: growth up to ${largest} resources, exponent`,
        value: steps.at(-1)?.exponent ?? 0,
        better: "lower",
        steady: false,
        limit: LINEAR,
      },
    ];
    return {
      title: "`verify` on plans",
      table: {
        columns: ["Resources", "Time", "Processor time", "/ node -e 0", "Memory", "Growth"],
        rows: SIZES.map((size) => {
          const usage = medianUsage(of(size));
          const step = steps.find(({ to }) => to === size);
          return [
            size.toLocaleString("en"),
            milliseconds(usage.wall),
            milliseconds(usage.cpu),
            times(ratioOf(size)),
            megabytes(usage.memory),
            step === undefined ? "" : `n^${step.exponent.toFixed(2)}`,
          ];
        }),
      },
      notes: [
        `Medians of ${ROUNDS} rounds. A quarter of the resources are roles, each with an inline and a managed policy that are Remotion's own for users: 10,000 resources are 2,500 principals to verify, in a file of 33 MB.`,
        bend === undefined
          ? "Growth, from each size to the next with the time of one resource taken off, is linear or better."
          : `Growth is worse than linear from ${bend.from.toLocaleString("en")} resources on.`,
        `${largest.toLocaleString("en")} resources take ${milliseconds(cpu)} of processor time and ${megabytes(memory)}; the limits are ${milliseconds(LIMITS.time)} and ${LIMITS.memory} MB.${cpu > LIMITS.time ? " **The time is over its limit: this machine is slow or busy, or `verify` has become slower.**" : ""}`,
      ],
      ratios,
    };
  },
};
