import { numberText, settled } from "./convert.js";
import type { Limits } from "./limits.js";
import { plain } from "./operators.js";
import { Unknown } from "./unknown.js";
import { entriesOf, isList, type Value } from "./value.js";

/** The JSON text of a value, character for character as Terraform writes it; unknown if a part is. */
export function jsonEncode(value: Value, limits: Limits): string | Unknown {
  return limits.nested(() => {
    const known = settled(value);
    if (known instanceof Unknown) {
      return plain(known);
    }
    if (typeof known === "string") {
      limits.spendText(known.length);
      return JSON.stringify(known).replace(/[<>&\u2028\u2029]/g, escaped);
    }
    if (typeof known !== "object" || known === null) {
      return typeof known === "number" ? numberText(known) : String(known);
    }
    const members = isList(known)
      ? known.map((item) => jsonEncode(item, limits))
      : entriesOf(known).map(([key, item]) => {
          const text = jsonEncode(item, limits);
          return text instanceof Unknown ? text : `${String(jsonEncode(key, limits))}:${text}`;
        });
    const unknown = members.find((member) => member instanceof Unknown);
    if (unknown !== undefined) {
      return unknown;
    }
    const text = members.join(",");
    limits.spendText(text.length);
    return isList(known) ? `[${text}]` : `{${text}}`;
  });
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
