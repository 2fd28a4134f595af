import { RootConstruct } from "constructs";
import { describe, expect, it } from "vitest";
import { ModuleStack } from "../../../lib/module/module-stack.js";

describe("required providers", () => {
  it.each([
    { what: "none", requiredProviders: {} },
    { what: "one", requiredProviders: { aws: { source: "hashicorp/aws", version: ">= 5.0" } } },
    {
      what: "several",
      requiredProviders: {
        aws: { source: "hashicorp/aws", version: ">= 5.0" },
        random: { source: "hashicorp/random", version: ">= 3.0" },
      },
    },
  ])("are declared and not configured: $what", ({ requiredProviders }) => {
    const config = { requiredVersion: ">= 1.5.0", requiredProviders };
    const stack = new ModuleStack(new RootConstruct(), "m", config);

    const terraform = stack.toTerraform();

    expect(Object.keys(terraform)).toEqual(["terraform"]);
    expect(Object(terraform["terraform"]).required_providers ?? {}).toEqual(requiredProviders);
  });
});
