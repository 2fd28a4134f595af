import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { REPOSITORY } from "../../support/repository.js";
import { describeUnless } from "../../support/suites.js";
import { NO_RUNNER, runStep } from "../support/run-step.js";

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly jobs: {
    readonly compare: {
      readonly strategy: { readonly matrix: { readonly include: readonly { versions: string }[] } };
      readonly steps: readonly { readonly if?: string; readonly run?: string }[];
    };
  };
}

const { on, jobs }: Workflow = parse(
  readFileSync(join(REPOSITORY, ".github", "workflows", "cdk-terrain.yml"), "utf8"),
);
const { strategy, steps } = jobs.compare;

describe("the workflow that compares with CDK Terrain", () => {
  it("runs each night, and where somebody asks, with no commit waiting for it", () => {
    expect(Object.keys(on)).toEqual(["schedule", "workflow_dispatch"]);
    expect(on["schedule"]).toEqual([{ cron: expect.stringMatching(/^\d+ \d+ \* \* \*$/) }]);
  });

  it("has one step for each of its versions", () => {
    expect(steps.flatMap((step) => step.if ?? [])).toEqual(
      strategy.matrix.include.map(({ versions }) => `matrix.versions == '${versions}'`),
    );
  });
});

describeUnless(NO_RUNNER)("its steps that compare", () => {
  const calls = [
    { versions: "exact", args: "run check-terrain" },
    { versions: "newest", args: "run check-terrain -- --newest" },
  ];
  // 1 is another output, and with 2 nothing was compared.
  const cases = calls.flatMap((call) => [0, 1, 2].map((status) => ({ ...call, status })));

  it.each(cases)("with $versions call npm, and end with its $status", async (one) => {
    const run = steps.find((step) => step.if === `matrix.versions == '${one.versions}'`)?.run;
    const npm = `
      console.log("npm " + process.argv.slice(2).join(" "));
      process.exitCode = ${one.status};
    `;

    const { status, output } = await runStep({ run: run ?? "" }, {}, { npm });

    expect({ status, output }).toEqual({ status: one.status, output: `npm ${one.args}\n` });
  });
});
