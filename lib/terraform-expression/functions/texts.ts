import { settled, toText } from "../convert.js";
import { Failure } from "../failure.js";
import type { Limits } from "../limits.js";
import { plain } from "../operators.js";
import { TextPieces } from "../text-pieces.js";
import { Unknown } from "../unknown.js";
import { isList, type Value } from "../value.js";
import { formatted } from "./format.js";
import { ANY_NUMBER, type Functions, listArg, outer, passing, textArg, whole } from "./function.js";

/** Functions of texts. */
export const TEXT_FUNCTIONS: Functions = {
  basename: whole([1, 1], ([path]) => lastPart(textArg(path))),
  endswith: whole([2, 2], ([text, end]) => textArg(text).endsWith(textArg(end))),
  format: passing([1, ANY_NUMBER], ([pattern, ...values], limits) =>
    pattern instanceof Unknown ? plain(pattern) : formatted(textArg(pattern), values, limits),
  ),
  formatlist: outer([1, ANY_NUMBER], ([pattern, ...values], limits) => {
    const lists = values.filter((value) => isList(value));
    const [length = 1] = lists.map((list) => list.length);
    if (lists.some((list) => list.length !== length)) {
      throw new Failure("formatlist() is given lists of several lengths");
    }
    return Array.from({ length }, (_, index) => {
      const row = values.map((value) => (isList(value) ? (value[index] ?? null) : value));
      return formatted(textArg(pattern), row, limits);
    });
  }),
  join: passing([2, ANY_NUMBER], ([separator, ...lists], limits) => {
    const unknown = [separator, ...lists].find((value) => value instanceof Unknown);
    if (unknown !== undefined) {
      // As many as there are: in a JSON text, `","` between them makes several texts of one.
      const mayQuote = separator instanceof Unknown || textArg(separator).includes('"');
      return new Unknown(unknown.reason, [], mayQuote ? { mayQuote } : {});
    }
    const text = new TextPieces(limits);
    for (const [index, item] of lists.flatMap((list) => listArg(list)).entries()) {
      text.add(index === 0 ? "" : textArg(separator));
      text.add(toText(settled(item)));
    }
    return text.text();
  }),
  lower: whole([1, 1], ([text]) => textArg(text).toLowerCase()),
  replace: whole([3, 3], ([text, searched, replacement], limits) => {
    const pattern = textArg(searched);
    if (pattern.length > 1 && pattern.startsWith("/") && pattern.endsWith("/")) {
      return new Unknown("replace() with a pattern is not worked out here");
    }
    return joined(textArg(text).split(pattern), textArg(replacement), limits, pattern === "");
  }),
  split: whole([2, 2], ([separator, text]) => textArg(text).split(textArg(separator))),
  startswith: whole([2, 2], ([text, start]) => textArg(text).startsWith(textArg(start))),
  strcontains: whole([2, 2], ([text, part]) => textArg(text).includes(textArg(part))),
  trimprefix: whole([2, 2], ([text, prefix]) => {
    const [whole, start] = [textArg(text), textArg(prefix)];
    return whole.startsWith(start) ? whole.slice(start.length) : whole;
  }),
  trimspace: whole([1, 1], ([text]) => textArg(text).trim()),
  trimsuffix: whole([2, 2], ([text, suffix]) => {
    const [whole, end] = [textArg(text), textArg(suffix)];
    return whole.endsWith(end) ? whole.slice(0, whole.length - end.length) : whole;
  }),
  upper: whole([1, 1], ([text]) => textArg(text).toUpperCase()),
};

/** What follows the last slash, as Go's `filepath.Base` has it. */
function lastPart(path: string): string {
  let end = path.length;
  while (path[end - 1] === "/") {
    end -= 1;
  }
  if (end === 0) {
    return path === "" ? "." : "/";
  }
  return path.slice(path.lastIndexOf("/", end - 1) + 1, end);
}

/** Joins texts, once it is sure that the result is not too long. */
function joined(
  texts: readonly string[],
  separator: string,
  limits: Limits,
  atEnds = false,
): Value {
  const length = texts.reduce((sum, text) => sum + text.length + separator.length, 0);
  limits.spendText(length);
  const text = texts.join(separator);
  return atEnds ? `${separator}${text}${separator}` : text;
}
