import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { REPOSITORY } from "../../support/repository.js";
import { describeUnless } from "../../support/suites.js";
import { NO_RUNNER, runStep } from "../support/run-step.js";

const { jobs } = parse(
  readFileSync(join(REPOSITORY, ".github", "workflows", "test.yml"), "utf8"),
) as {
  readonly jobs: {
    readonly documentation: {
      readonly steps: readonly {
        readonly name?: string;
        readonly env?: Readonly<Record<string, string>>;
        readonly run?: string;
      }[];
    };
  };
};

const step = jobs.documentation.steps.find(({ name }) => name?.startsWith("terraform-docs"));

/** A program that writes down what it is called with, and ends as it is told. */
const recorded = (status: number) => `
  const { appendFileSync } = require("node:fs");
  const { GOBIN = "", TERRAFORM_DOCS = "", RUNNER_TEMP } = process.env;
  const line = [...process.argv.slice(2), GOBIN, TERRAFORM_DOCS].filter(Boolean).join(" ");
  appendFileSync(RUNNER_TEMP + "/calls", line.replaceAll(RUNNER_TEMP, "TEMP") + "\\n");
  process.exitCode = ${status};
`;

const INSTALLED = "install github.com/terraform-docs/terraform-docs@v0.24.0 TEMP/bin";
const TESTED =
  "vitest run --project sources __tests__/unit/module/terraform-docs.test.ts TEMP/bin/terraform-docs";

describeUnless(NO_RUNNER)("the step that runs terraform-docs over the modules", () => {
  it.each([
    { go: 0, npx: 0, status: 0, calls: [INSTALLED, TESTED] },
    { go: 0, npx: 1, status: 1, calls: [INSTALLED, TESTED] },
    // Not installed is not skipped.
    { go: 1, npx: 0, status: 1, calls: [INSTALLED] },
  ])("ends with $status where go ends with $go and the test with $npx", async (ends) => {
    const programs = { go: recorded(ends.go), npx: recorded(ends.npx) };
    const { status, folder } = await runStep({ run: step?.run ?? "" }, { ...step?.env }, programs);

    expect(status).toBe(ends.status);
    expect(readFileSync(join(folder, "calls"), "utf8").trim().split("\n")).toEqual(ends.calls);
  });

  it("wants the test not to be skipped", () => {
    expect(step?.env).toEqual({ REQUIRE_TERRAFORM_DOCS: "1" });
  });
});
