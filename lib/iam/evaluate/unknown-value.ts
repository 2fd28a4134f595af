import type { Answer } from "./answer.js";
import { compileGlob, type Glob, type GlobPart, matchesGlob } from "./glob.js";
import type { UnknownPart } from "./unknown-part.js";

/** How a text is read before it is compared. */
export type Fold = (text: string) => string;

export const asItIs: Fold = (text) => text;

/** The last text in lower case: one value of a request is compared with many of a policy. */
let last = withLower("");

export const lowerCased: Fold = (text) => {
  if (text !== last.text) {
    last = withLower(text);
  }
  return last.lower;
};

function withLower(text: string): { readonly text: string; readonly lower: string } {
  return { text, lower: text.toLowerCase() };
}

export const ANYTHING: GlobPart = { wildcard: "*" };

/** The pieces of a value of which nothing is known. */
export const NOTHING: readonly string[] = ["", ""];

/** A value that is known in part, ready for many patterns. */
interface Partial {
  readonly begin: string;
  readonly end: string;
  /** The pieces, with a character between them that no text of a policy has. */
  readonly joined: string;
  /** The pieces, with anything between them. */
  readonly glob: Glob;
}

const READY = new WeakMap<UnknownPart, Map<Fold, Partial>>();

/**
 * Whether a value that is known in part, or not at all, fits a pattern: surely, where every hole lies
 * under a `*` of it; not, where the known pieces cannot; and else it is in doubt.
 */
export function fitsUnknownValue(pattern: Glob, value: UnknownPart, folded: Fold): Answer {
  const partial = ready(value, folded);
  if (isPlain(pattern) && matchesGlob(pattern, partial.joined)) {
    return true;
  }
  return mayBeAlike(pattern, partial) ? [value] : false;
}

function ready(value: UnknownPart, folded: Fold): Partial {
  const byFold = READY.get(value) ?? new Map<Fold, Partial>();
  READY.set(value, byFold);
  const known =
    byFold.get(folded) ?? partialOf((value.pieces ?? NOTHING).map((piece) => folded(piece)));
  byFold.set(folded, known);
  return known;
}

function partialOf(pieces: readonly string[]): Partial {
  const parts = pieces.flatMap((text, index) => (index === 0 ? [{ text }] : [ANYTHING, { text }]));
  return {
    begin: pieces[0] ?? "",
    end: pieces.at(-1) ?? "",
    joined: pieces.join(HOLE),
    glob: compileGlob(parts),
  };
}

/** A character that is in no text of a policy but one that is made to mislead. */
const HOLE = "\uffff";

/** Whether a pattern has nothing that could be taken for a hole. */
function isPlain({ stretches }: Glob): boolean {
  return stretches.every(({ text, open }) => open === undefined && !text.includes(HOLE));
}

/** Whether a value with these pieces, and anything between them, may be one that a pattern covers. */
function mayBeAlike({ stretches }: Glob, { begin, end, glob }: Partial): boolean {
  const first = stretches[0];
  const last = stretches.at(-1);
  if (first === undefined || last === undefined) {
    return false;
  }
  if (first === last && first.open === undefined) {
    return matchesGlob(glob, first.text);
  }
  // A pattern with wildcards: its ends are compared, as far as both are known.
  const head = Math.min(begin.length, first.text.length);
  const tail = Math.min(end.length, last.text.length);
  return (
    (first.open !== undefined || begin.slice(0, head) === first.text.slice(0, head)) &&
    (last.open !== undefined ||
      end.slice(end.length - tail) === last.text.slice(last.text.length - tail))
  );
}
