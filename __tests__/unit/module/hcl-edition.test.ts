import { describe, expect, it } from "vitest";
import { hclEdition } from "../../../lib/module/hcl-edition.js";
import type { JsonObject } from "../../../lib/module/json-value.js";
import type { MainElement, ModuleDocument } from "../../../lib/module/module-document.js";
import { fixtureModule } from "../support/fixture-module.js";

describe("the HCL edition of a module with everything in it", () => {
  const edition = hclEdition(fixtureModule());

  it.each(["versions.tf", "variables.tf", "main.tf", "outputs.tf"])("has this %s", async (file) => {
    await expect(edition.get(file)).toMatchFileSnapshot(`fixture-module/${file}`);
  });

  it("has no other file", () => {
    expect([...edition.keys()]).toEqual(["versions.tf", "variables.tf", "main.tf", "outputs.tf"]);
  });
});

describe("the HCL edition", () => {
  it("has a file for every concern, with neighbouring locals in one block", () => {
    const terraform = { locals: { a: 1, b: 2 }, resource: { t: { one: {} } } };
    const layout = [
      element("local.a", { concern: "beside" }),
      element("t.one"),
      element("local.b", { concern: "beside" }),
    ];

    expect([...hclEdition(documentOf(terraform, layout))]).toEqual([
      ["main.tf", 'resource "t" "one" {}\n'],
      ["beside.tf", "locals {\n  a = 1\n  b = 2\n}\n"],
    ]);
  });

  it("tells programs of a resource in comments above it and at its top", () => {
    const directives = [
      { place: "inside", text: "skip=A: why" },
      { place: "above", text: "ignore:B" },
    ] as const;
    const terraform = { resource: { t: { one: {}, two: { count: 1, a: 2 } } } };
    const layout = [
      element("t.one", { directives }),
      element("t.two", { directives, comments: new Map([["", "Of it."]]) }),
    ];

    expect(hclEdition(documentOf(terraform, layout)).get("main.tf")).toBe(
      [
        ...["# ignore:B", 'resource "t" "one" {', "  # skip=A: why", "}", ""],
        ...["# Of it.", "# ignore:B", 'resource "t" "two" {', "  # skip=A: why", ""],
        ...["  count = 1", "", "  a = 2", "}", ""],
      ].join("\n"),
    );
  });

  it("leaves out files that would be empty", () => {
    const document = documentOf({ output: { o: { description: "O.", value: 1 } } });

    expect([...hclEdition(document).keys()]).toEqual(["outputs.tf"]);
  });

  it("begins variables.tf with what all inputs have in common", () => {
    const edition = hclEdition({ ...fixtureModule(), inputsNotice: ["Of all.", "And more."] });

    expect(edition.get("variables.tf")).toMatch(/^# Of all\.\n# And more\.\n\nvariable "/);
    expect(edition.get("main.tf")).not.toContain("# Of all.");
  });

  it("begins versions.tf with the module's notice", () => {
    const document = documentOf({ terraform: { required_version: ">= 1.5.0" } });
    const edition = hclEdition({ ...document, notice: ["A licence.", "A version."] });

    expect(edition.get("versions.tf")).toBe(
      [
        "# A licence.",
        "# A version.",
        "",
        "terraform {",
        '  required_version = ">= 1.5.0"',
        "}",
        "",
      ].join("\n"),
    );
  });

  it("keeps locals and resources in the order of the layout, neighbouring locals in one block", () => {
    const terraform = {
      locals: { a: 1, b: 2, c: 3 },
      resource: { t: { one: { x: 1 } } },
    };
    const layout = ["local.b", "local.a", "t.one", "local.c"].map((address) => element(address));

    expect(mainOf(terraform, layout)).toBe(
      [
        "locals {",
        "  b = 2",
        "  a = 1",
        "}",
        "",
        'resource "t" "one" {',
        "  x = 1",
        "}",
        "",
        "locals {",
        "  c = 3",
        "}",
        "",
      ].join("\n"),
    );
  });

  it("puts comments above locals, resources and parts of a local, folded at the page's width", () => {
    const comments = new Map([["", "word ".repeat(30).trim()]]);
    const terraform = { locals: { a: 1 }, resource: { t: { one: {} } } };
    const layout = [element("local.a", { comments }), element("t.one", { comments })];
    const [first, second] = ["word ".repeat(21).trim(), "word ".repeat(9).trim()];

    expect(mainOf(terraform, layout)).toBe(
      [
        "locals {",
        `  # ${first}`,
        `  # ${second}`,
        "  a = 1",
        "}",
        "",
        `# ${first}`,
        `# ${second}`,
        'resource "t" "one" {}',
        "",
      ].join("\n"),
    );
  });

  it("puts nested blocks after all arguments, each set off by a blank line", () => {
    const body = { name: "n", rule: [{ a: 1 }, { b: { c: 2 } }], tags: { d: "e" } };
    const blocks = { rule: { b: {} } };

    expect(mainOf({ resource: { t: { one: body } } }, [element("t.one", { blocks })])).toBe(
      [
        'resource "t" "one" {',
        '  name = "n"',
        "  tags = {",
        '    d = "e"',
        "  }",
        "",
        "  rule {",
        "    a = 1",
        "  }",
        "",
        "  rule {",
        "    b {",
        "      c = 2",
        "    }",
        "  }",
        "}",
        "",
      ].join("\n"),
    );
  });

  it("writes an output's dependencies as addresses and its preconditions as blocks", () => {
    const output = {
      description: "O: ${not} an expression.",
      value: "${t.one.id}",
      precondition: [{ condition: "${var.a}", error_message: "a is ${var.a}." }],
      depends_on: ["t.one", "t.two"],
    };

    expect(hclEdition(documentOf({ output: { o: output } })).get("outputs.tf")).toBe(
      [
        'output "o" {',
        '  description = "O: $${not} an expression."',
        "  value       = t.one.id",
        "",
        "  precondition {",
        "    condition     = var.a",
        '    error_message = "a is ${var.a}."',
        "  }",
        "",
        "  depends_on = [t.one, t.two]",
        "}",
        "",
      ].join("\n"),
    );
  });
});

function documentOf(terraform: JsonObject, layout: readonly MainElement[] = []): ModuleDocument {
  return { name: "m", terraform, layout };
}

function mainOf(terraform: JsonObject, layout: readonly MainElement[]): string | undefined {
  return hclEdition(documentOf(terraform, layout)).get("main.tf");
}

function element(address: string, parts: Partial<Omit<MainElement, "address">> = {}): MainElement {
  return { address, comments: new Map(), blocks: {}, concern: "main", ...parts };
}
