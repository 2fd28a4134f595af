import { describe, expect, it } from "vitest";
import { hclEdition } from "../../../lib/module/hcl-edition.js";
import { jsonEdition } from "../../../lib/module/json-edition.js";
import { compareEditions } from "./compare-editions.js";
import { fixtureModule } from "./fixture-module.js";

/*
 * The proof that the editions agree is worth what its comparison sees. Each row breaks one thing in
 * the HCL edition of a module; the comparison must name it.
 */

const DOCUMENT = fixtureModule();
const HCL = hclEdition(DOCUMENT);
const JSON_EDITION = jsonEdition(DOCUMENT);

interface Breakage {
  readonly file: string;
  /** Is in the file once. */
  readonly text: string;
  readonly broken: string;
  /** How the report begins, after the file's name. */
  readonly reported: string;
}

const REFUSED = "the parser refuses it";

const BREAKAGES: Record<string, Breakage> = {
  "a default changed": {
    file: "variables.tf",
    text: "default     = 0",
    broken: "default     = 1",
    reported: "variable.zero.default: 1, not 0",
  },
  "a default of another type": {
    file: "variables.tf",
    text: "default     = 0",
    broken: 'default     = "0"',
    reported: 'variable.zero.default: "0", not 0',
  },
  "a false default dropped": {
    file: "variables.tf",
    text: "default     = false",
    broken: "",
    reported: "variable.off.default: undefined, not false",
  },
  "a null default dropped": {
    file: "variables.tf",
    text: "default     = null",
    broken: "",
    reported: "variable.nothing.default: undefined, not null",
  },
  "an empty default that became null": {
    file: "variables.tf",
    text: 'default     = ""',
    broken: "default     = null",
    reported: 'variable.empty_text.default: null, not ""',
  },
  "a list that became a map": {
    file: "variables.tf",
    text: "default     = []",
    broken: "default     = {}",
    reported: "variable.empty_list.default: {}, not []",
  },
  "a key in snake case": {
    file: "variables.tf",
    text: "fooBar =",
    broken: "foo_bar =",
    reported: "variable.settings.default.fooBar: undefined",
  },
  "a nested null dropped": {
    file: "variables.tf",
    text: "deep = null",
    broken: "",
    reported: "variable.settings.default.with space.$${key}[4].deep: undefined, not null",
  },
  "an element dropped": {
    file: "variables.tf",
    text: '["b"],',
    broken: "",
    reported: 'variable.settings.default.with space.$${key}[1][0]: undefined, not "b"',
  },
  "nullable dropped": {
    file: "variables.tf",
    text: 'default     = ""\n  nullable    = false',
    broken: 'default     = ""',
    reported: "variable.empty_text.nullable: undefined, not false",
  },
  "sensitive dropped": {
    file: "outputs.tf",
    text: "sensitive   = true",
    broken: "",
    reported: "output.settings.sensitive: undefined, not true",
  },
  "a type changed": {
    file: "variables.tf",
    text: "count     = number",
    broken: "count     = string",
    reported: "variable.settings.type: ",
  },
  "a type in quotes": {
    file: "variables.tf",
    text: "type        = bool",
    broken: 'type        = "bool"',
    reported: 'variable.off.type: "bool"',
  },
  "a validation removed": {
    file: "variables.tf",
    text: `  validation {
    condition = alltrue([
      for part in split(" ", var.name) : length(part) > 0
    ])
    error_message = "name has \${length([for part in split("  ", var.name) : part])} parts."
  }
`,
    broken: "",
    reported: "variable.name.validation[1]: undefined",
  },
  "a description cut": {
    file: "variables.tf",
    text: "line by line.",
    broken: "line by line",
    reported: "variable.settings.description: ",
  },
  "a quote unescaped": {
    file: "variables.tf",
    text: 'A \\"quoted\\" name',
    broken: 'A "quoted" name',
    reported: REFUSED,
  },
  "a quote escaped twice": {
    file: "variables.tf",
    text: 'A \\"quoted\\" name',
    broken: 'A \\\\\\"quoted\\\\\\" name',
    reported: "variable.name.description: ",
  },
  "a backslash lost": {
    file: "variables.tf",
    text: "C:\\\\temp",
    broken: "C:\\temp",
    reported: "variable.name.description: ",
  },
  "a backslash lost in an expression": {
    file: "variables.tf",
    text: '[\\\\w \\"]',
    broken: '[w \\"]',
    reported: "variable.name.validation[0].condition: ",
  },
  "a space lost in the quotes of an expression": {
    file: "variables.tf",
    text: 'split("  ", var.name)',
    broken: 'split(" ", var.name)',
    reported: "variable.name.validation[1].error_message: ",
  },
  "an escaped directive that became a directive": {
    file: "variables.tf",
    text: "%%{directive}",
    broken: "%{directive}",
    reported: REFUSED,
  },
  "an escaped directive of a template that became text": {
    file: "variables.tf",
    text: "%%{none}.",
    broken: "{none}.",
    reported: "variable.name.validation[0].error_message: ",
  },
  "an escaped template that became an expression": {
    file: "variables.tf",
    text: "$${no}",
    broken: "${no}",
    reported: "variable.name.default: ",
  },
  "an expression that became text": {
    file: "main.tf",
    text: 'name   = "${var.name}-shared"',
    broken: 'name   = "$${var.name}-shared"',
    reported: "resource.aws_iam_policy.shared.name: ",
  },
  "a comma dropped": {
    file: "main.tf",
    text: '["s3:GetObject", "s3:PutObject"]',
    broken: '["s3:GetObject" "s3:PutObject"]',
    reported: REFUSED,
  },
  "an element of a local dropped": {
    file: "main.tf",
    text: '["s3:GetObject", "s3:PutObject"]',
    broken: '["s3:GetObject"]',
    reported: 'locals.statements[0].Action[1]: undefined, not "s3:PutObject"',
  },
  "elements in another order": {
    file: "main.tf",
    text: '["s3:GetObject", "s3:PutObject"]',
    broken: '["s3:PutObject", "s3:GetObject"]',
    reported: 'locals.statements[0].Action[0]: "s3:PutObject", not "s3:GetObject"',
  },
  "a reference renamed": {
    file: "main.tf",
    text: "Statement = local.statements",
    broken: "Statement = local.statement",
    reported: "locals.policy_json.text: ",
  },
  "a reference in text": {
    file: "main.tf",
    text: "depends_on = [aws_iam_policy.shared]",
    broken: 'depends_on = ["aws_iam_policy.shared"]',
    reported: "resource.aws_iam_role.this.depends_on[0]: ",
  },
  "depends_on dropped": {
    file: "main.tf",
    text: "depends_on = [aws_iam_policy.shared]",
    broken: "",
    reported: "resource.aws_iam_role.this.depends_on: undefined",
  },
  "a nested block removed": {
    file: "main.tf",
    text: `  inline_policy {
    name   = "second \\"\${var.name}\\""
    policy = "{}"
  }
`,
    broken: "",
    reported: "resource.aws_iam_role.this.inline_policy[1]: undefined",
  },
  "a block that became an argument": {
    file: "main.tf",
    text: "lifecycle {",
    broken: "lifecycle = {",
    reported: REFUSED,
  },
  "a precondition removed": {
    file: "main.tf",
    text: `    precondition {
      condition     = length(local.policy_json.text) <= 6144
      error_message = "The policy \\"\${var.name}\\" has \${length(local.policy_json.text)} characters."
    }
`,
    broken: "",
    reported: "resource.aws_iam_role.this.lifecycle.precondition: undefined",
  },
  "an operator of a precondition changed": {
    file: "main.tf",
    text: "length(local.policy_json.text) <= 6144",
    broken: "length(local.policy_json.text) < 6144",
    reported: "resource.aws_iam_role.this.lifecycle.precondition[0].condition: ",
  },
  "an ignored change dropped": {
    file: "main.tf",
    text: "[tags, description]",
    broken: "[tags]",
    reported: "resource.aws_iam_role.this.lifecycle.ignore_changes[1]: undefined",
  },
  "a count dropped": {
    file: "main.tf",
    text: "count = var.off ? 1 : 0",
    broken: "",
    reported: "resource.aws_iam_role.this.count: undefined",
  },
  "a move turned round": {
    file: "main.tf",
    text: "from = aws_iam_role.old\n  to   = aws_iam_role.this",
    broken: "from = aws_iam_role.this\n  to   = aws_iam_role.old",
    reported: "moved[0].from: ",
  },
  "a move dropped": {
    file: "main.tf",
    text: "moved {\n  from = aws_iam_role.old\n  to   = aws_iam_role.this\n}\n",
    broken: "",
    reported: "moved[0].from: ",
  },
  "a resource twice": {
    file: "main.tf",
    text: 'resource "aws_iam_policy" "shared" {',
    broken: 'resource "aws_iam_policy" "shared" {\n}\n\nresource "aws_iam_policy" "shared" {',
    reported: "resource.aws_iam_policy.shared: [",
  },
  "a local twice": {
    file: "main.tf",
    text: 'resource "aws_iam_policy" "shared" {',
    broken: 'locals {\n  statements = []\n}\n\nresource "aws_iam_policy" "shared" {',
    reported: "locals: [",
  },
  "a block more": {
    file: "main.tf",
    text: 'resource "aws_iam_policy" "shared" {',
    broken: 'provider "aws" {\n}\n\nresource "aws_iam_policy" "shared" {',
    reported: "provider: {",
  },
  "a version changed": {
    file: "versions.tf",
    text: ">= 5.0",
    broken: ">= 5.1",
    reported: 'terraform.required_providers.aws.version: ">= 5.1", not ">= 5.0"',
  },
  "a word of a folded description changed": {
    file: "variables.tf",
    text: "so long that",
    broken: "so short that",
    reported: "variable.long.description: ",
  },
  "a template in a folded description": {
    file: "variables.tf",
    text: "$${any} template",
    broken: "${any} template",
    reported: "variable.long.description: ",
  },
  "a quote escaped in a folded description": {
    file: "variables.tf",
    text: '"quotes", $',
    broken: '\\"quotes\\", $',
    reported: "variable.long.description: ",
  },
  "a part of a joined text dropped": {
    file: "variables.tf",
    text: '      "long has ",\n',
    broken: "",
    reported: "variable.long.validation[0].error_message: ",
  },
  "a space lost between the parts of a text": {
    file: "variables.tf",
    text: '"long has "',
    broken: '"long has"',
    reported: "variable.long.validation[0].error_message: ",
  },
  "an expression of a joined text that became text": {
    file: "variables.tf",
    text: "of ${length(var.long)} items",
    broken: "of length(var.long) items",
    reported: "variable.long.validation[0].error_message: ",
  },
  "parts that are joined by something": {
    file: "variables.tf",
    text: 'error_message = join("", [',
    broken: 'error_message = join(" ", [',
    reported: "variable.long.validation[0].error_message: ",
  },
  "a condition dropped in a call over several lines": {
    file: "variables.tf",
    text: " && length(item) <= 64",
    broken: "",
    reported: "variable.long.validation[0].condition: ",
  },
  "a comment's mark lost": {
    file: "main.tf",
    text: "# What may be done.",
    broken: "What may be done.",
    reported: REFUSED,
  },
};

