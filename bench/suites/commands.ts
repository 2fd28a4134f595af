import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { largePlan } from "../../__tests__/support/large-plan.js";
import { REPOSITORY } from "../../__tests__/support/repository.js";
import { type Command, measurePaired, medianUsage } from "../measure.js";
import type { Ratio } from "../ratios.js";
import { pairedRatio } from "../statistics.js";
import type { Suite } from "../suite.js";
import { megabytes, milliseconds, times } from "../table.js";

const ROUNDS = 15;

/** Times `node -e 0` that a command may take. */
const LIMITS: Readonly<Record<string, number>> = {
  "--help": 2,
  "policy user": 2,
  explain: 2,
  generate: 4,
};

/** Megabytes that `generate` may have resident. */
const MEMORY_LIMIT = 80;

/** Each command against `node -e 0` and `require("cdktf")`. */
export const commands: Suite = {
  name: "commands",
  needs: [],
  run: async ({ commandLine }) => {
    const folder = mkdtempSync(join(tmpdir(), "remotion-bench-commands-"));
    const out = join(folder, "modules");
    const plan = join(folder, "plan.json");
    writeFileSync(plan, largePlan(4));
    const node = (...args: string[]): Command => ({
      program: process.execPath,
      args,
      folder: REPOSITORY,
    });
    const ours = {
      "--help": node(commandLine, "--help"),
      "policy user": node(commandLine, "policy", "user"),
      explain: node(commandLine, "explain"),
      verify: node(commandLine, "verify", plan),
      generate: {
        ...node(commandLine, "generate", "--out", out),
        prepare: () => rmSync(out, { recursive: true, force: true }),
      },
      "generate --check": node(commandLine, "generate", "--check"),
    };
    const baselines = {
      "node -e 0": node("-e", "0"),
      'require("cdktf")': node("-e", 'require("cdktf")'),
    };
    const usages = await measurePaired<string>({ ...baselines, ...ours }, ROUNDS);
    rmSync(folder, { recursive: true });

    const against = (name: string, baseline: string, figure: "wall" | "cpu") =>
      pairedRatio(
        (usages[name] ?? []).map((usage) => usage[figure]),
        (usages[baseline] ?? []).map((usage) => usage[figure]),
      );
    const rows = Object.keys(usages).map((name) => {
      const { wall, cpu, memory } = medianUsage(usages[name] ?? []);
      return [
        name,
        milliseconds(wall),
        milliseconds(cpu),
        times(against(name, "node -e 0", "wall")),
        times(against(name, "node -e 0", "cpu")),
        times(against(name, 'require("cdktf")', "cpu")),
        megabytes(memory),
      ];
    });
    const ratios = Object.keys(ours).flatMap((name): Ratio[] => {
      const limit = LIMITS[name];
      return [
        {
          name: `commands: ${name} / node -e 0, processor time`,
          value: against(name, "node -e 0", "cpu"),
          better: "lower",
          steady: true,
          ...(limit === undefined ? {} : { limit }),
        },
        {
          name: `commands: ${name}, megabytes`,
          value: medianUsage(usages[name] ?? []).memory,
          better: "lower",
          steady: true,
          ...(name === "generate" ? { limit: MEMORY_LIMIT } : {}),
        },
      ];
    });
    return {
      title: "Commands",
      table: {
        columns: [
          "Command",
          "Time",
          "Processor time",
          "/ node -e 0, time",
          "/ node -e 0, processor time",
          '/ require("cdktf"), processor time',
          "Memory",
        ],
        rows,
      },
      notes: [
        `Medians of ${ROUNDS} rounds. \`generate\` writes all modules, both editions and READMEs, to an empty folder; its limits are 4 × \`node -e 0\` and ${MEMORY_LIMIT} MB. Those of \`--help\`, \`policy\` and \`explain\` are 2 ×.`,
        "`upstream` is left out: it waits for npm's registry.",
      ],
      ratios,
    };
  },
};
