import { createRequire } from "node:module";
import type * as Yaml from "yaml";

/** The library that reads YAML. */
export type YamlLibrary = Pick<
  typeof Yaml,
  "Composer" | "isAlias" | "isMap" | "isScalar" | "isSeq" | "Parser"
>;

let library: YamlLibrary | undefined;

/**
 * The library that reads YAML, loaded when it is first asked for: few files are YAML. In the bundle this file is
 * another one, which holds the library (`scripts/build/late-yaml.ts`).
 */
export function yamlLibrary(): YamlLibrary {
  library ??= createRequire(import.meta.url)("yaml") as YamlLibrary;
  return library;
}
