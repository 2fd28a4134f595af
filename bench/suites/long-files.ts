import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LONG_FILES, writeLongFile } from "../../__tests__/support/long-file.js";
import { type Command, measurePaired, medianUsage } from "../measure.js";
import type { Ratio } from "../ratios.js";
import { pairedRatio } from "../statistics.js";
import type { Suite } from "../suite.js";
import { megabytes, milliseconds, times } from "../table.js";

const ROUNDS = 1;

const BYTES = 1e9;

/** Of the time of jq. */
const TIME_LIMIT = 0.8;

/** Megabytes above those of `node -e 0`. */
const MEMORY_LIMIT = 200;

/** `verify` on files of a gigabyte, all but a thousand principals bystanders or nothing of IAM, beside jq. */
export const longFiles: Suite = {
  name: "long-files",
  needs: ["jq"],
  run: async ({ commandLine }) => {
    const folder = mkdtempSync(join(tmpdir(), "remotion-bench-long-files-"));
    const empty: Command = { program: process.execPath, args: ["-e", "0"] };
    const files = [];
    try {
      for (const kind of LONG_FILES) {
        const file = join(folder, `${kind}.json`);
        writeLongFile(file, kind, BYTES);
        const commands = {
          empty,
          verify: { program: process.execPath, args: [commandLine, "verify", file] },
          jq: { program: "jq", args: ["-c", "length", file] },
        };
        files.push({ kind, usages: await measurePaired(commands, ROUNDS, false) });
        rmSync(file);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
    const measured = files.map(({ kind, usages }) => {
      const verify = medianUsage(usages.verify);
      return {
        kind,
        verify,
        jq: medianUsage(usages.jq),
        ratio: pairedRatio(
          usages.verify.map(({ cpu }) => cpu),
          usages.jq.map(({ cpu }) => cpu),
        ),
        above: verify.memory - medianUsage(usages.empty).memory,
      };
    });
    return {
      title: "`verify` on files of a gigabyte",
      table: {
        columns: ["File", "Time", "Processor time", "/ jq length", "Memory", "above node -e 0"],
        rows: measured.map(({ kind, verify, ratio, above }) => [
          kind,
          milliseconds(verify.wall),
          milliseconds(verify.cpu),
          times(ratio),
          megabytes(verify.memory),
          megabytes(above),
        ]),
      },
      notes: [
        `Each measured once. 1,000 principals are Remotion's users; all others of the account are bystanders with 50 policies in all, and other resources of the plan and the state are nothing of IAM, or roles that are bystanders with as many policies. The limits are ${TIME_LIMIT} × \`jq -c length\` and, above an empty Node.js, ${MEMORY_LIMIT} MB.`,
      ],
      ratios: measured.flatMap(({ kind, ratio, above }): Ratio[] => [
        {
          name: `long files: ${kind} / jq, processor time`,
          value: ratio,
          better: "lower",
          steady: false,
          limit: TIME_LIMIT,
        },
        {
          name: `long files: ${kind}, megabytes above node -e 0`,
          value: above,
          better: "lower",
          steady: false,
          limit: MEMORY_LIMIT,
        },
      ]),
    };
  },
};
