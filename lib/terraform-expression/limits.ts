import { nestedTooDeep, tooMuchToWorkOut } from "./errors.js";

/** How deep the evaluation may nest: far from the end of the stack, and further than anyone writes. */
const MAX_DEPTH = 250;

/**
 * What an evaluation may cost. A few lines of Terraform can ask for more memory than there is:
 * twenty locals, each the double of the one before.
 */
export class Limits {
  readonly #steps: number;
  readonly #tooMuch: (steps: number) => Error;
  #spent = 0;
  #depth = 0;

  /**
   * @param steps values made or looked at, in all
   * @param tooMuch what to say where there are more
   */
  constructor(steps: number, tooMuch: (steps: number) => Error = tooMuchToWorkOut) {
    this.#steps = steps;
    this.#tooMuch = tooMuch;
  }

  /**
   * Counts the making of `steps` values, or looking at them.
   *
   * @throws {UnreadableFile} when there have been too many
   */
  spend(steps: number): void {
    this.#spent += steps;
    if (!(this.#spent <= this.#steps)) {
      throw this.#tooMuch(this.#steps);
    }
  }

  /** Counts a text of this length: cheaper by the character than a list by the item. */
  spendText(length: number): void {
    this.spend(1 + length / 16);
  }

  /**
   * Goes one level deeper.
   *
   * @throws {UnreadableFile} when that is too deep
   */
  nested<T>(work: () => T): T {
    this.spend(1);
    if (this.#depth >= MAX_DEPTH) {
      throw nestedTooDeep(MAX_DEPTH);
    }
    this.#depth += 1;
    try {
      return work();
    } finally {
      this.#depth -= 1;
    }
  }
}
