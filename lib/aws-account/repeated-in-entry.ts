import type { RepeatedKeys } from "../json/repeated-key.js";

/** Where the documents are in an answer. */
const DOCUMENT_KEYS: ReadonlySet<string> = new Set([
  "PolicyDocument",
  "Document",
  "AssumeRolePolicyDocument",
]);

/** A key that stands twice in an entry, but for its policy documents: these are refused by themselves. */
export function repeatedInEntry(value: unknown, repeated: RepeatedKeys): string | undefined {
  if (repeated.size === 0 || typeof value !== "object" || value === null) {
    return undefined;
  }
  const own = repeated.get(value);
  if (own !== undefined) {
    return own;
  }
  for (const [key, item] of Object.entries(value)) {
    const found = DOCUMENT_KEYS.has(key) ? undefined : repeatedInEntry(item, repeated);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
