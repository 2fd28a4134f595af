import type { JsonObject, JsonValue } from "./json-value.js";
import { elementAt, localsBesideUse } from "./layout.js";
import type { MainElement, ModuleDocument } from "./module-document.js";

/** File name, relative to the module's folder → content. */
export type EditionFiles = ReadonlyMap<string, string>;

/** One file of a module, in any language. */
export interface ModuleFile {
  /** Without its extension. */
  readonly name: string;
  /** What it holds, in Terraform's JSON syntax. */
  readonly terraform: JsonObject;
  /** Its locals and resources, in the order of reading. */
  readonly layout: readonly MainElement[];
}

/** Where locals and resources stand that say nothing of a concern, and all `moved` blocks. */
const MAIN = "main";

/**
 * The files of a module that hold something: those of HashiCorp's standard module structure, and beside `main`
 * one for every concern, in the order in which they are met.
 *
 * @see https://developer.hashicorp.com/terraform/language/modules/develop/structure
 */
export function filesOf(document: ModuleDocument): ModuleFile[] {
  const { terraform, layout } = document;
  const concerns = new Set([MAIN, ...layout.map(concernOf)]);
  const files = [
    sections("versions", terraform, ["terraform"]),
    sections("variables", terraform, ["variable"]),
    ...[...concerns].map((concern) => elementsFile(concern, document)),
    sections("outputs", terraform, ["output"]),
  ];
  return files.filter((file) => Object.keys(file.terraform).length > 0);
}

function concernOf({ concern = MAIN }: MainElement): string {
  return concern;
}

function sections(name: string, terraform: JsonObject, keys: readonly string[]): ModuleFile {
  const entries = keys.flatMap((key): [string, JsonValue][] => {
    const value = terraform[key];
    return value === undefined ? [] : [[key, value]];
  });
  return { name, terraform: Object.fromEntries(entries), layout: [] };
}

function elementsFile(name: string, { terraform, layout }: ModuleDocument): ModuleFile {
  const elements = layout.filter((element) => concernOf(element) === name);
  const others = layout.filter((element) => concernOf(element) !== name);
  const ordered = localsBesideUse(terraform, elements, others);
  const held: Record<string, Record<string, JsonValue>> = {};
  for (const { address } of ordered) {
    const [type = "", id = ""] = address.split(".");
    held[type] = { ...held[type], [id]: elementAt(terraform, address) };
  }
  const { local: locals, ...resource } = held;
  const moved = name === MAIN ? terraform["moved"] : undefined;
  return {
    name,
    terraform: {
      ...(locals === undefined ? {} : { locals }),
      ...(Object.keys(resource).length > 0 ? { resource } : {}),
      ...(moved === undefined ? {} : { moved }),
    },
    layout: ordered,
  };
}
