import { TerraformLocal } from "cdktf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../../lib/module/json-value.js";
import { ModuleVariable } from "../../../lib/module/module-variable.js";
import { PUBLISHED_MODULES } from "../../../stacks/modules/index.js";
import { compareEditionsOf } from "../support/compare-editions.js";
import { fixtureModule } from "../support/fixture-module.js";
import { moduleDocument } from "../support/module-stack.js";

describe("the HCL edition says what the JSON edition says", () => {
  it.each([...PUBLISHED_MODULES])("in the module %s", async (_name, module) => {
    expect(await compareEditionsOf(module().toDocument())).toEqual([]);
  });

  it("in a module with everything that the syntaxes write differently", async () => {
    expect(await compareEditionsOf(fixtureModule())).toEqual([]);
  });
});

describe("both editions have the same default", () => {
  const defaults: Record<string, JsonValue> = {
    "a backslash before a letter that is an escape":
      "\\b \\f \\n \\r \\t \\u0041 \\\\ C:\\bin\\new",
    "control characters": "\b\f\n\r\t\u0000\u001f\u007f",
    "quotes, also escaped ones": 'say "hi", \\"hi\\"',
    "templates and what looks like one": "${a} %{b} $${c} %%{d} $$${e} ${ %{ $ % $$ %%",
    "characters beyond ASCII": "ü 名 😀 \u2028 \ufeff",
    "numbers of every kind": [0, -1, 1.5, -0.25, 1e21, 1e-7, 9007199254740991],
    "nulls at every depth": { a: null, b: [null, { c: null }] },
    "keys of every kind": {
      "a b": 1,
      "a.b": 2,
      "1a": 3,
      "": 4,
      '"': 5,
      "${k}": 6,
      true: 7,
      null: 8,
    },
    "a key that is a keyword of HCL": { for: "x" },
    "lists that need several lines": ["a".repeat(60), "b".repeat(60), { c: ["d", ["e"]] }],
  };

  it.each(Object.entries(defaults))("with %s", async (_case, value) => {
    expect(await compareEditionsOf(withDefault(value))).toEqual([]);
  });

  it("whatever it is", async () => {
    const fragment = fc.constantFrom(
      "\\",
      "b",
      "n",
      "u",
      '"',
      "$",
      "%",
      "{",
      "}",
      "\n",
      "for",
      " ",
    );
    const text = fc
      .oneof(fc.string({ unit: fragment }), fc.string({ unit: "binary" }))
      .map((any) => any.normalize("NFC"));
    const anyJson = fc.letrec<{ value: JsonValue; object: JsonValue }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        text,
        fc.constantFrom<JsonValue>(null, true, false, "", "${x}", "%{x}", "\\", '"'),
        fc.integer(),
        fc.array(tie("value"), { maxLength: 4 }),
        tie("object"),
      ),
      object: fc.dictionary(text, tie("value"), { maxKeys: 4 }),
    })).value;

    await fc.assert(
      fc.asyncProperty(anyJson, async (value) => {
        expect(await compareEditionsOf(withDefault(value))).toEqual([]);
      }),
    );
  });
});

describe("both editions have the same value in a local", () => {
  const locals: Record<string, JsonValue> = {
    "an expression": "${upper(var.x)}",
    "an expression with braces and quotes": '${jsonencode({ a = "}", b = "${var.x}" })}',
    "text around expressions": 'a ${var.x} "b" ${join(", ", ["c\\"d"])} \n',
    "a directive": '%{ if var.x == "a" }yes%{ else }no%{ endif }',
    "escaped templates": "$${a} %%{b} $$${c}",
    "an expression over several lines": "${merge(\n  var.x,\n  {\n    a = 1\n  },\n)}",
    "text around an expression over several lines": 'a ${join(",", [\n  var.x,\n])} b',
    "text with a backslash before a letter": "C:\\bin\\${var.x}",
    "two expressions side by side": "${var.x}${var.x}",
    "a key that is an expression": { "${var.x}": 1 },
    "a key with an expression in it": { "a-${var.x}": 1 },
    "a key in the style of JavaScript": { camelCase: { innerCase: true } },
  };

  it.each(Object.entries(locals))("with %s", async (_case, value) => {
    const document = moduleDocument((stack) => {
      new TerraformLocal(stack, "value", value);
    });

    expect(await compareEditionsOf(document)).toEqual([]);
  });
});

function withDefault(value: JsonValue) {
  return moduleDocument((stack) => {
    new ModuleVariable(stack, "any", { type: "any", description: "Any.", default: value });
  });
}
