/** Something measured against something else on the same machine, in the same minutes. */
export interface Ratio {
  /** The suite, and what is measured against what: the key under which it is committed. */
  readonly name: string;
  readonly value: number;
  /** Which way is an improvement. */
  readonly better: "lower" | "higher";
  /** Whether it is steady enough to be held against the committed one. */
  readonly steady: boolean;
  /** What the project promises: no more than this, or no less where higher is better. */
  readonly limit?: number;
}

/** Ratios as they are committed, by name. */
export type CommittedRatios = Readonly<Record<string, number>>;

/** What became of a ratio. */
export interface Comparison {
  readonly ratio: Ratio;
  /** The committed one; undefined where there is none. */
  readonly committed: number | undefined;
  readonly verdict: "as before" | "better" | "worse" | "beyond its limit" | "not committed";
}

/** A drop of more than this, as a share of the committed ratio, is a failure. */
export const TOLERANCE = 0.1;

/** Holds ratios against those that are committed and against their limits. */
export function compareRatios(ratios: readonly Ratio[], committed: CommittedRatios): Comparison[] {
  return ratios
    .filter(({ steady, limit }) => steady || limit !== undefined)
    .map((ratio) => ({
      ratio,
      committed: committed[ratio.name],
      verdict: verdictOn(ratio, committed[ratio.name]),
    }));
}

/** Whether a comparison makes `--check` fail. */
export function isDrop({ verdict }: Comparison): boolean {
  return verdict === "worse" || verdict === "beyond its limit" || verdict === "not committed";
}

/** Of two measurements of the same ratios, the better one of each: for what is held against others. */
export function bestOf(first: readonly Ratio[], second: readonly Ratio[]): Ratio[] {
  return eitherOf(first, second, (gained) => gained > 0);
}

/** Likewise the worse one: for what others are held against, or one lucky moment would make them fail. */
export function worstOf(first: readonly Ratio[], second: readonly Ratio[]): Ratio[] {
  return eitherOf(first, second, (gained) => gained < 0);
}

function eitherOf(
  first: readonly Ratio[],
  second: readonly Ratio[],
  isSecond: (gained: number) => boolean,
): Ratio[] {
  return first.map((ratio) => {
    const again = second.find(({ name }) => name === ratio.name);
    return again !== undefined && isSecond(change(ratio, again.value)) ? again : ratio;
  });
}

function verdictOn(ratio: Ratio, committed: number | undefined): Comparison["verdict"] {
  if (ratio.limit !== undefined && change({ ...ratio, value: ratio.limit }, ratio.value) < 0) {
    return "beyond its limit";
  }
  if (!ratio.steady) {
    return "as before";
  }
  if (committed === undefined) {
    return "not committed";
  }
  const gained = change({ ...ratio, value: committed }, ratio.value);
  return gained < -TOLERANCE ? "worse" : gained > TOLERANCE ? "better" : "as before";
}

/** By which share of the ratio a new value is better; negative where it is worse. */
function change({ value, better }: Ratio, now: number): number {
  // A ratio of nothing to something is as good as it gets.
  const share = value === 0 ? Math.sign(now) : (now - value) / value;
  return better === "lower" ? -share : share;
}
