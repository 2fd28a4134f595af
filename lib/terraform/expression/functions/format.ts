import { Unknown } from "../../unknown.js";
import { Failure } from "../failure.js";
import { jsonEncode } from "../json-encode.js";
import type { Limits } from "../limits.js";
import type { Value } from "../value.js";
import { numberArg, textArg } from "./function.js";

const VERB = /%(-?)(0?)(\d{0,3})([%svdqtf])/y;

/**
 * `format()`, with the verbs that names and ARNs are made with: `%s`, `%v`, `%d`, `%q`, `%t`, `%f`,
 * `%%`, and a width.
 *
 * @returns unknown for other verbs
 */
export function formatted(pattern: string, values: readonly Value[], limits: Limits): Value {
  let text = "";
  let next = 0;
  for (let at = 0; at < pattern.length; ) {
    if (pattern[at] !== "%") {
      const end = pattern.indexOf("%", at);
      text += pattern.slice(at, end === -1 ? pattern.length : end);
      at = end === -1 ? pattern.length : end;
      continue;
    }
    VERB.lastIndex = at;
    const [found, left = "", zero = "", width = "", verb = ""] = VERB.exec(pattern) ?? [];
    if (found === undefined) {
      return new Unknown("format() with such a verb is not worked out here");
    }
    at += found.length;
    if (verb === "%") {
      text += "%";
      continue;
    }
    const value = values[next];
    next += 1;
    if (value === undefined) {
      throw new Failure("format() has fewer values than verbs");
    }
    const piece = spelled(verb, value, limits);
    text +=
      left === "-"
        ? piece.padEnd(Number(width))
        : piece.padStart(Number(width), zero === "0" && verb !== "s" ? "0" : " ");
  }
  if (next < values.length) {
    throw new Failure("format() has more values than verbs");
  }
  limits.spendText(text.length);
  return text;
}

function spelled(verb: string, value: Value, limits: Limits): string {
  switch (verb) {
    case "d":
      return String(Math.trunc(numberArg(value)));
    case "f":
      return numberArg(value).toFixed(6);
    case "q":
      return JSON.stringify(textArg(value));
    case "v":
      return typeof value === "object" ? String(jsonEncode(value, limits)) : textArg(value);
    default:
      return textArg(value);
  }
}
