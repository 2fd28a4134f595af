import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { PolicyDocument } from "../../lib/iam/policy-document.js";
import { policySize } from "../../lib/iam/quotas.js";
import { rolePolicy, userPolicy } from "../../lib/remotion/policies.js";
import { REPOSITORY } from "../support/repository.js";

const PAGE = readFileSync(join(REPOSITORY, "docs", "MODULES.md"), "utf8");

function figures({ Statement }: PolicyDocument): number[] {
  const actions = new Set(Statement.flatMap(({ Action }) => Action));
  const onEverything = Statement.filter(({ Resource }) => Resource.includes("*"));
  const wide = new Set(onEverything.flatMap(({ Action }) => Action));
  return [actions.size, wide.size, policySize({ Version: "2012-10-17", Statement })];
}

it.each([
  ["user, callers | `full`, Remotion's own", userPolicy()],
  ["user, callers | `render`", userPolicy({ profile: "render" })],
  ["user, callers | `deploy`", userPolicy({ profile: "deploy" })],
  ["role | `full`, Remotion's own", rolePolicy()],
  ["role | `minimal`", rolePolicy({ profile: "minimal" })],
])("the page on the modules has the figures of %s", (row, policy) => {
  expect(PAGE).toContain(`| ${row} | ${figures(policy).join(" | ")} |`);
});
