/** Whether this run plays all of what is exhaustive: `npm run torture`. */
export const TORTURE = process.env["TORTURE"] === "1";

const DAY_MS = 86_400_000;

/** Decides which part is played: another one each day, or the one that `TEST_PART` names. */
export const PART = Number(process.env["TEST_PART"] ?? Math.floor(Date.now() / DAY_MS));

/**
 * One part of what would take too long in every run, or all with `TORTURE=1`. Each day's run plays another
 * one, so that all have been played after as many days as there are parts. Says how many of how many.
 *
 * @param what they are, in the plural
 * @param all of them, in an order that is always the same
 * @param parts how many runs share them
 */
export function partOf<T>(what: string, all: readonly T[], parts: number): readonly T[] {
  if (TORTURE) {
    say(`${what}: all ${all.length}`);
    return all;
  }
  const played = slice(all, parts, PART);
  say(`${what}: ${played.length} of ${all.length} (TEST_PART=${PART} plays the same)`);
  return played;
}

/** Why something is not played in every run; undefined where all is. */
export function unlessTorture(what: string): string | undefined {
  return TORTURE ? undefined : `${what}: \`npm run torture\` alone plays it, as it takes minutes.`;
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
