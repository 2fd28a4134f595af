import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Folders of tests that take minutes, the longest first: begun last, they would keep one worker busy alone. */
const SLOW = ["remotion-client", "end-to-end", "terraform", "distribution"];

const CLIENT = "__tests__/remotion-client/**/*.test.ts";

class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = SLOW.findIndex((folder) => moduleId.includes(`/__tests__/${folder}/`));
      return place === -1 ? SLOW.length : place;
    };
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  test: {
    // No test changes what another one loads, and CDKTF is slow to load anew for every file.
    isolate: false,
    // Tests wait for programs much of the time, so that two cores are busy with four of them at once.
    maxWorkers: Math.max(4, availableParallelism()),
    sequence: { sequencer: SlowFirst },
    // A Terraform command with the AWS provider takes seconds, and an end-to-end test runs several.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    projects: [
      {
        extends: true,
        test: {
          name: "sources",
          include: ["__tests__/**/*.test.ts"],
          exclude: [CLIENT],
          globalSetup: ["__tests__/support/global-setup.ts"],
        },
      },
      // Remotion's packages change the process that they run in.
      {
        extends: true,
        test: {
          name: "client",
          include: [CLIENT],
          globalSetup: ["__tests__/support/global-setup.ts"],
          isolate: true,
        },
      },
      // The tests of the command line once more, against what is published.
      {
        extends: true,
        test: {
          name: "bundle",
          include: ["__tests__/unit/cli/**/*.test.ts"],
          env: { COMMAND_LINE: "bundle" },
        },
      },
    ],
  },
});
