import { type EditionFiles, filesOf } from "./edition.js";
import type { ModuleDocument } from "./module-document.js";

/**
 * The JSON edition of a module: `versions.tf.json` and its siblings. It has no comments, because
 * inside a local a comment would be data.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function jsonEdition(document: ModuleDocument): EditionFiles {
  return new Map(
    filesOf(document).map(({ name, terraform }) => [
      `${name}.tf.json`,
      `${JSON.stringify(terraform, null, 2)}\n`,
    ]),
  );
}
