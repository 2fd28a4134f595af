import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startAws } from "../support/aws.js";
import { EDITIONS } from "../support/module-sources.js";
import type { Moto } from "../support/moto.js";
import { type ModuleCall, refusalsOf } from "../support/refusals.js";
import { REPOSITORY } from "../support/repository.js";
import { describeAws } from "../support/suites.js";

interface Mistake extends ModuleCall {
  readonly said: string;
}

const MISTAKES = readMistakes(readFileSync(join(REPOSITORY, "docs", "MISTAKES.md"), "utf8"));

describeAws("docs/MISTAKES.md", () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startAws();
  });
  afterAll(() => moto.stop());

  it("says of each mistake what Terraform says, in both editions", async () => {
    const calls = MISTAKES.flatMap((mistake) =>
      EDITIONS.map((edition) => ({ ...mistake, edition })),
    );
    const said = await refusalsOf(moto, calls);
    // Preconditions are reached only where every variable of the plan is valid.
    const unsaid = calls.filter((_call, index) => said[index] === "");
    const saidLater = await refusalsOf(moto, unsaid);

    for (const [index, call] of calls.entries()) {
      const message = said[index] || saidLater[unsaid.indexOf(call)];
      expect(message, `${call.inputs} (${call.edition})`).toContain(call.said);
    }
  });

  it("has ten of them", () => {
    expect(MISTAKES).toHaveLength(10);
  });
});

/** The rows of the table, with what is in its code. */
function readMistakes(markdown: string): readonly Mistake[] {
  return [...markdown.matchAll(/^\| `([^`]+)` \| `([^`]+)` \| `([^`]+)` \|/gm)].map(
    ([, module = "", written = "", said = ""]) => ({
      module,
      // Two inputs are on one line there.
      inputs: written.replace(/, (?=[a-z_]+ = [^{}]*$)/, "\n  "),
      said,
    }),
  );
}
