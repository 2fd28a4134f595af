import { existsSync, readdirSync } from "node:fs";
import {
  hashOf,
  MANIFEST_FILE,
  type Manifest,
  withoutCarriageReturns,
  writeManifest,
} from "./manifest.js";
import type { Changes, OutputFolder } from "./output-folder.js";
import { registryTree } from "./registry-tree.js";

/** Folders of the tree that hold nothing but what is generated. */
const OWN_FOLDERS = ["modules", "examples"];

/**
 * Compares a folder with the tree for the Terraform registry. What is not the generator's, as `.git` or
 * `.github`, stays; what would change a module is told.
 *
 * @throws when a file lies behind a symbolic link, or something else is in its place
 */
export function compareTree(folder: OutputFolder): Changes {
  const { manifest: recorded, state } = folder.manifest();
  const wanted = registryTree();
  const manifest: Manifest = {
    layout: "registry",
    generated: { hcl: "all", json: [] },
    files: new Map([...wanted].map(([file, text]) => [file, hashOf(text)])),
  };
  const write = new Map<string, { before: string | undefined; after: string }>();
  for (const [file, text] of [...wanted, [MANIFEST_FILE, writeManifest(manifest)] as const]) {
    const before = folder.read(file);
    if (before === undefined || withoutCarriageReturns(before) !== text) {
      write.set(file, { before, after: text });
    }
  }
  const remove = [...recorded.files.keys()].filter(
    (file) => !wanted.has(file) && folder.read(file) !== undefined,
  );
  const isUntouched = (file: string) => {
    if (file === MANIFEST_FILE) {
      return state !== "foreign";
    }
    const now = folder.read(file);
    return now === undefined || recorded.files.get(file) === hashOf(now);
  };
  return {
    folders: new Map(),
    write,
    remove,
    edited: [...write.keys(), ...remove].filter((file) => !isUntouched(file)),
    foreign: foreignFiles(folder).filter((file) => !wanted.has(file) && !recorded.files.has(file)),
    foreignModules: [],
    manifest,
  };
}

/** Files that belong to a module or an example, and Terraform at the root, which is a module as well. */
function foreignFiles(folder: OutputFolder): string[] {
  const root = existsSync(folder.path) ? readdirSync(folder.path) : [];
  return [
    ...root.filter((name) => /\.tf(\.json)?$/.test(name)),
    ...OWN_FOLDERS.flatMap((name) => folder.list(name)),
  ];
}
