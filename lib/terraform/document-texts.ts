import { isObject } from "../json/json-value.js";
import { settled } from "../terraform-expression/convert.js";
import { Unknown } from "../terraform-expression/unknown.js";
import type { Value, ValueObject } from "../terraform-expression/value.js";
import { withHoles } from "./json-with-holes.js";
import { parseJson } from "./parse-json.js";

/** The policy documents that texts hold, each worked out once. */
export class DocumentTexts {
  readonly #byText = new Map<string, Value>();

  /** The document of a text, or of what is known of it; unknown where it is none. */
  of(text: Value): Value {
    const known = settled(text);
    if (known instanceof Unknown) {
      const { encodes, pieces } = known.known;
      return encodes !== undefined ? (encodes as Value) : pieces ? withHoles(known) : known;
    }
    if (typeof known !== "string") {
      return new Unknown("it is no text");
    }
    const parsed = this.#byText.get(known) ?? documentIn(known);
    this.#byText.set(known, parsed);
    return parsed;
  }
}

function documentIn(text: string): Value {
  try {
    const document = parseJson(text);
    return isObject(document) ? (document as ValueObject) : new Unknown("it is no JSON object");
  } catch {
    return new Unknown("it is not JSON, or nested too deep");
  }
}
