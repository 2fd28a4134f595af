import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { ownerAndName } from "../../lib/cli/addresses.js";
import { run } from "../../lib/cli/main.js";
import { MODULES, moduleFiles } from "../../lib/cli/module-files.js";
import { REGISTRY_DOCUMENTS } from "../../lib/cli/registry-documents.js";
import { packPackage } from "../build/pack.js";
import { REPOSITORY } from "../build/repository.js";
import { zipOf } from "./archive.js";
import { notesOf } from "./changelog.js";
import { stepFailed } from "./errors.js";
import { sbomOf } from "./sbom.js";

/** Name of the file with the sums of all others, as `sha256sum --check` reads it. */
export const SUMS = "SHA256SUMS";

/**
 * Makes all that a release of this clone publishes beside its tag: the npm package with its bill of materials, an archive
 * for each module with both editions, the tree for the registry as a folder and as an archive, the notes, and the sums.
 *
 * @param out a folder that is empty or not there
 */
export async function makeArtifacts(out: string): Promise<void> {
  const { version } = REGISTRY_DOCUMENTS;
  const textOf = (file: string) => readFileSync(join(REPOSITORY, file), "utf8");
  mkdirSync(out, { recursive: true });

  const manifest = JSON.parse(textOf("package.json"));
  const { bundled } = await packPackage(out);
  const sbom = sbomOf(manifest, bundled, JSON.parse(textOf("package-lock.json")));
  writeFileSync(join(out, `${manifest.name}-${version}.cdx.json`), sbom);

  await makeArchives(out);

  writeFileSync(join(out, "release-notes.md"), notesOf(textOf("CHANGELOG.md"), version));
  writeFileSync(join(out, SUMS), sumsOf(out));
}

/**
 * Makes those of the artifacts that Terraform fetches modules from: an archive for each module, and the tree for the
 * registry as a folder and as an archive.
 *
 * @param out a folder
 */
export async function makeArchives(out: string): Promise<void> {
  const { version, addresses } = REGISTRY_DOCUMENTS;
  for (const name of MODULES) {
    const files = [name, `json/${name}`].flatMap((folder) =>
      [...moduleFiles(folder)].map(([file, text]) => [`${folder}/${file}`, text] as const),
    );
    writeFileSync(join(out, `${name}-${version}.zip`), zipOf(new Map(files)));
  }

  const [, tree] = ownerAndName(addresses.modulesRepository);
  await generateTree(join(out, tree));
  writeFileSync(join(out, `${tree}-${version}.zip`), zipOf(filesBelow(join(out, tree))));
}

async function generateTree(folder: string): Promise<void> {
  const notes: string[] = [];
  const note = (text: string) => void notes.push(text);
  const args = ["generate", "--layout", "registry", "--out", folder];
  if ((await run(args, { result: note, note })) !== 0) {
    throw stepFailed(args.join(" "), notes.join("\n"));
  }
}

/** Path, with `/` → text. */
function filesBelow(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(folder, path).split(sep).join("/"), readFileSync(path, "utf8")];
    }),
  );
}

function sumsOf(folder: string): string {
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  const names = files.map(({ name }) => name).sort();
  const sum = (name: string) =>
    createHash("sha256")
      .update(readFileSync(join(folder, name)))
      .digest("hex");
  return names.map((name) => `${sum(name)}  ${name}\n`).join("");
}
