import type { Limits } from "./limits.js";
import { Unknown } from "./unknown.js";

/** Puts a text together of which parts may be unknown. */
export class TextPieces {
  readonly #limits: Limits;
  readonly #pieces: string[] = [];
  #last = "";
  #reason: string | undefined;
  #give: string | undefined;
  #mayQuote = false;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Adds a part at the end. */
  add(part: string | Unknown): void {
    if (!(part instanceof Unknown)) {
      this.#limits.spendText(part.length);
      this.#last += part;
      return;
    }
    if (this.#reason === undefined) {
      this.#reason = part.reason;
      this.#give = part.known.give;
    }
    this.#mayQuote ||= part.known.mayQuote ?? false;
    const [first = "", ...others] = part.known.pieces ?? ["", ""];
    this.#limits.spendText(first.length);
    this.#last += first;
    for (const piece of others) {
      this.#limits.spendText(piece.length);
      this.#close(piece);
    }
  }

  /** The text, or what is known of it. */
  text(): string | Unknown {
    return this.#reason === undefined
      ? this.#last
      : new Unknown(this.#reason, [], {
          pieces: [...this.#pieces, this.#last],
          ...(this.#mayQuote ? { mayQuote: true } : {}),
          ...(this.#give === undefined ? {} : { give: this.#give }),
        });
  }

  /** A hole, and the piece after it; two holes with nothing between them are one. */
  #close(next: string): void {
    if (this.#last !== "" || this.#pieces.length === 0) {
      this.#pieces.push(this.#last);
    }
    this.#last = next;
  }
}
