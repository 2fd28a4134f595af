import { recorded, recordPlayed } from "./played.js";

/** Whether this run plays all of what is exhaustive: `npm run torture`. */
export const TORTURE = process.env["TORTURE"] === "1";

const DAY_MS = 86_400_000;

/** Decides which part is played: another one each day, or the one that `TEST_PART` names. */
export const PART = Number(process.env["TEST_PART"] ?? Math.floor(Date.now() / DAY_MS));

/**
 * One part of what would take too long in every run, or all with `TORTURE=1`. Each day's run plays another
 * one, so that all have been played after as many days as there are parts. Says how many of how many.
 *
 * @param what they are, in the plural: a row of `scripts/torture/parts.ts`
 * @param all of them, in an order that is always the same
 * @param parts how many runs share them
 * @throws where docs/reliability.md says that another number of them was played
 */
export function partOf<T>(what: string, all: readonly T[], parts: number): readonly T[] {
  wholeOf(what, all.length);
  return shareOf(what, all, parts);
}

/**
 * One part, as `partOf` gives it, of what docs/reliability.md counts in another way, or not at all.
 *
 * @param what they are, in the plural
 * @param all of them, in an order that is always the same
 * @param parts how many runs share them
 */
export function shareOf<T>(what: string, all: readonly T[], parts: number): readonly T[] {
  if (TORTURE) {
    say(`${what}: all ${all.length}`);
    return all;
  }
  const played = slice(all, parts, PART);
  say(`${what}: ${played.length} of ${all.length} (TEST_PART=${PART} plays the same)`);
  return played;
}

/** How many of what chance draws: some in each run, with the seed that is the same in all, and many with `TORTURE=1`. */
export function countOf(
  what: string,
  { each, all }: { readonly each: number; readonly all: number },
): number {
  wholeOf(what, all);
  return TORTURE ? all : each;
}

/** Why something is not played in every run; undefined where all is. @param count of cases that are then left out */
export function unlessTorture(what: string, count: number): string | undefined {
  wholeOf(what, count);
  return TORTURE ? undefined : `${what}: \`npm run torture\` alone plays it, as it takes minutes.`;
}

/**
 * Why something is not played on most days; undefined on the one in so many that does, and with `TORTURE=1`.
 *
 * @param what it is
 * @param days how many
 * @param on which of them, from 0: two that take long have not the same
 */
export function unlessDay(what: string, days: number, on: number): string | undefined {
  return TORTURE || PART % days === on
    ? undefined
    : `${what}: one run in ${days} plays it, TEST_PART=${on} this one.`;
}

/**
 * Notes that so many are played, where this is `npm run torture`; elsewhere it compares how many there are with how many
 * were played.
 *
 * @param share by which the numbers may differ, where not each Node.js comes to the same. @default 0
 * @throws where docs/reliability.md says that another number of them was played
 */
export function wholeOf(what: string, count: number, share = 0): void {
  if (TORTURE) {
    recordPlayed(what, { cases: count });
    return;
  }
  const { part, cases } = recorded(what) ?? { part: "", cases: count };
  if (Math.abs(cases - count) > count * share) {
    throw new Error(
      `docs/reliability.md says that ${cases} ${what} were played, and there are ${count}: npm run torture -- ${part} plays them.`,
    );
  }
}

/**
 * Every so-manieth of them, from the one on that the number decides.
 *
 * @param part any whole number from 0: one more is the next part
 */
export function slice<T>(all: readonly T[], parts: number, part: number): readonly T[] {
  return all.filter((_one, index) => index % parts === part % parts);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
