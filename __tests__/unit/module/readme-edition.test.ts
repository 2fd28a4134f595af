import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../lib/module/json-value.js";
import { type ModuleReadme, readmeEdition } from "../../../lib/module/readme-edition.js";
import { terraformDocs } from "../../../lib/module/terraform-docs.js";

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
  variable: { name: { type: "string", description: "Its name.", default: "a" } },
};

describe("the README of a module", () => {
  it.each(["hcl", "json"] as const)(
    "says what it makes, how to call it, what goes in and out, and what it permits, beside the edition in %s",
    (language) => {
      expect(readmeEdition({ name: "m", terraform: TERRAFORM, layout: [] }, README, language)).toBe(
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

${terraformDocs(TERRAFORM, language)}

## Permissions

### Of the thing

| Permission | Scope | Reason | Needed by |
| --- | --- | --- | --- |
| \`s3:Get\`<br>\`s3:Put\` | a \\| b | To do it. | \`getSites()\`, \`quotas\` |
| \`s3:List\` | c | Why not. With \`some_option\` only. |  |
`,
      );
    },
  );
});
