import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../lib/module/json-value.js";
import { ModuleOutput, type ModuleOutputConfig } from "../../../lib/module/module-output.js";
import { moduleStack } from "../support/module-stack.js";

describe("ModuleOutput", () => {
  it.each<{ what: string; config: ModuleOutputConfig; written: JsonObject }>([
    {
      what: "a description and a value",
      config: { description: "An ARN.", value: "${aws_iam_role.this.arn}" },
      written: { description: "An ARN.", value: "${aws_iam_role.this.arn}" },
    },
    {
      what: "a secret",
      config: { description: "A secret.", value: "x", sensitive: true },
      written: { description: "A secret.", value: "x", sensitive: true },
    },
    {
      what: "no mention of secrecy where there is none",
      config: { description: "A name.", value: "x", sensitive: false },
      written: { description: "A name.", value: "x" },
    },
    {
      what: "what must hold of several variables",
      config: {
        description: "A name.",
        value: "x",
        sensitive: true,
        preconditions: [{ condition: "${var.a || !var.b}", errorMessage: "b needs a." }],
      },
      written: {
        description: "A name.",
        value: "x",
        sensitive: true,
        precondition: [{ condition: "${var.a || !var.b}", error_message: "b needs a." }],
      },
    },
  ])("has $what, in the order of HashiCorp's style guide", ({ config, written }) => {
    const stack = moduleStack();
    new ModuleOutput(stack, "an_output", config);
    const { output } = stack.toTerraform();

    expect(JSON.stringify(output)).toBe(JSON.stringify({ an_output: written }));
  });
});
