import { readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { parse } from "yaml";
import { REPOSITORY } from "../../support/repository.js";
import { describeUnless } from "../../support/suites.js";
import { terraformEnvironment } from "../../support/tools.js";
import { temporaryFolder } from "../support/folder.js";
import { NO_RUNNER, runStep } from "../support/run-step.js";

interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
}

interface Engine {
  readonly engine: string;
  readonly version: string;
  readonly tests: boolean;
}

const { jobs } = parse(
  readFileSync(join(REPOSITORY, ".github", "workflows", "engines.yml"), "utf8"),
) as {
  readonly jobs: {
    readonly modules: {
      readonly strategy: { readonly matrix: { readonly include: readonly Engine[] } };
      readonly steps: readonly Step[];
    };
  };
};

const stepOf = (begin: string) => {
  const {
    name = "",
    run = "",
    ...step
  } = jobs.modules.steps.find(({ name: each }) => each?.startsWith(begin)) ?? {};
  return { name, run, ...step };
};
const plan = stepOf("Plan");
const tests = stepOf("Run the tests");

const MODULES = ["", "json/"].flatMap((edition) =>
  readdirSync(join(REPOSITORY, "modules", edition))
    .filter((name) => name.startsWith("remotion-"))
    .map((name) => `modules/${edition}${name}`),
);

/** A folder as a clone of this repository has it, as far as the steps look. */
function cloned(): string {
  const folder = temporaryFolder();
  symlinkSync(join(REPOSITORY, "modules"), join(folder, "modules"));
  return folder;
}

describe("the workflow of engines", () => {
  it("takes the floors and the newest, and runs tests where the engine has mocks", () => {
    const all = jobs.modules.strategy.matrix.include;

    expect(all.map(({ engine, version }) => `${engine} ${version}`)).toEqual([
      ...["1.5", "1.9", "1.11", "1.15"].map((version) => `terraform ${version}`),
      ...["1.6", "1.9", "1.12"].map((version) => `tofu ${version}`),
    ]);
    expect(all.filter((engine) => !engine.tests).map(({ version }) => version)).toEqual([
      "1.5",
      "1.6",
    ]);
    expect(plan.env?.["PROVIDERS"]).toBe("~> 5.0.0|~> 5.100.0|~> 6.0");
    expect(tests.if).toBe("matrix.tests");
  });
});

describeUnless(NO_RUNNER)("its steps", () => {
  /** Runs a step with an engine that writes down what it is called with, and fails where it is told. */
  const calls = async (run: string, failing = "") => {
    const engine = `
      const { appendFileSync, existsSync, readFileSync } = require("node:fs");
      const [folder, command] = process.argv.slice(2);
      const main = folder.slice("-chdir=".length) + "/main.tf";
      const text = existsSync(main) ? readFileSync(main, "utf8") : "";
      appendFileSync(process.env.RUNNER_TEMP + "/calls", JSON.stringify({ command, text }) + "\\n");
      process.exitCode = command === ${JSON.stringify(failing)} ? 1 : 0;
    `;
    const env = { ...plan.env, ENGINE: "some-engine" };
    const { status, folder } = await runStep({ run }, env, { "some-engine": engine }, cloned());
    const lines = readFileSync(join(folder, "calls"), "utf8").trim().split("\n");
    return { status, made: lines.map((line) => JSON.parse(line) as Record<string, string>) };
  };

  it("plan all modules with each provider", async () => {
    const { status, made } = await calls(plan.run);

    expect(status).toBe(0);
    expect(made.map(({ command }) => command)).toEqual(
      Array.from({ length: 3 }, () => ["init", "validate", "plan"]).flat(),
    );
    for (const [index, version] of ["~> 5.0.0", "~> 5.100.0", "~> 6.0"].entries()) {
      const text = made[index * 3]?.["text"] ?? "";
      expect(text).toContain(`version = "${version}"`);
      expect(
        Array.from(text.matchAll(/^ {2}source = ".*\/(modules\/.*)"$/gm), ([, at]) => at),
      ).toEqual(MODULES);
    }
  });

  it("run the tests of every module", async () => {
    const { status, made } = await calls(tests.run);

    expect(status).toBe(0);
    expect(made.map(({ command }) => command)).toEqual(MODULES.flatMap(() => ["init", "test"]));
  });

  it.each([
    { step: plan, failing: "validate", last: ["init", "validate"] },
    { step: plan, failing: "plan", last: ["init", "validate", "plan"] },
    { step: tests, failing: "test", last: ["init", "test"] },
  ])("end where the engine fails at $failing", async ({ step, failing, last }) => {
    const { status, made } = await calls(step.run, failing);

    expect(status).toBe(1);
    expect(made.map(({ command }) => command)).toEqual(last);
  });
});

describeUnless(NO_RUNNER ?? inject("terraform").missing)("its step that plans", () => {
  it("does so with Terraform, without an account", async () => {
    const given = Object.entries(terraformEnvironment()).filter(([name]) => /^(TF_|GO)/.test(name));
    const { status, output } = await runStep(
      plan,
      {
        ...(Object.fromEntries(given) as Record<string, string>),
        ENGINE: "terraform",
        PROVIDERS: "~> 5.0",
      },
      {},
      cloned(),
    );

    expect(output).toMatch(/Plan: \d+ to add, 0 to change, 0 to destroy\./);
    expect(status).toBe(0);
  });
});
