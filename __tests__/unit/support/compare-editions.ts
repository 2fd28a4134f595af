import { parse } from "@cdktf/hcl2json";
import type { EditionFiles } from "../../../lib/module/edition.js";
import { hclEdition } from "../../../lib/module/hcl-edition.js";
import { jsonEdition } from "../../../lib/module/json-edition.js";
import type { JsonObject } from "../../../lib/module/json-value.js";
import type { ModuleDocument } from "../../../lib/module/module-document.js";
import { canonicalHcl, canonicalJson } from "./canonical-configuration.js";
import { differences } from "./differences.js";

/**
 * Reads the HCL edition with Terraform's own parser and compares it with the JSON edition, file by
 * file and value by value.
 *
 * @returns what differs, each with its file and path; what the parser refuses is a difference too
 */
export async function compareEditions(hcl: EditionFiles, json: EditionFiles): Promise<string[]> {
  const files = [...new Set([...hcl.keys(), ...[...json.keys()].map(withoutJson)])];
  const byFile = await Promise.all(
    files.map(async (file) => {
      const [hclText, jsonText] = [hcl.get(file), json.get(`${file}.json`)];
      if (hclText === undefined || jsonText === undefined) {
        return [`is in the ${hclText === undefined ? "JSON" : "HCL"} edition alone`];
      }
      return compareFile(file, hclText, jsonText);
    }),
  );
  return files.flatMap((file, index) => (byFile[index] ?? []).map((found) => `${file}: ${found}`));
}

/** Compares the editions that a document is written in. */
export function compareEditionsOf(document: ModuleDocument): Promise<string[]> {
  return compareEditions(hclEdition(document), jsonEdition(document));
}

async function compareFile(file: string, hclText: string, jsonText: string): Promise<string[]> {
  let parsed: JsonObject;
  try {
    parsed = (await parse(file, hclText)) as JsonObject;
  } catch (error) {
    return [`the parser refuses it: ${String(error)}`];
  }
  return differences(canonicalHcl(parsed), canonicalJson(JSON.parse(jsonText) as JsonObject));
}

function withoutJson(file: string): string {
  return file.replace(/\.json$/, "");
}
