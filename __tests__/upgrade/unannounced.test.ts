import { describe, expect, it } from "vitest";
import type { ResourceChange } from "../support/workspace.js";
import { unannouncedChanges } from "./support/unannounced.js";

const ADDRESS = 'module.remotion["a"].aws_iam_role.lambda_role[0]';

function change(...actions: readonly string[]): ResourceChange {
  return {
    address: ADDRESS,
    type: "aws_iam_role",
    change: { actions, before: {}, after: {}, after_unknown: {} },
  };
}

const notes = (later: string, own = "First release.") =>
  `# Upgrading\n\nOf \`aws_iam_role.lambda_role\` is destroyed nothing.\n\n## 0.2.0\n\n${later}\n\n## 0.1.0\n\n${own}\n`;

const NAMED = "`aws_iam_role.lambda_role`";

describe("What a plan does to a release's state", () => {
  it.each<[string, readonly string[], string, string]>([
    ["an update", ["update"], "Nothing.", "updated"],
    ["a creation", ["create"], "Nothing.", "created"],
    ["an end", ["delete"], "Nothing.", "destroyed"],
    ["a replacement", ["delete", "create"], "Nothing.", "replaced"],
    ["a replacement, made first", ["create", "delete"], "Nothing.", "replaced"],
    ["another word", ["delete"], `- ${NAMED} is updated.`, "destroyed"],
    ["another resource", ["update"], "- `aws_iam_role.lambda_role_2` is updated.", "updated"],
    ["two entries", ["update"], `- ${NAMED} has a tag.\n- It is updated.`, "updated"],
  ])("is told where UPGRADE.md does not say it: %s", (_what, actions, later, word) => {
    expect(unannouncedChanges([change(...actions)], notes(later), "0.1.0")).toEqual([
      `${ADDRESS} is ${word}, and no entry above 0.1.0 says so of ${NAMED}.`,
    ]);
  });

  it.each<[string, readonly string[], string]>([
    ["it stays", ["no-op"], "Nothing."],
    ["it is read", ["read"], "Nothing."],
    ["an item says so", ["update"], `- Other.\n- ${NAMED} of every module is\n  updated in place.`],
    ["a paragraph does", ["delete", "create"], `The role ${NAMED} is replaced.`],
    ["a row does", ["delete"], `| x | y |\n| ${NAMED} | destroyed |`],
  ])("is no more than UPGRADE.md says: %s", (_what, actions, later) => {
    expect(unannouncedChanges([change(...actions)], notes(later), "0.1.0")).toEqual([]);
  });

  it("is not said by the section of that release, nor by an older one", () => {
    const said = `${NAMED} is updated.`;

    expect(unannouncedChanges([change("update")], notes("Nothing.", said), "0.1.0")).toHaveLength(
      1,
    );
    expect(unannouncedChanges([change("update")], notes(said), "0.2.0")).toHaveLength(1);
  });
});
