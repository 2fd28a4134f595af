import type { JsonObject, JsonValue } from "./json-value.js";
import type { ModuleDocument } from "./module-document.js";

/** The files that HashiCorp's standard module structure has, and what each of them holds. */
const MODULE_FILES = {
  versions: ["terraform"],
  variables: ["variable"],
  main: ["locals", "resource", "moved"],
  outputs: ["output"],
} as const;

/** Name of a module's file, without its extension. */
export type ModuleFile = keyof typeof MODULE_FILES;

/** File name, relative to the module's folder → content. */
export type EditionFiles = ReadonlyMap<string, string>;

/** The part of a module that belongs into one of its files. */
export function partOf(document: ModuleDocument, file: ModuleFile): JsonObject {
  const entries = MODULE_FILES[file].flatMap((key): [string, JsonValue][] => {
    const value = document.terraform[key];
    return value === undefined ? [] : [[key, value]];
  });
  return Object.fromEntries(entries);
}

/** The files of a module that hold something. */
export function filesOf(document: ModuleDocument): ModuleFile[] {
  const files = Object.keys(MODULE_FILES) as ModuleFile[];
  return files.filter((file) => Object.keys(partOf(document, file)).length > 0);
}
