import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Projects, and folders of the project `sources`, in the order in which they are begun. What takes minutes, or one test
 * a quarter of one, comes first: begun last, it would keep one worker busy alone. A project's files lie side by side: a
 * worker ends, with all that it has loaded, where the next file is another project's.
 */
const FIRST = [
  "client",
  "bundle",
  "end-to-end",
  "terraform",
  "upgrade",
  "distribution",
  "least-privilege",
  "reliability",
  "browser",
  "differential",
  "unit/cdk-terrain",
  "unit/ci",
  "unit/upstream",
];

const CLIENT = "__tests__/remotion-client/**/*.test.ts";

class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId, project }: TestSpecification) => {
      const [, file = ""] = /\/__tests__\/(.+)/.exec(moduleId) ?? [];
      const place = FIRST.findIndex((first) =>
        project.name === "sources" ? file.startsWith(`${first}/`) : project.name === first,
      );
      return place === -1 ? FIRST.length : place;
    };
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}

/** Ends what hangs, and nothing else: the slowest test takes two minutes alone, and the machine may be busy. */
const HALF_AN_HOUR = 1_800_000;

/** A proof that is played whole, beside other work. */
const TWO_HOURS = 7_200_000;

const COMMAND_LINE = "__tests__/unit/cli";

/**
 * The tests of the command line that are run with what is published, too: all, or the part that `BUNDLE_SHARD` names, as
 * `--shard` names one of all tests.
 */
function bundleTests(): string[] {
  const all = readdirSync(new URL(COMMAND_LINE, import.meta.url), { recursive: true })
    .map((file) => `${COMMAND_LINE}/${file}`)
    .filter((file) => file.endsWith(".test.ts"))
    .sort();
  const shard = process.env["BUNDLE_SHARD"];
  if (shard === undefined) {
    return all;
  }
  const [part = 0, parts = 0] = shard.split("/").map(Number);
  const files = all.filter((_file, index) => index % parts === part - 1);
  if (files.length === 0) {
    throw new Error(`BUNDLE_SHARD is ${JSON.stringify(shard)}: write 2/3 for the second third.`);
  }
  process.stderr.write(
    `tests of the command line, bundled: ${files.length} of ${all.length} (BUNDLE_SHARD=${shard} plays the same)\n`,
  );
  return files;
}

const shared = (limit: number) => ({
  // No test changes what another one loads, and CDKTF is slow to load anew for every file.
  isolate: false,
  testTimeout: limit,
  hookTimeout: limit,
});

export default defineConfig(({ mode }) => {
  if (mode === "torture") {
    // What each run otherwise plays a part of is played whole: `__tests__/support/part.ts` reads it.
    process.env["TORTURE"] = "1";
  }
  const limit = mode === "torture" ? TWO_HOURS : HALF_AN_HOUR;
  return {
    test: {
      // Once for all projects, which therefore do not extend this one.
      globalSetup: ["__tests__/support/global-setup.ts"],
      teardownTimeout: HALF_AN_HOUR,
      // Tests wait for programs much of the time, so that two cores are busy with four of them at once.
      maxWorkers: Math.max(4, availableParallelism()),
      sequence: { sequencer: SlowFirst },
      projects: [
        {
          test: {
            ...shared(limit),
            name: "sources",
            include: ["__tests__/**/*.test.ts"],
            exclude: [CLIENT],
          },
        },
        // Remotion's packages change the process that they run in.
        { test: { ...shared(limit), name: "client", include: [CLIENT], isolate: true } },
        // The tests of the command line once more, against what is published.
        {
          test: {
            ...shared(limit),
            name: "bundle",
            include: bundleTests(),
            env: { COMMAND_LINE: "bundle" },
          },
        },
      ],
    },
  };
});
