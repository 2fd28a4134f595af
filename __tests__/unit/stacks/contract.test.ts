import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../lib/module/json-value.js";
import { PUBLISHED_MODULES } from "../../../stacks/modules/index.js";
import { REPOSITORY } from "../../support/repository.js";
import { contractProblems } from "../support/contract-problems.js";
import { contractOf, recordedContract, recordedContractFile } from "../support/module-contract.js";
import { newestSection } from "../support/upgrade-notes.js";

/*
 * Callers of a module rely on its variables and outputs, and their states on its addresses. What they
 * rely on is recorded in __tests__/contract; docs/UPGRADE.md says what a release may change, and how.
 */
const upgradeNotes = readFileSync(join(REPOSITORY, "docs", "UPGRADE.md"), "utf8");

describe.each([...PUBLISHED_MODULES])("the module %s", (module, make) => {
  const document = make().toDocument();
  const baseline = recordedContract(module);
  const current = contractOf(document);

  it("is called what its folder is", () => {
    expect(document.name).toBe(module);
  });

  it("breaks nothing without a moved block or a word in docs/UPGRADE.md", () => {
    expect(contractProblems({ module, baseline, current, upgradeNotes })).toEqual([]);
  });

  it("is recorded as it is: `npm run record-contract` records what is new", () => {
    expect(current).toEqual(baseline);
  });

  it("breaks callers and states in every part of what is recorded", () => {
    const empty = { variables: {}, outputs: {}, resources: {}, moved: [] };
    const { variables, outputs, resources, moved } = baseline;
    const parts = [variables, outputs, resources, moved].flatMap((part) => Object.keys(part));

    expect(contractProblems({ module, baseline, current: empty, upgradeNotes: "" })).toHaveLength(
      parts.length,
    );
  });
});

describe("the recorded contracts", () => {
  it("are those of the published modules, none less", () => {
    const files = readdirSync(dirname(recordedContractFile("any")));

    expect(files.sort()).toEqual(
      [...PUBLISHED_MODULES.keys()].map((name) => `${name}.json`).sort(),
    );
  });
});

describe("docs/UPGRADE.md", () => {
  it("begins with the release that package.json names, or one that is being made", () => {
    const { version } = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8"));
    const [heading] = newestSection(upgradeNotes).split("\n");

    expect([`## ${version}`, "## Unreleased"]).toContain(heading);
  });
});

describe("Remotion's names", () => {
  it("are the defaults, and nothing stands before them", () => {
    const { variables } = recordedContract("remotion-lambda");

    expect(variables).toMatchObject({
      name_prefix: { default: "" },
      user_name: { default: "remotion-user" },
      user_policy_name: { default: "remotion-user-policy" },
      lambda_role_name: { default: "remotion-lambda-role" },
      lambda_role_policy_name: { default: "remotion-lambda-policy" },
      executionrole_policy_name: { default: "remotion-executionrole-policy" },
    });
  });
});

describe("an input that several modules have", () => {
  /** What these do is another thing in each module, and only their descriptions say so. */
  const toldOfTheirOwn = ["vpc", "permissions_boundary_arn"];
  /** Input → its declarations, with the modules that have them. */
  const declarations = new Map<string, string[]>();
  for (const [, make] of PUBLISHED_MODULES) {
    const { variable } = make().toDocument().terraform;
    for (const [input, declaration] of Object.entries(variable as JsonObject)) {
      const known = declarations.get(input) ?? [];
      const { description: _, ...rule } = declaration as JsonObject;
      const compared = toldOfTheirOwn.includes(input) ? rule : declaration;
      declarations.set(input, [...known, JSON.stringify(compared)]);
    }
  }
  /** Each module says of these what they are in it, or of which role; buckets may be written to by some alone. */
  const own = [
    "name",
    "policy_name",
    "policy_type",
    "profile",
    "lambda_role_name",
    "max_session_duration",
    "output_buckets",
  ];
  const shared = [...declarations].filter(
    ([input, found]) => found.length > 1 && !own.includes(input),
  );

  it.each(shared)("is the same in all of them: %s", (_input, found) => {
    expect(new Set(found).size).toBe(1);
  });

  it("is found", () => {
    expect(shared.map(([input]) => input)).toEqual(
      expect.arrayContaining(["path", "partition", "tags", "regions", "role_names", "pgp_key"]),
    );
  });
});
