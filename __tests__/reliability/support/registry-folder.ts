import { hashOf, readManifest, writeManifest } from "../../../lib/cli/manifest.js";
import { readFolder, writeFile } from "../../unit/support/folder.js";

/** What is not the generator's in the repository. */
export const OWN_OF_REPOSITORY: ReadonlyMap<string, string> = new Map([
  [".git/config", "[core]\n"],
  ["NOTES.md", "# mine\n"],
  ["modules/remotion-user/mine.md", "# mine\n"],
]);

/** Makes the tree what an earlier release has written there: every file is another one, and one is gone since. */
export function makeOldRegistry(out: string): void {
  const present = readFolder(out);
  const { manifest } = readManifest(present.get("manifest.json"));
  const files = new Map(manifest.files);
  for (const file of [...manifest.files.keys(), "modules/remotion-gone/main.tf"]) {
    const text = `${present.get(file) ?? ""}\n# old\n`;
    writeFile(out, file, text);
    files.set(file, hashOf(text));
  }
  for (const [file, text] of OWN_OF_REPOSITORY) {
    writeFile(out, file, text);
  }
  writeFile(out, "manifest.json", writeManifest({ ...manifest, files }));
}

/** Each file is the old one or the new one, and what is not the generator's is as it was. */
export function wrongInRegistry(
  files: ReadonlyMap<string, string>,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): { readonly wrong: readonly string[]; readonly states: ReadonlySet<string> } {
  const states = new Set<string>();
  const wrong = [...files].flatMap(([file, text]) => {
    if (OWN_OF_REPOSITORY.has(file) || file.startsWith(".remotion-lambda-terraform/")) {
      return [];
    }
    const state = before.get(file) === text ? "old" : after.get(file) === text ? "new" : "neither";
    states.add(state);
    return state === "neither" ? [file] : [];
  });
  const lost = [...OWN_OF_REPOSITORY].flatMap(([file, text]) =>
    files.get(file) === text ? [] : [file],
  );
  return { wrong: [...wrong, ...lost], states };
}
