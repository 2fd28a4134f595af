import { readFileSync } from "node:fs";
import { PUBLISHED_MODULES } from "../../stacks/modules/index.js";
import type { EditionFiles } from "../module/edition.js";
import { hclEdition } from "../module/hcl-edition.js";
import { jsonEdition } from "../module/json-edition.js";
import { readmeEdition } from "../module/readme-edition.js";
import type { EditionLanguage } from "../module/terraform-docs.js";
import { testsEdition } from "../module/tests-edition.js";

/** The licence, which lies in every module's folder. */
export const LICENSE = readFileSync(new URL("../../LICENSE", import.meta.url), "utf8");

/** The editions of a module: path of a file in its folder → text. */
export interface PublishedFiles {
  readonly hcl: Readonly<Record<string, string>>;
  readonly json: Readonly<Record<string, string>>;
}

/**
 * What every published module is synthesized to, by the module's name. The build takes this value,
 * which is plain JSON, in place of this file: what is published does without CDKTF.
 */
export const PUBLISHED_FILES: Readonly<Record<string, PublishedFiles>> = Object.fromEntries(
  [...PUBLISHED_MODULES].map(([name, create]) => {
    const stack = create();
    const document = stack.toDocument();
    const tests = Object.fromEntries(testsEdition(stack.toTests()));
    const written = (language: EditionLanguage, edition: EditionFiles) => ({
      ...Object.fromEntries(edition),
      "README.md": readmeEdition(document, stack.toReadme(language), language),
      ...tests,
    });
    return [
      name,
      {
        hcl: written("hcl", hclEdition(document)),
        json: written("json", jsonEdition(document)),
      },
    ];
  }),
);
