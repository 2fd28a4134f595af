import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startAws } from "../support/aws.js";
import { exampleIn } from "../support/example.js";
import type { Moto } from "../support/moto.js";
import { REPOSITORY } from "../support/repository.js";
import { describeAws } from "../support/suites.js";
import { runRecorded } from "../unit/support/recording-console.js";

const FOLDER = join(REPOSITORY, "examples");
const EXAMPLES = readdirSync(FOLDER);

/** The options of the call that an example's README shows. */
function documentedOptions(example: string): string[] {
  const readme = readFileSync(join(FOLDER, example, "README.md"), "utf8");
  const [, options] = /^npx remotion-lambda-terraform verify plan\.json ?(.*)$/m.exec(readme) ?? [];
  if (options === undefined) {
    throw new Error(`examples/${example}/README.md shows no call of verify.`);
  }
  return options.split(" ").filter(Boolean);
}

describeAws("verify, on the plan of each example, with the options that its README shows", () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startAws();
  });
  afterAll(() => moto.stop());

  it.each(EXAMPLES)("%s: everything is allowed, and nothing is untold", async (example) => {
    const workspace = await exampleIn(example, "hcl", moto.environment);
    workspace.write("plan.json", JSON.stringify(await workspace.plan()));

    const plan = join(workspace.path, "plan.json");
    const { exitCode, results } = await runRecorded("verify", plan, ...documentedOptions(example));

    expect(results).not.toMatch(/^ {2}(MISSING|untold|warning)/m);
    expect(exitCode).toBe(0);
    workspace.remove();
  });
});
