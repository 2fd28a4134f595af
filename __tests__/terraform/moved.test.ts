import { TerraformResource } from "cdktf";
import { afterAll, beforeAll, expect, it } from "vitest";
import { hclEdition } from "../../lib/module/hcl-edition.js";
import { jsonEdition } from "../../lib/module/json-edition.js";
import type { ModuleDocument } from "../../lib/module/module-document.js";
import { Moved } from "../../lib/module/moved.js";
import { startProvider } from "../support/aws.js";
import { EDITIONS } from "../support/module-sources.js";
import type { RunningProvider } from "../support/running-provider.js";
import { describeTerraform } from "../support/suites.js";
import { Workspace } from "../support/workspace.js";
import { moduleDocument } from "../unit/support/module-stack.js";

const WRITERS = { hcl: hclEdition, json: jsonEdition };

/** A module with one resource under a meta-argument, and what else it needs. */
function moduleWith(
  meta: "count" | "for_each",
  value: unknown,
  moved?: { from: string; to: string },
): ModuleDocument {
  return moduleDocument((stack) => {
    const data = new TerraformResource(stack, "this", { terraformResourceType: "terraform_data" });
    data.addOverride(meta, value);
    data.addOverride("input", "kept");
    if (moved !== undefined) {
      new Moved(stack, "under-a-key", moved);
    }
  });
}

describeTerraform("A resource that a module has moved, in both editions", () => {
  let provider: RunningProvider;
  let workspace: Workspace;
  beforeAll(async () => {
    provider = await startProvider({});
    workspace = new Workspace(provider.environment);
    const calls = EDITIONS.map(
      (edition) => `module "${edition}" {\n  source = "./${edition}"\n}\n`,
    );
    workspace.write("main.tf", calls.join("\n"));
  });
  afterAll(async () => {
    workspace.remove();
    await provider.stop();
  });

  const write = (document: ModuleDocument) => {
    for (const edition of EDITIONS) {
      for (const [file, text] of WRITERS[edition](document)) {
        workspace.write(`${edition}/${file}`, text);
      }
    }
  };

  it("is kept by an upgrade, where it would be destroyed without the move", async () => {
    write(moduleWith("count", 1));
    await workspace.init();
    await workspace.apply();

    write(moduleWith("for_each", { 1: "x" }));
    const without = await workspace.plan();
    write(
      moduleWith(
        "for_each",
        { 1: "x" },
        { from: "terraform_data.this[0]", to: 'terraform_data.this["1"]' },
      ),
    );
    const moved = await workspace.plan();

    const actions = ({ resource_changes = [] }: typeof moved) =>
      resource_changes.map(({ address, change }) => [address, ...change.actions]);
    expect(actions(without)).toEqual(
      EDITIONS.flatMap((edition) => [
        [`module.${edition}.terraform_data.this[0]`, "delete"],
        [`module.${edition}.terraform_data.this["1"]`, "create"],
      ]),
    );
    expect(actions(moved)).toEqual(
      EDITIONS.map((edition) => [`module.${edition}.terraform_data.this["1"]`, "no-op"]),
    );
  });
});
