import { isObject } from "../json/json-value.js";
import type { RepeatedKeys } from "../json/repeated-key.js";
import { Unknown } from "../terraform-expression/unknown.js";

/**
 * The text of a policy document, whichever way an answer has it: the API's text in URL encoding, which the `aws`
 * command line, and not everything else, makes an object of; plain text; or the object. What is none of these
 * becomes a text that no policy has.
 *
 * @param repeated the objects of the answers in which a key stood twice: the text of such a document has it twice
 *   again, so that it is refused
 */
export function documentText(document: unknown, repeated: RepeatedKeys): string | Unknown {
  if (document instanceof Unknown) {
    return document;
  }
  if (typeof document === "string") {
    return decoded(document);
  }
  return repeated.size === 0 ? JSON.stringify(document) : textWithRepeated(document, repeated);
}

/** AWS answers with a text in URL encoding, which its command line, and nothing else, takes away. */
function decoded(document: string): string {
  if (document.startsWith("{") || !/^\s*%7[bB]/.test(document)) {
    return document;
  }
  try {
    return decodeURIComponent(document);
  } catch {
    return document;
  }
}

/** What stood first under a key that stands twice is lost: null stands for it. */
function textWithRepeated(value: unknown, repeated: RepeatedKeys): string {
  if (Array.isArray(value)) {
    return `[${value.map((item) => textWithRepeated(item, repeated)).join()}]`;
  }
  if (!isObject(value)) {
    return JSON.stringify(value);
  }
  const key = repeated.get(value);
  const members = Object.entries(value).map(
    ([name, item]) => `${JSON.stringify(name)}:${textWithRepeated(item, repeated)}`,
  );
  return `{${[...(key === undefined ? [] : [`${JSON.stringify(key)}:null`]), ...members].join()}}`;
}
