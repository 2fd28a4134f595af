/**
 * The middle of some numbers; the mean of the two in the middle where their count is even.
 *
 * @throws RangeError when there are none
 */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) {
    throw new RangeError("There is no median of no numbers.");
  }
  return (lower + upper) / 2;
}

/**
 * How many times as much as another one something takes: the median of the ratios of runs that were
 * made one right after the other, so that a busy machine slows both.
 *
 * @throws RangeError when there are no runs, or not as many of both
 */
export function pairedRatio(ours: readonly number[], theirs: readonly number[]): number {
  if (ours.length !== theirs.length) {
    throw new RangeError(`${ours.length} runs cannot be paired with ${theirs.length}.`);
  }
  return median(ours.map((value, index) => value / (theirs[index] ?? Number.NaN)));
}

/** What a size costs. */
export interface Cost {
  readonly size: number;
  readonly cost: number;
}

/** From one size to the next: `cost` grows with `size` to the power of `exponent`. */
export interface Growth {
  readonly from: number;
  readonly to: number;
  readonly exponent: number;
}

/** More than this is worse than linear; what is between is noise. */
export const LINEAR = 1.2;

/**
 * How a cost grows from each size to the next: the slope of log(cost) over log(size).
 *
 * @param fixed what nothing at all costs; it is taken off. A size that costs no more than a tenth above
 *   it tells nothing, and is passed over
 */
export function growth(costs: readonly Cost[], fixed: number): Growth[] {
  const telling = costs
    .toSorted((a, b) => a.size - b.size)
    .filter(({ cost }) => cost - fixed > fixed / 10);
  return telling.slice(1).map((to, index) => {
    const from = telling[index] ?? to;
    const exponent =
      Math.log((to.cost - fixed) / (from.cost - fixed)) / Math.log(to.size / from.size);
    return { from: from.size, to: to.size, exponent };
  });
}

/** The first step from which on growth is worse than linear; undefined where it never is. */
export function worseThanLinear(steps: readonly Growth[]): Growth | undefined {
  const last = steps.findLastIndex(({ exponent }) => exponent <= LINEAR);
  return steps[last + 1];
}
