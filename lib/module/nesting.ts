import { endOfQuotes } from "./template.js";

/** A pair of brackets, by the places of both. */
export interface Group {
  readonly open: number;
  readonly close: number;
}

/** What is where in a piece of HCL, outside of its brackets and quotes. */
interface Surface {
  /** Places of the characters that are in no bracket and no quotes. */
  readonly places: readonly number[];
  /** The outermost brackets. */
  readonly groups: readonly Group[];
}

/** The surface of a piece of HCL; undefined where a bracket or a quoted text is not closed in it. */
function surfaceOf(text: string): Surface | undefined {
  const places: number[] = [];
  const groups: Group[] = [];
  const opened: number[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text[at] ?? "";
    if (character === '"') {
      const end = endOnLine(text, at);
      if (end === undefined) {
        return undefined;
      }
      at = end;
      continue;
    }
    if ("([{".includes(character)) {
      opened.push(at);
    } else if (")]}".includes(character)) {
      const open = opened.pop();
      if (open === undefined) {
        return undefined;
      }
      if (opened.length === 0) {
        groups.push({ open, close: at });
      }
    } else if (opened.length === 0) {
      places.push(at);
    }
    at += 1;
  }
  return opened.length === 0 ? { places, groups } : undefined;
}

function endOnLine(text: string, from: number): number | undefined {
  try {
    return endOfQuotes(text, from);
  } catch {
    return undefined;
  }
}

/** Whether every bracket and every quoted text is closed in a piece of HCL. */
export function isWhole(text: string): boolean {
  return surfaceOf(text) !== undefined;
}

/** The outermost brackets of a piece of HCL, without those of an index, as in `list[0]`. */
export function groupsIn(text: string): Group[] {
  const { groups = [] } = surfaceOf(text) ?? {};
  return groups.filter(({ open }) => text[open] !== "[" || !/[\w)\]]/.test(text[open - 1] ?? ""));
}

/**
 * A piece of HCL, split where a separator stands outside of all brackets and quotes.
 *
 * @param most how many of them count. @default all
 */
export function splitAt(
  text: string,
  separator: string,
  most = Number.POSITIVE_INFINITY,
): string[] {
  const { places = [] } = surfaceOf(text) ?? {};
  const parts: string[] = [];
  let from = 0;
  for (const place of places) {
    if (parts.length < most && place >= from && text.startsWith(separator, place)) {
      parts.push(text.slice(from, place));
      from = place + separator.length;
    }
  }
  return [...parts, text.slice(from)];
}
