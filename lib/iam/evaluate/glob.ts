/** A wildcard: any text, or any one character. */
type Wildcard = "*" | "?";

/** A part of a pattern: text that must stand there as it is, or a wildcard. */
export type GlobPart = { readonly text: string } | { readonly wildcard: Wildcard };

/** What stands between two `*`: text, in which some characters may be open. */
interface Stretch {
  readonly text: string;
  /** One entry per character, 1 where any character will do. Undefined where there is none. */
  readonly open: Uint8Array | undefined;
}

/**
 * A pattern of text and wildcards, ready to be matched.
 *
 * Matching never goes back over a `*` it has passed: the first fit of each stretch is as good as any
 * later one. The time is at most the length of the value times the longest stretch between two `*`,
 * whatever the number of wildcards, so no policy can stall the evaluator.
 */
export interface Glob {
  readonly stretches: readonly Stretch[];
}

/** Compiles a pattern from its parts, in order. */
export function compileGlob(parts: readonly GlobPart[]): Glob {
  const stretches: Stretch[] = [];
  let text = "";
  let open: number[] = [];
  const close = (): void => {
    stretches.push({ text, open: open.length === 0 ? undefined : mask(text.length, open) });
    text = "";
    open = [];
  };
  for (const part of parts) {
    if ("text" in part) {
      text += part.text;
    } else if (part.wildcard === "?") {
      open.push(text.length);
      text += "?";
    } else {
      close();
    }
  }
  close();
  return { stretches };
}

/** Compiles a pattern written as text, where every `*` and `?` is a wildcard. */
export function parseGlob(pattern: string): Glob {
  return compileGlob(
    pattern
      .split(/([*?])/)
      .map((part) => (part === "*" || part === "?" ? { wildcard: part } : { text: part })),
  );
}

/** Whether the pattern covers the whole value. Case counts. */
export function matchesGlob(glob: Glob, value: string): boolean {
  const { stretches } = glob;
  const first = stretches[0];
  const last = stretches[stretches.length - 1];
  if (first === undefined || last === undefined) {
    return false;
  }
  if (first === last) {
    return value.length === first.text.length && fitsAt(first, value, 0);
  }
  const end = value.length - last.text.length;
  let at = first.text.length;
  if (at > end || !fitsAt(first, value, 0) || !fitsAt(last, value, end)) {
    return false;
  }
  for (let index = 1; index < stretches.length - 1; index += 1) {
    const stretch = stretches[index];
    if (stretch === undefined) {
      return false;
    }
    const found = firstFit(stretch, value, at, end);
    if (found === undefined) {
      return false;
    }
    at = found + stretch.text.length;
  }
  return true;
}

function mask(length: number, open: readonly number[]): Uint8Array {
  const bits = new Uint8Array(length);
  for (const index of open) {
    bits[index] = 1;
  }
  return bits;
}

function fitsAt(stretch: Stretch, value: string, at: number): boolean {
  const { text, open } = stretch;
  if (open === undefined) {
    return value.startsWith(text, at);
  }
  for (let index = 0; index < text.length; index += 1) {
    if (open[index] !== 1 && text.charCodeAt(index) !== value.charCodeAt(at + index)) {
      return false;
    }
  }
  return true;
}

/** The first position from `from` where the stretch fits and ends at or before `end`. */
function firstFit(stretch: Stretch, value: string, from: number, end: number): number | undefined {
  const lastStart = end - stretch.text.length;
  if (stretch.open === undefined) {
    const found = value.indexOf(stretch.text, from);
    return found === -1 || found > lastStart ? undefined : found;
  }
  for (let at = from; at <= lastStart; at += 1) {
    if (fitsAt(stretch, value, at)) {
      return at;
    }
  }
  return undefined;
}
