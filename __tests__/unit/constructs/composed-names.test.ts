import { TerraformVariable } from "cdktf";
import { describe, expect, it } from "vitest";
import { composedFrom, composedNames } from "../../../lib/constructs/composed-names.js";
import { RemotionLambdaRole } from "../../../lib/constructs/remotion-lambda-role.js";
import type { JsonObject } from "../../../lib/module/json-value.js";
import { ModuleVariable } from "../../../lib/module/module-variable.js";
import { relyOnValidations } from "../../../stacks/checked-inputs.js";
import { synthesize } from "../support/synthesize.js";

describe("names that are put together from parts", () => {
  const build = (name: (prefix: string) => string) =>
    synthesize((stack) => {
      const prefix = new TerraformVariable(stack, "prefix", { type: "string" });
      const names = composedNames(stack, { role: name(prefix.stringValue) });
      new RemotionLambdaRole(stack, "it", { name: names.role });
    });

  it("stand once, in a local that all else refers to", () => {
    const { json, resource } = build((prefix) => `${prefix}role`);

    expect(json["locals"]).toMatchObject({ names: { role: "${var.prefix}role" } });
    expect(resource("aws_iam_role")).toMatchObject({ name: "${local.names.role}" });
    expect(JSON.stringify(resource("aws_iam_role"))).not.toContain("var.prefix");
  });

  it("are measured as a whole, and keep the rule of what they name", () => {
    const { lifecycle } = build((prefix) => `${prefix}role`).resource("aws_iam_role") as {
      lifecycle: { precondition: JsonObject[] };
    };

    expect(lifecycle.precondition.map(({ condition }) => condition)).toEqual([
      expect.stringContaining('regex("'),
      "${length(local.names.role) <= 64}",
    ]);
  });

  it("are refused at once where a part breaks the rule", () => {
    expect(() => build((prefix) => `${prefix}ro*le`)).toThrow(
      'stack/it: name is "${var.prefix}ro*le", which is not a role\'s name whatever Terraform puts in',
    );
  });

  it("are not checked again where all their parts are validated inputs", () => {
    const { resource } = synthesize((stack) => {
      relyOnValidations(stack);
      const checked = new ModuleVariable(stack, "checked", {
        type: "string",
        description: "A name.",
        validations: [{ condition: "${true}", errorMessage: "checked is wrong." }],
      });
      const twice = `${checked.stringValue}${checked.stringValue}`;
      new RemotionLambdaRole(stack, "it", { name: composedNames(stack, { role: twice }).role });
    });
    const { lifecycle } = resource("aws_iam_role") as { lifecycle: { precondition: JsonObject[] } };

    expect(lifecycle.precondition).toHaveLength(1);
  });
});

it.each(["plain", "", "${var.name}"])("what no local holds is made of itself: %j", (text) => {
  expect(composedFrom(text)).toBe(text);
});
