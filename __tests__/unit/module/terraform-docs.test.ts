import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { moduleFiles, moduleFolders } from "../../../lib/cli/module-files.js";
import { hclEdition } from "../../../lib/module/hcl-edition.js";
import { jsonEdition } from "../../../lib/module/json-edition.js";
import type { JsonObject } from "../../../lib/module/json-value.js";
import { type EditionLanguage, terraformDocs } from "../../../lib/module/terraform-docs.js";
import { REPOSITORY } from "../../support/repository.js";
import { unlessRequired } from "../../support/required.js";
import { describeUnless } from "../../support/suites.js";
import { temporaryFolder } from "../support/folder.js";

const LONG = Array.from({ length: 40 }, (_each, at) => `word${at}`).join(" ");

/** Whatever a module may say that is written otherwise than it is read. */
const TERRAFORM: JsonObject = {
  terraform: {
    required_version: ">= 1.5.0, < 2.0.0",
    required_providers: {
      random: { source: "hashicorp/random", version: "= 3.6.0" },
      aws: { source: "hashicorp/aws", version: ">= 5.0" },
      corp: { source: "tools.acme.example/acme/corp", version: "~> 1.2" },
    },
  },
  variable: {
    z_required: { type: "string", description: "Comes last, and has no default." },
    a_pipe: { type: "string", description: "`a_b|c` | c_d, and __x in <b>.", default: "x|y" },
    address: {
      type: "string",
      description: "See https://x.example/a_b/c_d?e_f=1, and then_that.",
      default: null,
    },
    folded: { type: "string", description: `Under_scores. ${LONG} $\{x} %{y}`, default: "" },
    listed: {
      type: "list(object({\n  a = string\n  longer_name = optional(bool, false)\n}))",
      description: `Each with:\n- a: ${LONG}\n- b_c: short.`,
      default: [],
    },
    nested: { type: "any", default: { b: [1, 2], a: { d: "<é&>", c: 1.5e30 } } },
    one: {
      type: "list(string)",
      description: "  Spaces around.\nA second line.  ",
      default: ["a"],
    },
    number: { type: "number", description: "Not text.", default: 0.1 },
    B_capital: { type: "bool", description: "Sorts first.", default: false },
  },
  locals: { x: "${jsonencode({})}" },
  resource: {
    aws_iam_user: { user: { name: "a" }, another: { name: "b" } },
    aws_iam_role: { this: { name: "a", assume_role_policy: "{}" } },
    random_id: { id: { byte_length: 8 } },
    corp_thing: { it: { name: "a" } },
  },
  output: {
    z_arn: { description: `The_ARN. ${LONG}`, value: "${aws_iam_user.user.arn}" },
    arn: { value: "${aws_iam_role.this.arn}", sensitive: true },
  },
};

const DOCUMENT = {
  name: "m",
  terraform: TERRAFORM,
  layout: [
    ...["local.x", "aws_iam_user.user", "aws_iam_user.another", "aws_iam_role.this"],
    ...["random_id.id", "corp_thing.it"],
  ].map((address) => ({ address, comments: new Map(), blocks: {} })),
};

const EDITIONS = { hcl: hclEdition, json: jsonEdition };

describe("the tables of a README", () => {
  const folded = (language: EditionLanguage) =>
    terraformDocs(TERRAFORM, language)
      .split("\n")
      .find((line) => line.includes("input_folded")) ?? "";

  it("say a long description as it is read from the file beside them", () => {
    expect(folded("hcl")).toMatch(/Under\\_scores\. word0 .*<br\/>.* \$\{x\} %\{y\} \|/);
    expect(folded("json")).toContain(`Under\\_scores. ${LONG} $\{x} %{y} | \`string\` | \`""\` |`);
  });

  it("say that there is nothing, where there is nothing", () => {
    expect(terraformDocs({}, "hcl")).toBe(
      [
        "<!-- BEGIN_TF_DOCS -->",
        ...["Requirements", "Providers", "Modules", "Resources", "Inputs", "Outputs"].flatMap(
          (title) => [`## ${title}`, "", `No ${title.toLowerCase()}.`, ""],
        ),
      ]
        .slice(0, -1)
        .concat("<!-- END_TF_DOCS -->")
        .join("\n"),
    );
  });

  it.each([
    "a _word_ with stress",
    "_ alone",
    "```a``` block",
    "a lone ` sign",
    "the ``double`` ones",
  ])("refuse a description that terraform-docs reads as Markdown: %s", (description) => {
    expect(() =>
      terraformDocs({ variable: { v: { type: "string", description } } }, "hcl"),
    ).toThrow(`${JSON.stringify(description)} stands in a table that terraform-docs writes`);
  });
});

const PROGRAM = process.env["TERRAFORM_DOCS"] ?? "terraform-docs";

describeUnless(unlessRequired("REQUIRE_TERRAFORM_DOCS", "terraform-docs", reasonAgainst()))(
  "terraform-docs itself",
  () => {
    it.each(["hcl", "json"] as const)(
      "writes the same tables of whatever a module says in %s",
      (language) => {
        const folder = temporaryFolder();
        writeFiles(folder, EDITIONS[language](DOCUMENT));
        writeFileSync(
          join(folder, "README.md"),
          "before\n\n<!-- BEGIN_TF_DOCS -->\n<!-- END_TF_DOCS -->\n\nafter\n",
        );

        expect(documented(folder)).toBe(
          `before\n\n${terraformDocs(TERRAFORM, language)}\n\nafter\n`,
        );
      },
    );

    it.each(moduleFolders({ hcl: "all", json: "all" }))(
      "changes nothing in modules/%s",
      (module) => {
        const folder = temporaryFolder();
        writeFiles(folder, moduleFiles(module));
        const committed = join(REPOSITORY, "modules", module, "README.md");
        cpSync(committed, join(folder, "README.md"));

        expect(documented(folder)).toBe(readFileSync(committed, "utf8"));
      },
    );
  },
);

/** Its own settings, as whoever has no file with others runs it. */
function documented(folder: string): string {
  const { status, stderr } = spawnSync(
    PROGRAM,
    ["markdown", "table", "--output-file", "README.md", "."],
    { cwd: folder, encoding: "utf8" },
  );
  expect(`${status} ${stderr}`).toBe("0 ");
  return readFileSync(join(folder, "README.md"), "utf8");
}

function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Why terraform-docs is not asked; undefined where it is. */
function reasonAgainst(): string | undefined {
  const { status, stdout } = spawnSync(PROGRAM, ["--version"], { encoding: "utf8" });
  if (status !== 0) {
    return "terraform-docs is not on the PATH, nor named by TERRAFORM_DOCS: its releases bring it.";
  }
  return /\bv0\.24\./.test(stdout)
    ? undefined
    : `terraform-docs is ${stdout.trim()}, and the tables are those of version 0.24.`;
}