describe("the comparison of the editions reports", () => {
  it.each(Object.entries(BREAKAGES))("%s", async (_what, { file, text, broken, reported }) => {
    const found = await compareEditions(withText(HCL, file, text, broken), JSON_EDITION);

    expect(found[0]?.slice(0, `${file}: ${reported}`.length)).toBe(`${file}: ${reported}`);
  });

  it.each(["versions.tf", "variables.tf", "main.tf", "outputs.tf"])("%s missing", async (file) => {
    const hcl = new Map([...HCL].filter(([name]) => name !== file));

    expect(await compareEditions(hcl, JSON_EDITION)).toEqual([
      `${file}: is in the JSON edition alone`,
    ]);
  });
});

describe("the comparison of the editions does not report", () => {
  it.each([
    ["indentation", "      Version   =", "  Version   ="],
    ["the alignment of equals signs", "Version   =", "Version ="],
    ["comments", "  # What may be done.\n", ""],
    ["blank lines", "resource", "\n\nresource"],
  ])("%s", async (_what, text, other) => {
    const main = HCL.get("main.tf") ?? "";
    const changed = main.replace(text, other);
    expect(changed).not.toBe(main);

    expect(await compareEditions(new Map([...HCL, ["main.tf", changed]]), JSON_EDITION)).toEqual(
      [],
    );
  });
});

/** The edition with a text, which must be there once, replaced in one of its files. */
function withText(
  edition: ReadonlyMap<string, string>,
  file: string,
  text: string,
  replacement: string,
): Map<string, string> {
  const parts = (edition.get(file) ?? "").split(text);
  if (parts.length !== 2) {
    throw new Error(`${JSON.stringify(text)} is in ${file} ${parts.length - 1} times, not once.`);
  }
  return new Map([...edition, [file, parts.join(replacement)]]);
}
