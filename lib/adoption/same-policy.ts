import { parseJson } from "../terraform/parse-json.js";

/**
 * Whether a policy's text says what a document says. The order of statements, actions and resources
 * has no meaning in IAM, and neither has a list of one.
 */
export function isSamePolicy(text: string, document: unknown): boolean {
  try {
    return canonical(parseJson(text)) === canonical(document);
  } catch {
    return false;
  }
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    const items = value.map(canonical).sort();
    return items.length === 1 ? String(items[0]) : `[${items.join(",")}]`;
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(
      ([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`,
    );
    return `{${entries.sort().join(",")}}`;
  }
  return JSON.stringify(value);
}
