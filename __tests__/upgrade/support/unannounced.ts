import type { ResourceChange } from "../../support/workspace.js";

/**
 * What a plan would do to the state of a release that `docs/UPGRADE.md` has not said, a line each. Said is what the
 * sections above that release's say, in one paragraph, item or row: the address of the resource without its keys, as
 * code, and the word for what happens, "updated", "created", "replaced" or "destroyed".
 *
 * @param version of the release that the state is of
 */
export function unannouncedChanges(
  changes: readonly ResourceChange[],
  upgradeNotes: string,
  version: string,
): string[] {
  const entries = laterSections(upgradeNotes, version).split(/\n\s*\n|\n(?=\s*(?:[-*]|\|) ?)/);
  return changes.flatMap(({ address, change }) => {
    const word = wordFor(change.actions);
    const resource = `\`${withoutKeys(address)}\``;
    const isSaid =
      word === undefined ||
      entries.some((entry) => entry.includes(resource) && entry.includes(word));
    return isSaid
      ? []
      : [`${address} is ${word}, and no entry above ${version} says so of ${resource}.`];
  });
}

/** What happens to a resource; nothing where it stays, or has moved only. */
function wordFor(actions: readonly string[]): string | undefined {
  const all = new Set(actions);
  if (all.has("delete")) {
    return all.has("create") ? "replaced" : "destroyed";
  }
  return all.has("create") ? "created" : all.has("update") ? "updated" : undefined;
}

/** `module.remotion["a"].aws_iam_role.lambda_role[0]` → `aws_iam_role.lambda_role`: as it stands in the module. */
function withoutKeys(address: string): string {
  return address
    .replaceAll(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, "")
    .split(".")
    .slice(-2)
    .join(".");
}

/** The sections of later releases; all of them where the release has none. */
function laterSections(upgradeNotes: string, version: string): string {
  const [, ...sections] = upgradeNotes.split(/^(?=## )/m);
  const own = sections.findIndex((section) => /^## (\S+)/.exec(section)?.[1] === version);
  return sections.slice(0, own === -1 ? undefined : own).join("");
}
