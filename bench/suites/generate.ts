import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "../../__tests__/support/repository.js";
import { type Command, measurePaired, medianUsage } from "../measure.js";
import { pairedRatio } from "../statistics.js";
import type { Suite } from "../suite.js";
import { megabytes, milliseconds, times } from "../table.js";

const ROUNDS = 3;

/** `generate`, which writes every module, against `cdktf synth`, which writes one stack. */
export const generate: Suite = {
  name: "generate",
  needs: [],
  run: async ({ commandLine }) => {
    const folder = mkdtempSync(join(tmpdir(), "remotion-bench-generate-"));
    const out = join(folder, "modules");
    const synthesized = join(folder, "cdktf.out");
    const commands = {
      generate: {
        program: process.execPath,
        args: [commandLine, "generate", "--out", out],
        prepare: () => rmSync(out, { recursive: true, force: true }),
      },
      "cdktf synth": inRepository(
        [join("node_modules", "cdktf-cli", "bundle", "bin", "cdktf.js"), "synth"].concat(
          "--output",
          synthesized,
        ),
      ),
      "the app of cdktf synth by itself": {
        ...inRepository(["--import", "tsx", "main.ts"]),
        environment: { CDKTF_OUTDIR: synthesized },
      },
    } satisfies Record<string, Command>;
    const usages = await measurePaired(commands, ROUNDS);
    rmSync(folder, { recursive: true });

    const names = Object.keys(commands) as (keyof typeof commands)[];
    const ratioOf = (name: keyof typeof commands, figure: "wall" | "cpu") =>
      pairedRatio(
        usages.generate.map((usage) => usage[figure]),
        usages[name].map((usage) => usage[figure]),
      );
    return {
      title: "`generate` against `cdktf synth`",
      table: {
        columns: ["Command", "Time", "Processor time", "generate takes", "Memory"],
        rows: names.map((name) => {
          const { wall, cpu, memory } = medianUsage(usages[name]);
          return [
            name,
            milliseconds(wall),
            milliseconds(cpu),
            times(ratioOf(name, "wall")),
            megabytes(memory),
          ];
        }),
      },
      notes: [
        `Medians of ${ROUNDS} rounds. \`generate\` writes all modules in both editions, \`cdktf synth\` the deployable stack. Memory is that of the largest process.`,
      ],
      ratios: names
        .filter((name) => name !== "generate")
        .map((name) => ({
          name: `generate: generate / ${name}, processor time`,
          value: ratioOf(name, "cpu"),
          better: "lower",
          steady: true,
        })),
    };
  },
};

function inRepository(args: readonly string[]): Command {
  return {
    program: process.execPath,
    args,
    folder: REPOSITORY,
    environment: { CHECKPOINT_DISABLE: "1", DISABLE_VERSION_CHECK: "1", CI: "1" },
  };
}
