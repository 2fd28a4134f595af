/** A text as HTML has it, in an element or in an attribute with quotes. */
export function escapedHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * A value as JSON that may stand in a script element: nothing in it begins or ends a tag or a comment.
 *
 * @param shown makes a text harmless to whatever shows it
 */
export function embeddedJson(value: unknown, shown: (text: string) => string): string {
  return JSON.stringify(value, (_key, one: unknown) =>
    typeof one === "string" ? shown(one) : one,
  ).replace(/[<>&\u2028\u2029]/g, unicodeEscape);
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
