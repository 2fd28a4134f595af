import { beforeAll, expect, it } from "vitest";
import { describeTerraform } from "../../support/suites.js";
import { Workspace } from "../../support/workspace.js";
import {
  type Cases,
  FUNCTIONS,
  JSON_TEMPLATES,
  LITERALS,
  LOCALS,
  LOOPS,
  OPERATORS,
  REFUSED,
  TEMPLATES,
  TRAVERSALS,
  TYPED,
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
    const templates = JSON_TEMPLATES.map(([text], index) => [`template_${index}`, text]);
    const typed = TYPED.map(([type, value], index) => [`typed_${index}`, { type, default: value }]);
    workspace
      .write("templates.tf.json", JSON.stringify({ locals: Object.fromEntries(templates) }))
      .write("typed.tf.json", JSON.stringify({ variable: Object.fromEntries(typed) }))
      .write("locals.tf.json", JSON.stringify({ locals: LOCALS }).replaceAll("${", "$${"))
      .write(
        "main.tf",
        [
          ...CASES.map(([expression], index) => output(`case_${index}`, `(${expression}\n)`)),
          ...templates.map(([name]) => output(String(name), `local.${name}`)),
          ...typed.map(([name]) => output(String(name), `var.${name}`)),
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

  it.each(JSON_TEMPLATES.map(([text, value], index) => ({ text, value, index })))(
    "in JSON: $text",
    ({ value, index }) => {
      expect(outputs[`template_${index}`]?.value).toEqual(value);
    },
  );

  it.each(TYPED.map(([type, given, value], index) => ({ type, given, value, index })))(
    "of type $type: $given",
    ({ value, index }) => {
      expect(outputs[`typed_${index}`]?.value ?? null).toEqual(value);
    },
  );

  it.each(REFUSED.map((expression, index) => ({ expression, index })))(
    "refuses $expression",
    ({ index }) => {
      expect(outputs[`refused_${index}`]?.value).toBe(false);
    },
  );
});
