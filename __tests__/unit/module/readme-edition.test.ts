import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../lib/module/json-value.js";
import { type ModuleReadme, readmeEdition } from "../../../lib/module/readme-edition.js";

const README: ModuleReadme = {
  summary: "Makes a thing.",
  diagram: "\nflowchart LR\n  a --- b\n",
  usage: '\nmodule "m" {\n  source = "./m"\n}\n',
  sections: [{ title: "Why", body: "\nBecause.\n" }],
  permissions: [
    {
      title: "Of the thing",
      rows: [
        {
          actions: ["s3:Get", "s3:Put"],
          scope: "a | b",
          reason: "To do it.",
          neededBy: ["getSites()", "quotas"],
        },
        {
          actions: ["s3:List"],
          scope: "c",
          reason: "Why not.",
          neededBy: [],
          option: "someOption",
        },
      ],
    },
  ],
};

const TERRAFORM: JsonObject = {
  terraform: {
    required_version: ">= 1.5.0",
    required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.0" } },
  },
  variable: {
    name: { type: "string", description: "Its name.", default: "a|b", nullable: false },
    items: {
      type: "list(object({\n  a = string\n  b = optional(bool, false)\n}))",
      description: "x",
    },
    none: { type: "string", description: "None.", default: null, nullable: true },
  },
  output: {
    arn: { description: "Its ARN.", value: "${x}" },
    secret: { description: "A secret.", value: "${y}", sensitive: true },
  },
};

describe("the README of a module", () => {
  it("says what it makes, how to call it, what goes in and out, and what it permits", () => {
    expect(readmeEdition({ name: "m", terraform: TERRAFORM, layout: [] }, README)).toBe(
      `# m

<!-- Written by remotion-lambda-terraform. Change its source and run \`generate\`; edits here are lost. -->

Makes a thing.

\`\`\`mermaid
flowchart LR
  a --- b
\`\`\`

## Usage

\`\`\`hcl
module "m" {
  source = "./m"
}
\`\`\`

## Why

Because.

## Requirements

| Name | Source | Version |
| --- | --- | --- |
| terraform |  | \`>= 1.5.0\` |
| \`aws\` | \`hashicorp/aws\` | \`>= 5.0\` |

## Inputs

| Name | Description | Type | Default |
| --- | --- | --- | --- |
| \`name\` | Its name. | \`string\` | \`"a\\|b"\` |
| \`items\` | x | \`list(object({ a = string, b = optional(bool, false) }))\` | required |
| \`none\` | None. | \`string\` | \`null\` |

## Outputs

| Name | Description | Sensitive |
| --- | --- | --- |
| \`arn\` | Its ARN. | no |
| \`secret\` | A secret. | yes |

## Permissions

### Of the thing

| Permission | Scope | Reason | Needed by |
| --- | --- | --- | --- |
| \`s3:Get\`<br>\`s3:Put\` | a \\| b | To do it. | \`getSites()\`, \`quotas\` |
| \`s3:List\` | c | Why not. With \`some_option\` only. |  |
`,
    );
  });

  it.each([
    {
      what: "a list of objects with a list of objects",
      type: "list(object({\n  a = list(object({\n    b = string\n  }))\n  c = number\n}))",
      line: "list(object({ a = list(object({ b = string })), c = number }))",
    },
    { what: "a plain type", type: "map(string)", line: "map(string)" },
  ])("writes $what on one line", ({ type, line }) => {
    expect(withVariable({ type, description: "A." })).toContain(`| \`${line}\` |`);
  });

  it("keeps a description of several lines in its row", () => {
    expect(withVariable({ type: "string", description: "One.\n\nTwo." })).toMatch(
      /^\| `v` \| One\..*Two\. \| `string` \| required \|$/m,
    );
  });
});

function withVariable(variable: JsonObject): string {
  const terraform = { ...TERRAFORM, variable: { v: variable } };
  return readmeEdition({ name: "m", terraform, layout: [] }, README);
}
