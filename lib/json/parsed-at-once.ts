import { setMember } from "./json-value.js";
import { NO_REPEATED_KEYS } from "./repeated-key.js";
import type { Members, Selection } from "./selection.js";

/** How long a text may be, in bytes: it is there three times, as what it says and as what is written again of it. */
export const LONGEST_AT_ONCE = 4 * 1024 * 1024;

/**
 * What is selected of a text of JSON, where it is written without white space, as Terraform does: Node.js parses that
 * several times as fast as code that has not run often. Undefined of anything else, such as what has a key twice or
 * does not end: whoever reads it piece by piece says what it is.
 *
 * @param maxDepth how deep lists and objects may lie in one another
 */
export function parsedAtOnce(
  text: string,
  selection: Selection,
  maxDepth: number,
): { readonly value: unknown } | undefined {
  if (/^[[{]\s/.test(text)) {
    return undefined;
  }
  const json = text.endsWith("\n") ? text.slice(0, -1) : text;
  let value: unknown;
  try {
    value = JSON.parse(json);
    // What reads the same when it is written again has lost no key, and has them in their order.
    if (JSON.stringify(value) !== json) {
      return undefined;
    }
  } catch {
    return undefined;
  }
  return isDeeper(value, maxDepth) ? undefined : { value: selected(value, selection, {}) };
}

/** @param before members of the same object that come before it */
function selected(
  value: unknown,
  selection: Selection,
  before: Readonly<Record<string, unknown>>,
): unknown {
  if (selection === "all") {
    return value;
  }
  if (selection === "nothing") {
    return undefined;
  }
  if (selection === "text") {
    return typeof value === "string" || value === null ? value : JSON.stringify(value);
  }
  if (typeof selection === "function") {
    return selected(value, selection(before), before);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (selection.of === "object") {
    return Array.isArray(value) ? value : membersOf(value, selection);
  }
  return Array.isArray(value)
    ? value
        .map((item) => selection.held(selected(item, selection.each, {}), NO_REPEATED_KEYS))
        .filter((item) => item !== undefined)
    : value;
}

function membersOf(value: object, { named, others }: Members): object {
  const object: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    const { selection } = named.find((one) => one.name === name) ?? { selection: others };
    const found = selected(member, selection, object);
    if (found !== undefined) {
      setMember(object, name, found);
    }
  }
  return object;
}

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  return depth === 0 || Object.values(value).some((inner) => isDeeper(inner, depth - 1));
}
