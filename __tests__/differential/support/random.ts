/**
 * Random choices that a seed decides: the same on every machine.
 *
 * @see https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32
 */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** At least 0, and less than 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    const once = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    const twice = once ^ (once + Math.imul(once ^ (once >>> 7), once | 61));
    return ((twice ^ (twice >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0, less than the limit. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** True in this share of cases. */
  chance(share: number): boolean {
    return this.next() < share;
  }

  /** One of several. */
  pick<T>(choices: readonly T[]): T {
    const index = this.below(choices.length);
    if (choices.length === 0) {
      throw new Error("There is nothing to choose from.");
    }
    return choices[index] as T;
  }

  /** Some of several, in their order. */
  some<T>(choices: readonly T[], count: number): readonly T[] {
    const chosen = new Set<number>();
    while (chosen.size < Math.min(count, choices.length)) {
      chosen.add(this.below(choices.length));
    }
    return choices.filter((_choice, index) => chosen.has(index));
  }
}
