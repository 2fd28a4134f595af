import { UnknownPart } from "../../../../lib/iam/evaluate/unknown-part.js";

/** What is not told stands for what it is not told of. */
export const APPLY = ["it is known only after the apply", "the plan after the apply"] as const;

export function unknown(pieces?: readonly string[]): UnknownPart {
  return new UnknownPart(...APPLY, pieces);
}

/** Random numbers from 0 to 1, the same for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A policy as it is, but that parts of it are not told: any value in it, at any depth, and of texts
 * sometimes only a stretch. Effects and versions among them.
 *
 * @param share how many of the values are hidden, from 0 to 1
 */
export function obscured(value: unknown, random: () => number, share: number): unknown {
  if (random() < share) {
    return typeof value === "string" && random() < 0.7 ? withHoles(value, random) : unknown();
  }
  if (Array.isArray(value)) {
    return value.map((entry) => obscured(entry, random, share));
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [key, obscured(entry, random, share)]),
    );
  }
  return value;
}

/**
 * A text with one or two stretches of it not told; they may be empty. Where a stretch would hold only
 * one end of a variable, nothing is told: see `UnknownPart`.
 */
function withHoles(text: string, random: () => number): UnknownPart {
  const cuts = Array.from({ length: random() < 0.7 ? 2 : 4 }, () =>
    Math.floor(random() * (text.length + 1)),
  ).toSorted((one, other) => one - other);
  const pieces: string[] = [];
  const holes: string[] = [];
  let from = 0;
  for (let index = 0; index < cuts.length; index += 2) {
    const [start = 0, end = 0] = cuts.slice(index, index + 2);
    pieces.push(text.slice(from, start));
    holes.push(text.slice(start, end));
    from = end;
  }
  pieces.push(text.slice(from));
  return unknown(holes.some(breaksVariable) || pieces.some(isHalfBegun) ? undefined : pieces);
}

/** Whether one end of a variable lies in a stretch and the other one does not. */
function breaksVariable(hole: string): boolean {
  return /[{}$]/.test(hole.replaceAll(/\$\{[^{}]*\}/g, ""));
}

/** Whether a variable's first character is the last one of a piece, and the rest is not. */
function isHalfBegun(piece: string): boolean {
  return piece.endsWith("$") || piece.startsWith("{");
}
