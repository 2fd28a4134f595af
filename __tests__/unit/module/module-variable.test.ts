import { TerraformLocal } from "cdktf";
import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../../lib/module/json-value.js";
import { ModuleOutput } from "../../../lib/module/module-output.js";
import { ModuleVariable, type ModuleVariableConfig } from "../../../lib/module/module-variable.js";
import { moduleStack } from "../support/module-stack.js";

describe("ModuleVariable", () => {
  const defaults: Record<string, JsonValue> = {
    null: null,
    false: false,
    "0": 0,
    "an empty text": "",
    "an empty list": [],
    "an empty map": {},
    "nulls inside": { a: null, b: [null, { c: null }] },
    "keys in camelCase": { fooBar: { innerCase: 1 }, "Foo-bar": [{ inList: true }] },
    "an untouched template": "${var.other} %{if} $${x}",
  };

  it.each(Object.entries(defaults))("keeps a default of %s", (_case, value) => {
    expect(synthesized({ default: value })).toHaveProperty("default", value);
  });

  it("has no default where none is given, so that the caller must give a value", () => {
    expect(synthesized({})).not.toHaveProperty("default");
  });

  it.each([
    { given: {}, nullable: false },
    { given: { nullable: false }, nullable: false },
    { given: { nullable: true }, nullable: undefined },
  ])("says where it is not nullable: $nullable for $given", ({ given, nullable }) => {
    expect(synthesized(given)["nullable"]).toBe(nullable);
  });

  it("has the comments of its validations by their places", () => {
    const variable = new ModuleVariable(moduleStack(), "a", {
      type: "string",
      description: "A.",
      validations: [
        { condition: "${true}", errorMessage: "No." },
        { condition: "${true}", errorMessage: "No.", comment: "Why." },
      ],
    });

    expect([...variable.comments]).toEqual([["/validation/1", "Why."]]);
  });

  it.each([{ given: {} }, { given: { sensitive: false } }])(
    "does not mention secrecy for $given",
    ({ given }) => {
      expect(synthesized(given)).not.toHaveProperty("sensitive");
    },
  );

  it("writes its arguments in the order of HashiCorp's style guide", () => {
    const variable = synthesized({
      validations: [{ condition: "${true}", errorMessage: "No: ${var.a}." }],
      sensitive: true,
      nullable: false,
      default: 1,
    });

    expect(Object.entries(variable)).toEqual([
      ["type", "string"],
      ["description", "A."],
      ["default", 1],
      ["nullable", false],
      ["sensitive", true],
      ["validation", [{ condition: "${true}", error_message: "No: ${var.a}." }]],
    ]);
  });

  it("is referred to by its name, as a text, a number, a switch or a whole", () => {
    const stack = moduleStack();
    const variable = new ModuleVariable(stack, "a", { type: "any", description: "A." });

    const { stringValue, numberValue, booleanValue, token } = variable;
    new TerraformLocal(stack, "all", [stringValue, numberValue, booleanValue, token]);

    expect(stack.toTerraform()["locals"]).toEqual({ all: Array(4).fill("${var.a}") });
  });

  it("is referred to by its name as a map of strings", () => {
    const stack = moduleStack();
    const variable = new ModuleVariable(stack, "a", { type: "map(string)", description: "A." });

    new TerraformLocal(stack, "all", variable.stringMapValue);

    expect(stack.toTerraform()["locals"]).toEqual({ all: "${var.a}" });
  });

  it("may have the name of an output", () => {
    const stack = moduleStack();
    const variable = new ModuleVariable(stack, "name", { type: "string", description: "A." });
    new ModuleOutput(stack, "name", { description: "A.", value: variable.stringValue });

    expect(stack.toTerraform()).toMatchObject({
      variable: { name: { type: "string" } },
      output: { name: { value: "${var.name}" } },
    });
  });
});

function synthesized(config: Partial<ModuleVariableConfig>): JsonObject {
  const stack = moduleStack();
  new ModuleVariable(stack, "a", { type: "string", description: "A.", ...config });
  const { a } = stack.toTerraform()["variable"] as { a: JsonObject };
  return a;
}
