import { UnreadableFile } from "./errors.js";
import { isObject } from "./json-value.js";
import { parseJson } from "./parse-json.js";
import { Unknown } from "./unknown.js";

/** The document that the text of a policy holds; unknown where it is not told, or is none. */
export function documentOf(text: unknown): unknown {
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
