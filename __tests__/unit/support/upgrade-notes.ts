/** The part of `docs/UPGRADE.md` for the newest release, with its heading; empty where there is none. */
export function newestSection(upgradeNotes: string): string {
  return upgradeNotes.split(/^(?=## )/m).find((part) => part.startsWith("## ")) ?? "";
}

/**
 * Whether one entry of the newest section names all of the things, each as `code`, and says the word.
 * An entry is a paragraph, an item of a list or a row of a table. Notes on older releases do not
 * count: they are about other changes.
 */
export function mentions(upgradeNotes: string, things: readonly string[], word = ""): boolean {
  return newestSection(upgradeNotes)
    .split(/\n\s*\n|\n(?=\s*(?:[-*]|\d+\.|\|) ?)/)
    .some(
      (entry) => entry.includes(word) && things.every((thing) => entry.includes(`\`${thing}\``)),
    );
}
