import { format } from "@cdktf/hcl-tools";
import { TerraformLocal } from "cdktf";
import { describe, expect, it } from "vitest";
import { hclEdition } from "../../../lib/module/hcl-edition.js";
import type { JsonValue } from "../../../lib/module/json-value.js";
import { PUBLISHED_MODULES } from "../../../stacks/modules/index.js";
import { fixtureModule } from "../support/fixture-module.js";
import { moduleDocument } from "../support/module-stack.js";

/* `@cdktf/hcl-tools` is the formatter behind `terraform fmt`. */

describe("terraform fmt changes nothing", () => {
  const modules = [...PUBLISHED_MODULES, ["fixture", undefined] as const];

  it.each(modules)("in the module %s", async (_name, module) => {
    const files = hclEdition(module?.().toDocument() ?? fixtureModule());
    for (const text of files.values()) {
      expect(await format(text)).toBe(text);
    }
  });

  const locals: Record<string, JsonValue> = {
    "keys of different lengths": { a: 1, abc: 2, "d e": [1], f: { g: 1 }, hij: "${k}" },
    "keys beyond ASCII": { ä: 1, 名前: 2, "😀": 3, abcde: 4 },
    "an expression over several lines": { a: "${f(\n  1,\n)}", abc: 2 },
    "text around an expression over several lines": { a: "b ${f([\n  1,\n])} c", abc: 2 },
    "lists in lists": [["a", ["b", {}]], [{ c: ["d".repeat(50), "e".repeat(50)] }]],
    "text with equals signs, hashes and brackets": { a: "= # [ {", abc: "// } ]" },
  };

  it.each(Object.entries(locals))("in a local with %s", async (_case, value) => {
    const document = moduleDocument((stack) => {
      new TerraformLocal(stack, "value", value);
      new TerraformLocal(stack, "other", 1);
    });
    const text = hclEdition(document).get("main.tf") ?? "";

    expect(await format(text)).toBe(text);
  });
});

describe("the formatter", () => {
  it("does change what is not formatted", async () => {
    expect(await format("locals {\na = 1\n  abc = 2\n}\n")).toBe(
      "locals {\n  a   = 1\n  abc = 2\n}\n",
    );
  });
});
