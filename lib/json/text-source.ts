import type { ByteSource } from "./json-reader.js";

/** The bytes of a text. */
export class TextSource implements ByteSource {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(text: string) {
    this.#bytes = Buffer.from(text);
  }

  get size(): number {
    return this.#bytes.length;
  }

  read(into: Buffer, from: number, length: number): number {
    const read = this.#bytes.copy(into, from, this.#at, this.#at + length);
    this.#at += read;
    return read;
  }
}
