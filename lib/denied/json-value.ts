import { isNestedDeeper } from "../iam/nesting.js";

/** A decoded message and an event of CloudTrail's nest a tenth of this; thousands deep is not for a parser. */
const MAX_DEPTH = 100;

/** The value that a text is in JSON; undefined where it is none. */
export function jsonValue(text: string): unknown {
  if (isNestedDeeper(text, MAX_DEPTH)) {
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** How many lines of a log are tried. */
const MAX_LINES = 1000;

/** Every value in JSON of a text: the text itself, what stands between words, or what each line of a log has. */
export function jsonValues(text: string): unknown[] {
  const whole = betweenBraces(text);
  return whole === undefined
    ? text
        .split(/[\n\r]+/)
        .slice(-MAX_LINES)
        .map(betweenBraces)
        .filter((value) => value !== undefined)
    : [whole];
}

function betweenBraces(text: string): unknown {
  const start = text.search(/[[{]/);
  const end = Math.max(text.lastIndexOf("}"), text.lastIndexOf("]"));
  return jsonValue(text) ?? (start < 0 ? undefined : jsonValue(text.slice(start, end + 1)));
}
