import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { COMMUNITY_MODULE } from "../../../scripts/side-by-side/community-module.js";
import { MISTAKES } from "../../../scripts/side-by-side/mistakes.js";
import { page } from "../../../scripts/side-by-side/page.js";
import { firstLine, type Refusal } from "../../../scripts/side-by-side/refusals.js";
import { MODULE_NAMES } from "../../support/module-sources.js";
import { REPOSITORY } from "../../support/repository.js";

const REFUSALS = MISTAKES.map(
  (mistake, index): Refusal => ({
    mistake,
    said: {
      "with-module": `name is "${"a".repeat(80)}", which is not a user's name: give 1 to 64`,
      "by-hand": index === 0 ? "invalid value for name (a|b)" : undefined,
      "with-terraform-aws-modules": undefined,
    },
  }),
);

describe("the page", () => {
  const text = page(
    {
      terraform: "1.11.4",
      provider: "5.100.0",
      figures: [
        {
          module: "remotion-user",
          way: "with-module",
          written: 13,
          source: { lines: 1139, longest: 133, inputs: 22, checks: 30 },
          resources: 2,
          calls: { apply: 5, plan: 2 },
        },
        {
          module: "remotion-user",
          way: "by-hand",
          written: 104,
          source: undefined,
          resources: 2,
          calls: { apply: 5, plan: 2 },
        },
      ],
    },
    REFUSALS,
  );

  it("has the figures", () => {
    expect(text).toContain("with Terraform 1.11.4 and AWS provider 5.100.0");
    expect(text).toContain("| our module | 13 | 1,139 | 133 | 22 | 30 | 2 | 5 | 2 |");
    expect(text).toContain("|  | by hand | 104 |  |  |  |  | 2 | 5 | 2 |");
  });

  it("counts what is refused", () => {
    expect(text).toMatch(/our modules refuse 10 of them,\s+the roots by hand 1, .* 0\./);
  });

  it("cuts messages behind a word, and says where there is none", () => {
    expect(text).toContain(`\`name is "${"a".repeat(80)}", which is not a …\` | `);
    expect(text).toContain("`invalid value for name (a\\|b)` | plans green |");
  });
});

describe("docs/SIDE-BY-SIDE.md", () => {
  const text = readFileSync(join(REPOSITORY, "docs", "SIDE-BY-SIDE.md"), "utf8");

  it("has every module, every mistake and the release", () => {
    const expected = [
      ...MODULE_NAMES.map((module) => `| [\`${module}\`](../modules/${module}) | our module |`),
      ...MISTAKES.map(({ what }) => `| ${what} | `),
      `in its release ${COMMUNITY_MODULE.version}`,
    ];

    expect(expected.filter((piece) => !text.includes(piece))).toEqual([]);
  });
});

describe("what Terraform says", () => {
  it.each([
    ["Invalid value for variable", "It is wrong.\n\nThis was checked by …", "It is wrong."],
    ['"policy_arn" (a) is an invalid ARN', "", '"policy_arn" (a) is an invalid ARN'],
    [
      "Invalid value for input variable",
      "The given value is not suitable for module.a.var.b declared at a/variables.tf:1,2-3: attribute missing.",
      "attribute missing.",
    ],
  ])("is shown by its first line: %s", (summary, detail, line) => {
    expect(firstLine({ summary, detail })).toBe(line);
  });
});
