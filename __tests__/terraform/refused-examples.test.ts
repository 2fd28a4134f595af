import { afterAll, beforeAll, expect, it } from "vitest";
import { hclValue } from "../../lib/module/hcl-value.js";
import type { JsonObject } from "../../lib/module/json-value.js";
import { PUBLISHED_MODULES } from "../../stacks/modules/index.js";
import { startAws } from "../support/aws.js";
import type { Moto } from "../support/moto.js";
import { partOf } from "../support/part.js";
import { refusalsOf } from "../support/refusals.js";
import { describeAws } from "../support/suites.js";

/** The runs beside a module that give an input what one of its rules refuses. */
const EXAMPLES = [...PUBLISHED_MODULES].map(([module, create]) => {
  const { inputs = {}, files } = create().toTests();
  const runs = files.flatMap((file) => file.runs);
  return {
    module,
    examples: runs.flatMap(({ name, comment, variables = {}, expectFailures = [] }) =>
      expectFailures.some((address) => address.startsWith("var."))
        ? [{ name, message: comment, inputs: written({ ...inputs, ...variables }) }]
        : [],
    ),
  };
});

function written(inputs: JsonObject): string {
  return Object.entries(inputs)
    .map(([name, value]) => `${name} = ${hclValue(value).join("\n")}`)
    .join("\n");
}

describeAws("What a module's tests give to be refused", () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startAws();
  });
  afterAll(() => moto.stop());

  it.each(partOf("modules whose examples are planned", EXAMPLES, EXAMPLES.length))(
    "breaks one rule of its input, with the message that is above the run: $module",
    async ({ module, examples }) => {
      const calls = examples.map(({ inputs }) => ({ module, edition: "hcl" as const, inputs }));

      const messages = await refusalsOf(moto, calls);

      expect(examples.map(({ name }, index) => [name, oneLine(messages[index])])).toEqual(
        examples.map(({ name, message }) => [name, message]),
      );
      expect(examples.length).toBeGreaterThan(10);
    },
  );
});

/** What Terraform says, without where the rule stands. */
function oneLine(message = ""): string {
  return message
    .replaceAll(/This was checked by the validation rule at .*$/gm, "")
    .replaceAll(/\s*\n\s*/g, " ")
    .trim();
}
