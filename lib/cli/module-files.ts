import { unknownModule } from "./errors.js";
import type { Files } from "./output-folder.js";
import { LICENSE, PUBLISHED_FILES } from "./published-files.js";

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
    const editions = { [name]: hcl, [`json/${name}`]: json };
    for (const folder of moduleFolders(name, format)) {
      // Each folder can be copied alone, and the licence asks to go along.
      for (const [file, text] of Object.entries({ ...editions[folder], LICENSE })) {
        files.set(`${folder}/${file}`, text);
      }
    }
  }
  return files;
}
