import { isNestedDeeper } from "../iam/nesting.js";
import { jsonErrorOffset } from "../json/json-error-offset.js";
import { MAX_DEPTH } from "../json/json-reader.js";
import type { JsonObject } from "../json/json-value.js";
import { nestedTooDeep } from "../terraform-expression/errors.js";
import { notJson } from "./errors.js";

/**
 * Parses a JSON text that stands in a file: that of a policy.
 *
 * @throws {UnreadableFile} when it is not JSON, or nested too deep
 */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    if (isNestedDeeper(text, MAX_DEPTH)) {
      throw nestedTooDeep(MAX_DEPTH);
    }
    // What V8 says of the place changes from release to release.
    const offset = jsonErrorOffset(text) ?? text.length;
    const before = text.slice(0, offset);
    const column = offset - before.lastIndexOf("\n");
    throw notJson(before.split("\n").length, column, text.slice(offset, offset + 20));
  }
  if (isDeeper(value, MAX_DEPTH)) {
    throw nestedTooDeep(MAX_DEPTH);
  }
  return value;
}

/**
 * Whether objects and lists are nested deeper than this. Far faster than to look at every character,
 * and without a list for each of them: most of a large file is looked at just here.
 */
function isDeeper(value: unknown, limit: number): boolean {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  if (limit === 0) {
    return true;
  }
  if (Array.isArray(value)) {
    return value.some((item) => isDeeper(item, limit - 1));
  }
  for (const key in value) {
    if (isDeeper((value as JsonObject)[key], limit - 1)) {
      return true;
    }
  }
  return false;
}
