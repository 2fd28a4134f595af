import { isObject } from "../json/json-value.js";
import { UnreadableFile } from "../json/unreadable-file.js";
import { Unknown } from "../terraform-expression/unknown.js";
import { objectOf, type Value } from "../terraform-expression/value.js";
import { parseJson } from "./parse-json.js";

/* Characters that stand for holes while the text around them is parsed: of private use, so in no policy. */
const HOLE = "\ue000";
const MAY_BE_HOLE = /\ue000|\\u[eE]000/;

/**
 * What a JSON text holds that is known in part: `{"Resource": "arn:aws:s3:::…/*"}`, where `…` is not
 * told. A hole in a string makes a text with a hole; one outside of strings is any value.
 *
 * @returns unknown where the known pieces make no JSON
 */
export function withHoles({ reason, known }: Unknown): Value {
  const { pieces = [], mayQuote = false } = known;
  const nothing = new Unknown(reason);
  if (pieces.length < 2 || pieces.some((piece) => MAY_BE_HOLE.test(piece))) {
    return nothing;
  }
  try {
    return withUnknowns(parseJson(joined(pieces)), { reason, mayQuote, nothing });
  } catch (error) {
    if (error instanceof UnreadableFile) {
      return nothing;
    }
    throw error;
  }
}

/** The pieces with a hole between each two: in quotes where it stands outside of a string. */
function joined(pieces: readonly string[]): string {
  let text = "";
  let inString = false;
  for (const [index, piece] of pieces.entries()) {
    if (index > 0) {
      text += inString ? HOLE : `"${HOLE}${HOLE}"`;
    }
    for (let at = 0; at < piece.length; at += 1) {
      const character = piece[at];
      if (character === '"') {
        inString = !inString;
      } else if (character === "\\" && inString) {
        at += 1;
      }
    }
    text += piece;
  }
  return text;
}

/** How to say what is not told. */
interface Holes {
  readonly reason: string;
  readonly mayQuote: boolean;
  readonly nothing: Unknown;
}

function withUnknowns(value: unknown, holes: Holes): Value {
  if (typeof value === "string") {
    const pieces = value.split(HOLE);
    if (pieces.length === 1) {
      return value;
    }
    // What may end the string may put others beside it: any number of any texts.
    return holes.mayQuote || value === HOLE + HOLE
      ? holes.nothing
      : new Unknown(holes.reason, [], { pieces });
  }
  if (Array.isArray(value)) {
    return value.map((item) => withUnknowns(item, holes));
  }
  if (!isObject(value)) {
    return value as null | boolean | number;
  }
  const entries = Object.entries(value);
  return entries.some(([key]) => key.includes(HOLE))
    ? holes.nothing
    : objectOf(entries.map(([key, item]): [string, Value] => [key, withUnknowns(item, holes)]));
}
