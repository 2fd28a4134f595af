/** Texts up to this many bytes are compared byte by byte. */
const SHORT = 64;

/** How many texts are known at a time, as a power of two: one more takes the place of another. */
const PLACE_BITS = 11;
const PLACES = 2 ** PLACE_BITS;

/** How many bytes of a long text decide its place. */
const SAMPLES = 16;

/** Longer texts are not kept, so that all of them take some megabytes at the most. */
const LONGEST = 8 * 1024;

interface Known {
  readonly bytes: Buffer;
  readonly value: string;
}

/**
 * Texts that were read lately. Most texts of a large file stand in it again and again: types, names of members, the
 * same policy in each of a thousand roles. Who has one already need not make it anew, nor keep it twice.
 */
export class SharedTexts {
  readonly #short: (string | undefined)[] = new Array<string | undefined>(PLACES).fill(undefined);
  readonly #long: (Known | undefined)[] = new Array<Known | undefined>(PLACES).fill(undefined);

  /**
   * A text that stands in a buffer as it is, in ASCII and without escapes.
   *
   * @param start where it begins
   * @param end where it ends
   */
  plain(buffer: Buffer, start: number, end: number): string {
    if (end - start > SHORT) {
      return this.of(buffer, start, end, () => buffer.toString("latin1", start, end));
    }
    let hash = end - start;
    for (let at = start; at < end; at += 1) {
      hash = (Math.imul(hash, 31) + (buffer[at] ?? 0)) | 0;
    }
    const place = placeOf(hash);
    const known = this.#short[place];
    if (known !== undefined && isAt(known, buffer, start, end)) {
      return known;
    }
    const text = buffer.toString("latin1", start, end);
    this.#short[place] = text;
    return text;
  }

  /**
   * What a part of a buffer stands for.
   *
   * @param make makes it, where it is not known
   * @param samples how many bytes decide its place. @default few: enough where making it anew costs little
   */
  of(
    buffer: Buffer,
    start: number,
    end: number,
    make: () => string,
    samples: number = SAMPLES,
  ): string {
    const length = end - start;
    if (length > LONGEST) {
      return make();
    }
    let hash = length;
    const step = Math.max(1, Math.floor(length / samples));
    for (let at = start; at < end; at += step) {
      hash = (Math.imul(hash, 31) + (buffer[at] ?? 0)) | 0;
    }
    const place = placeOf(hash);
    const known = this.#long[place];
    if (known !== undefined && known.bytes.compare(buffer, start, end) === 0) {
      return known.value;
    }
    const value = make();
    this.#long[place] = { bytes: Buffer.from(buffer.subarray(start, end)), value };
    return value;
  }
}

/** The high bits of a product: the low ones of a sum are the same for texts that differ in a number again and again. */
function placeOf(hash: number): number {
  return Math.imul(hash, 0x9e3779b1) >>> (32 - PLACE_BITS);
}

function isAt(text: string, buffer: Buffer, start: number, end: number): boolean {
  if (text.length !== end - start) {
    return false;
  }
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) !== buffer[start + index]) {
      return false;
    }
  }
  return true;
}
