import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startAws } from "../support/aws.js";
import type { Moto } from "../support/moto.js";
import { REPOSITORY } from "../support/repository.js";
import { describeAws } from "../support/suites.js";
import { Workspace } from "../support/workspace.js";
import { runRecorded } from "../unit/support/recording-console.js";

const FOLDER = join(REPOSITORY, "__tests__", "unit", "verify", "cases");

/** Roots with modules of this project, as people write them, and what is right. */
const ROOTS: Record<string, { options?: string[]; says: string[]; neverSays?: string[] }> = {
  bystanders: {
    says: ["remotion-user", "39 of 39", "Nothing to do with Remotion: orders"],
  },
  environments: {
    says: [
      "staging-remotion-lambda-role",
      "production-remotion-lambda-role",
      "staging-remotion-user",
      "production-remotion-user",
    ],
  },
  "least-privilege-of-readme": {
    options: ["--user", "remotion-user=deploy", "--role", "remotion-lambda-role=minimal"],
    says: ["eu-central-1, to which it is narrowed", "profile deploy", "profile minimal"],
    neverSays: ["no statement allows it"],
  },
  "own-role-module-renamed": {
    says: ["staging-remotion-lambda-role", "as the role of Remotion's functions", "9 of 9"],
  },
};

describeAws("verify, on roots with this project's modules", () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startAws();
  });
  afterAll(() => moto.stop());

  it.each(Object.entries(ROOTS))("%s", async (name, { options = [], says, neverSays = [] }) => {
    const root = readFileSync(join(FOLDER, name, "main.tf"), "utf8");
    const workspace = await new Workspace(moto.environment)
      .write("main.tf", root.replaceAll("@PROJECT@", REPOSITORY))
      .init();
    workspace.write("plan.json", JSON.stringify(await workspace.plan()));

    const plan = join(workspace.path, "plan.json");
    const { exitCode, results, notes } = await runRecorded("verify", plan, ...options);

    for (const text of says) {
      expect(`${results}\n${notes}`).toContain(text);
    }
    for (const text of ["MISSING", ...neverSays]) {
      expect(results).not.toContain(text);
    }
    expect(exitCode).toBe(0);
    workspace.remove();
  });
});
