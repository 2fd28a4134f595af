import { type EditionFiles, filesOf, type ModuleFile } from "./edition.js";
import { isJsonObject, type JsonObject, type JsonValue } from "./json-value.js";
import { elementAt } from "./layout.js";
import type { MainElement, ModuleDocument } from "./module-document.js";

/**
 * The JSON edition of a module: `versions.tf.json` and its siblings. What statements are for is said directly in a
 * `locals` block, under `//`: Terraform takes it for a comment there, and for data inside of a local.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function jsonEdition(document: ModuleDocument): EditionFiles {
  return new Map(
    filesOf(document).map((file) => [
      `${file.name}.tf.json`,
      `${JSON.stringify(withComments(file), null, 2)}\n`,
    ]),
  );
}

function withComments({ terraform, layout }: ModuleFile): JsonObject {
  const { locals, ...others } = terraform;
  const comments = layout.flatMap((element): [string, JsonValue][] => {
    const sentences = sentencesOf(terraform, element);
    return sentences === undefined ? [] : [[element.address.slice("local.".length), sentences]];
  });
  return comments.length === 0 || !isJsonObject(locals)
    ? terraform
    : { locals: { "//": Object.fromEntries(comments), ...locals }, ...others };
}

/** What is said of the statements in a local: their Sids with a sentence each, by profile where it holds several. */
function sentencesOf(
  terraform: JsonObject,
  { address, comments }: MainElement,
): JsonObject | undefined {
  const value = elementAt(terraform, address);
  const said: Record<string, string | Record<string, string>> = {};
  for (const [pointer, sentence] of comments) {
    const [, ...path] = pointer.split("/");
    const sid = sidOf(path.reduce(partAt, value));
    const [group] = path.length > 1 ? path : [];
    if (sid !== undefined && group === undefined) {
      said[sid] = sentence;
    } else if (sid !== undefined && group !== undefined) {
      said[group] = { ...Object(said[group]), [sid]: sentence };
    }
  }
  return Object.keys(said).length === 0 ? undefined : said;
}

function sidOf(value: JsonValue): string | undefined {
  const { Sid } = isJsonObject(value) ? value : {};
  return typeof Sid === "string" ? Sid : undefined;
}

function partAt(value: JsonValue, key: string): JsonValue {
  return (value as Readonly<Record<string, JsonValue>> | null)?.[key] ?? null;
}
