import { beforeAll, expect, it } from "vitest";
import { describeTerraform } from "../../../support/suites.js";
import { Workspace } from "../../../support/workspace.js";
import {
  type Cases,
  FUNCTIONS,
  LITERALS,
  LOCALS,
  LOOPS,
  OPERATORS,
  REFUSED,
  TEMPLATES,
  TRAVERSALS,
} from "./cases.js";

const CASES: Cases = [
  ...LITERALS,
  ...TEMPLATES,
  ...OPERATORS,
  ...TRAVERSALS,
  ...LOOPS,
  ...Object.values(FUNCTIONS).flat(),
];

/* The cases say what Terraform does: here it says so itself. No provider is needed for that. */
describeTerraform("Terraform agrees", () => {
  let outputs: Record<string, { readonly value: unknown }>;
  beforeAll(async () => {
    const workspace = new Workspace();
    const output = (name: string, value: string) => `output "${name}" {\n  value = ${value}\n}\n`;
    workspace
      .write("locals.tf.json", JSON.stringify({ locals: LOCALS }).replaceAll("${", "$${"))
      .write(
        "main.tf",
        [
          ...CASES.map(([expression], index) => output(`case_${index}`, `(${expression}\n)`)),
          ...REFUSED.map((expression, index) => output(`refused_${index}`, `can(${expression})`)),
        ].join(""),
      );
    await workspace.init();
    await workspace.apply();
    const { stdout } = await workspace.run("terraform", ["output", "-json"]);
    outputs = JSON.parse(stdout);
    workspace.remove();
  });

  it.each(CASES.map(([expression, value], index) => ({ expression, value, index })))(
    "$expression",
    ({ value, index }) => {
      // An output that is null is left out.
      expect(outputs[`case_${index}`]?.value ?? null).toEqual(value);
    },
  );

  it.each(REFUSED.map((expression, index) => ({ expression, index })))(
    "refuses $expression",
    ({ index }) => {
      expect(outputs[`refused_${index}`]?.value).toBe(false);
    },
  );
});
