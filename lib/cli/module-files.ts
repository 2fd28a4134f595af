import { unknownModule } from "./errors.js";
import type { Files } from "./output-folder.js";
import { PUBLISHED_FILES } from "./published-files.js";

/** The editions that a module can be written in. */
const FORMATS = ["hcl", "json", "both"] as const;

/** The editions that a module is written in. */
export type Format = (typeof FORMATS)[number];

/**
 * The published modules that are named; all of them where none is.
 *
 * @throws when a name is not a module's
 */
export function selectModules(names: readonly string[]): string[] {
  const known = Object.keys(PUBLISHED_FILES);
  for (const name of names) {
    if (!known.includes(name)) {
      throw unknownModule(name, known);
    }
  }
  return names.length > 0 ? known.filter((name) => names.includes(name)) : known;
}

/** Folders of a module's editions, relative to the output folder. */
export function moduleFolders(name: string, format: Format): string[] {
  return [...(format === "json" ? [] : [name]), ...(format === "hcl" ? [] : [`json/${name}`])];
}

/** The files of these modules in this format. */
export function moduleFiles(names: readonly string[], format: Format): Files {
  const files = new Map<string, string>();
  for (const name of names) {
    const { hcl = {}, json = {} } = PUBLISHED_FILES[name] ?? {};
    if (format !== "json") {
      for (const [file, text] of Object.entries(hcl)) {
        files.set(`${name}/${file}`, text);
      }
    }
    if (format !== "hcl") {
      for (const [file, text] of Object.entries(json)) {
        files.set(`json/${name}/${file}`, text);
      }
    }
  }
  return files;
}
