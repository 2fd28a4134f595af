import { settled } from "../convert.js";
import { Failure } from "../failure.js";
import { jsonEncode } from "../json-encode.js";
import type { Limits } from "../limits.js";
import { plain } from "../operators.js";
import { TextPieces } from "../text-pieces.js";
import { Unknown } from "../unknown.js";
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
  const text = new TextPieces(limits);
  let next = 0;
  for (let at = 0; at < pattern.length; ) {
    if (pattern[at] !== "%") {
      const end = pattern.indexOf("%", at);
      text.add(pattern.slice(at, end === -1 ? pattern.length : end));
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
      text.add("%");
      continue;
    }
    const value = values[next];
    next += 1;
    if (value === undefined) {
      throw new Failure("format() has fewer values than verbs");
    }
    const piece = spelled(verb, settled(value), limits);
    if (piece instanceof Unknown) {
      text.add(width === "" ? piece : plain(piece));
      continue;
    }
    text.add(
      left === "-"
        ? piece.padEnd(Number(width))
        : piece.padStart(Number(width), zero === "0" && verb !== "s" ? "0" : " "),
    );
  }
  if (next < values.length) {
    throw new Failure("format() has more values than verbs");
  }
  return text.text();
}

function spelled(verb: string, value: Value, limits: Limits): string | Unknown {
  if (value instanceof Unknown) {
    return verb === "s" || verb === "v" ? value : plain(value);
  }
  switch (verb) {
    case "d":
      return String(Math.trunc(numberArg(value)));
    case "f":
      return numberArg(value).toFixed(6);
    case "q":
      return JSON.stringify(textArg(value));
    case "v":
      return typeof value === "object" ? jsonEncode(value, limits) : textArg(value);
    default:
      return textArg(value);
  }
}
