import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { join as joinPath } from "node:path/posix";
import { promisify } from "node:util";
import { renameImports } from "../cdk-terrain/rename.js";
import { REPOSITORY } from "./repository.js";

/** The declarations of the constructs: an entry, and the folder of the files that name packages of CDKTF. */
const CONSTRUCTS = { entry: "index.d.ts", folder: "constructs/" };

/** The same for CDK Terrain; as deep, so that what they import of other folders lies where it did. */
const TERRAIN = { entry: "cdktn.d.ts", folder: "cdktn/" };

/**
 * What the library is for the compiler of whoever imports it.
 *
 * @returns path with `/` → text: the entries, and what they need
 */
export async function declarations(): Promise<ReadonlyMap<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), "remotion-declarations-"));
  try {
    const manifest = createRequire(import.meta.url).resolve("typescript/package.json");
    const compiler = join(dirname(manifest), "bin", "tsc");
    const options = ["-p", "tsconfig.library.json", "--outDir", folder];
    await promisify(execFile)(process.execPath, [compiler, ...options], { cwd: REPOSITORY });
    const constructs = needed(folder, CONSTRUCTS.entry);
    return new Map([...constructs, ...needed(folder, "policies.d.ts"), ...renamed(constructs)]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A file of declarations and all of ours that it imports; the compiler writes those of every source. */
function needed(folder: string, file: string, found = new Map<string, string>()) {
  if (!found.has(file)) {
    const text = readFileSync(join(folder, file), "utf8");
    found.set(file, text);
    for (const [, path = ""] of text.matchAll(/(?:\bfrom |\bimport\()"(\.[^"]+)\.js"/g)) {
      needed(folder, joinPath(dirname(file), `${path}.d.ts`), found);
    }
  }
  return found;
}

/** Those that are another file for CDK Terrain. */
function renamed(constructs: ReadonlyMap<string, string>): [file: string, text: string][] {
  return [...constructs].flatMap(([file, text]) => {
    if (file === CONSTRUCTS.entry) {
      const moved = text.replaceAll(`"./${CONSTRUCTS.folder}`, `"./${TERRAIN.folder}`);
      return [[TERRAIN.entry, renameImports(moved)]];
    }
    return file.startsWith(CONSTRUCTS.folder)
      ? [[file.replace(CONSTRUCTS.folder, TERRAIN.folder), renameImports(text)]]
      : [];
  });
}
