import { UnreadableFile } from "./errors.js";
import { isObject } from "./json-value.js";
import { parseJson } from "./parse-json.js";
import { Unknown } from "./unknown.js";

/** The documents of the policies of a file, one for all that have the same text. */
export class PolicyDocuments {
  readonly #byText = new Map<string, unknown>();

  /** The document that the text of a policy holds; unknown where it is not told, or is none. */
  of(text: unknown): unknown {
    if (typeof text !== "string") {
      return documentOf(text);
    }
    const known = this.#byText.get(text);
    if (known !== undefined) {
      return known;
    }
    const document = documentOf(text);
    this.#byText.set(text, document);
    return document;
  }
}

function documentOf(text: unknown): unknown {
  if (text instanceof Unknown) {
    return text;
  }
  if (typeof text !== "string" || text === "") {
    return new Unknown("it is not in the file");
  }
  try {
    const document = parseJson(text);
    return isObject(document) ? document : new Unknown("it is no JSON object");
  } catch (error) {
    if (error instanceof UnreadableFile) {
      return new Unknown("it is not JSON, or nested too deep");
    }
    throw error;
  }
}
