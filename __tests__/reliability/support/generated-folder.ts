import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { folderOf, hashOf, readManifest, writeManifest } from "../../../lib/cli/manifest.js";
import { readFolder, writeFile } from "../../unit/support/folder.js";

/** Files of the user's in the modules' folders: what is Terraform's, a state, a file and a folder. */
export const OWN: ReadonlyMap<string, string> = new Map([
  ["remotion-user/.terraform/modules/modules.json", "{}\n"],
  ["remotion-user/.terraform.lock.hcl", "# lock\n"],
  ["remotion-user/terraform.tfstate", '{ "serial": 7 }\n'],
  ["remotion-user/mine.tf", "# mine\n"],
  ["json/remotion-user/examples/deep/main.tf", "# mine, too\n"],
]);

/** A module that an earlier release published, in both editions. */
const GONE: ReadonlyMap<string, string> = new Map([
  ["remotion-gone/main.tf", "# gone\n"],
  ["json/remotion-gone/main.tf.json", "{}\n"],
  ["remotion-user/gone.tf", "# gone\n"],
]);

/** Makes a folder what an earlier release has written there: every file is another one. */
export function makeOld(out: string): void {
  const present = readFolder(out);
  const { manifest } = readManifest(present.get("manifest.json"));
  const files = new Map(manifest.files);
  for (const file of manifest.files.keys()) {
    const text = `${present.get(file)}\n# old\n`;
    writeFile(out, file, text);
    files.set(file, hashOf(text));
  }
  for (const [file, text] of GONE) {
    writeFile(out, file, text);
    files.set(file, hashOf(text));
  }
  for (const [file, text] of OWN) {
    writeFile(out, file, text);
  }
  writeFile(out, "manifest.json", writeManifest({ ...manifest, files }));
}

/** What each module's folder is: `old`, `new`, `absent`, or what is wrong with it. */
function modulesIn(
  out: string,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Map<string, string> {
  const present = readFolder(out);
  const folders = new Set(
    [...before.keys(), ...after.keys()].flatMap((file) => folderOf(file) ?? []),
  );
  const generated = (files: ReadonlyMap<string, string>, folder: string) =>
    JSON.stringify(
      [...files].filter(([file]) => folderOf(file) === folder && !OWN.has(file)).sort(),
    );
  return new Map(
    [...folders].map((folder) => {
      const now = generated(present, folder);
      if (!existsSync(join(out, folder))) {
        return [folder, generated(after, folder) === "[]" ? "new" : "absent"];
      }
      const what = [before, after].map((files) => generated(files, folder)).indexOf(now);
      return [folder, ["old", "new"][what] ?? `neither: ${now.slice(0, 500)}`];
    }),
  );
}

/**
 * The modules' folders are the old ones, the new ones or absent; and the record can be read.
 *
 * @param partly whether the record may be of old modules and new ones
 */
export function expectWhole(
  out: string,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  partly = false,
): string[] {
  const states = [...modulesIn(out, before, after).values()];
  expect(states.filter((state) => !["old", "new", "absent"].includes(state))).toEqual([]);
  const manifest = readFolder(out).get("manifest.json");
  if (!partly) {
    expect([before.get("manifest.json"), after.get("manifest.json")]).toContain(manifest);
  }
  expect(readManifest(manifest).state).toBe("whole");
  return states;
}

/** A module that is there has the user's files in it. */
export function expectOwn(out: string): void {
  const files = readFolder(out);
  expect(new Map([...OWN.keys()].map((file) => [file, files.get(file)]))).toEqual(OWN);
}

/** Nothing is left that a run works with. */
export function expectClean(out: string): void {
  expect(readdirSync(out).filter((name) => name.startsWith(".remotion"))).toEqual([]);
}
