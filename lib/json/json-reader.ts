import { isAscii } from "node:buffer";
import { InvalidJson, type Unbounded } from "./invalid-json.js";
import { jsonErrorOffset } from "./json-error-offset.js";
import { setMember } from "./json-value.js";
import { LONGEST_AT_ONCE, parsedAtOnce } from "./parsed-at-once.js";
import { type RepeatedKeys, repeatedKeysIn } from "./repeated-key.js";
import type { Items, Members, Selection } from "./selection.js";
import { SharedTexts } from "./shared-texts.js";

/** Bytes that come one piece after the other: those of a file, of a pipe, of a text. */
export interface ByteSource {
  /** How many there are. @default that is seen at the end */
  readonly size?: number;
  /**
   * Puts the next bytes into a buffer.
   *
   * @param from where the first goes
   * @param length how many there is room for
   * @returns how many there were; 0 at the end
   */
  read(into: Buffer, from: number, length: number): number;
  /** The same bytes once more, from the first on. @default they are gone once they are read */
  readonly again?: () => ByteSource;
}

/** Deeper than modules within modules get, and shallow enough to walk by recursion. */
export const MAX_DEPTH = 200;

/** How much is read at a time. */
const WINDOW = 256 * 1024;

/** How much there is at most: far more than any file has, so that a pipe without end ends in seconds. */
const MOST = {
  /** Megabytes of a value that is held as a whole. */
  value: 128,
  /** Megabytes of white space in a row. */
  blank: 16,
  /** Items of a list. */
  items: 5_000_000,
  /** Values one after the other. */
  values: 100_000,
} as const;

const MEGABYTE = 1024 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const COLON = 0x3a;
const COMMA = 0x2c;
const NEWLINE = 0x0a;

/** What a byte is outside of strings. */
const PASSED = 0;
const STRING = 1;
const OPENS = 2;
const CLOSES = 3;
const NAMES = 4;
const STOPS = 5;

const OUTSIDE = new Uint8Array(256).map((_, byte) => {
  switch (byte) {
    case QUOTE:
      return STRING;
    case OPEN_OBJECT:
    case OPEN_LIST:
      return OPENS;
    case CLOSE_OBJECT:
    case CLOSE_LIST:
      return CLOSES;
    case COLON:
      return NAMES;
    default:
      return byte > 0x7f || (byte < 0x20 && !isBlank(byte)) ? STOPS : PASSED;
  }
});

/** The bytes that a string does not simply go on with. */
const IN_STRING = new Uint8Array(256).map((_, byte) =>
  Number(byte === QUOTE || byte === BACKSLASH || byte < 0x20 || byte > 0x7f),
);

/** The bytes of numbers, `true`, `false` and `null`. */
const SCALAR = new Uint8Array(256).map((_, byte) =>
  Number(/[-+.0-9A-Za-z]/.test(String.fromCharCode(byte))),
);

const NOTHING_BEFORE = {};

/** How many items a list has room for when its first is added. */
const ROOM = 17;

/** How many bytes of a text with escapes decide where it is kept: policies differ in a few. */
const SAMPLES = 256;

/** A member that is passed, whatever its name. */
const NOT_READ = { name: "", selection: "nothing" } as const;

/**
 * Reads JSON of any size from its beginning to its end, and makes values of what is selected alone. What is not
 * selected is checked as far as its brackets, its strings and the end of the text.
 *
 * `JSON.parse` makes everything, takes no more than 512 MB, and keeps the last of two keys without a word. Packages
 * that read JSON in pieces make a token of each value: `docs/decisions/0019`.
 */
export class JsonReader {
  readonly #source: ByteSource;
  /** What is read and not yet done with; a zero byte stands at its end. */
  #window = Buffer.allocUnsafe(WINDOW + 1);
  /** Where it goes on in the window. */
  #at = 0;
  /** Where what is read ends in the window. */
  #end = 0;
  /** From where on the window is still needed: the start of the value that is being passed. */
  #mark = -1;
  #isAtEnd = false;
  #bytes = 0;
  /** Newlines before the window, and characters between the last one and the window. */
  #lines = 0;
  #column = 0;
  #depth = 0;
  readonly #texts = new SharedTexts();
  readonly #open = new Uint8Array(MAX_DEPTH + 1);
  readonly #repeated = new Map<object, string>();
  /** Of what was passed last: members of objects, and whether all of it is ASCII. */
  #members = 0;
  #isAscii = true;

  constructor(source: ByteSource) {
    this.#source = source;
    this.#window[0] = 0;
  }

  /** How many bytes have been read so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The beginning of what is to come, which stays to be read. */
  start(bytes: number): string {
    while (this.#end - this.#at < bytes && this.#more()) {}
    return this.#window.toString("utf8", this.#at, Math.min(this.#at + bytes, this.#end));
  }

  /** All that is to come, as a text, which stays to be read; undefined where there is more of it. */
  rest(bytes: number): string | undefined {
    const text = this.start(bytes + 1);
    return this.#end - this.#at > bytes ? undefined : text;
  }

  /** Passes what `start` has shown, or less of it. */
  pass(bytes: number): void {
    this.#at += Math.min(bytes, this.#end - this.#at);
  }

  /** Passes a byte order mark. */
  passByteOrderMark(): void {
    if (this.start(3).startsWith("\ufeff")) {
      this.#at += 3;
    }
  }

  /** Passes white space. @returns whether something comes after it */
  passBlank(): boolean {
    const start = this.#bytes;
    for (;;) {
      while (isBlank(this.#byte())) {
        this.#at += 1;
      }
      if (this.#at < this.#end) {
        return true;
      }
      if (!this.#more()) {
        return false;
      }
      if (this.#bytes - start > MOST.blank * MEGABYTE) {
        throw tooMuch("megabytes of white space", MOST.blank);
      }
    }
  }

  /**
   * Reads the one value of a text.
   *
   * @throws {InvalidJson} when the text is not JSON, more than one value, or has a key twice in one object
   */
  read(selection: Selection): unknown {
    const atOnce = this.#atOnce(selection);
    if (atOnce !== undefined) {
      return atOnce.value;
    }
    const value = this.#value(selection, NOTHING_BEFORE);
    if (this.passBlank()) {
      throw this.#unexpected();
    }
    for (const key of this.#repeated.values()) {
      throw new InvalidJson({ kind: "repeated key", key });
    }
    return value;
  }

  /**
   * Reads a text in which one object may come after another, as a command that is run twice appends it to a file. A key
   * may stand twice in an object, and `repeated` says where; where an object's members are selected by name, only if that
   * says so.
   *
   * @throws {InvalidJson} when the text is not JSON
   */
  readSeveral(selection: Selection): readonly unknown[] {
    const atOnce = this.#atOnce(selection);
    if (atOnce !== undefined) {
      return [atOnce.value];
    }
    const values = [this.#value(selection, NOTHING_BEFORE)];
    while (this.passBlank()) {
      if (this.#byte() !== OPEN_OBJECT) {
        throw this.#unexpected();
      }
      values.push(this.#value(selection, NOTHING_BEFORE));
      if (values.length > MOST.values) {
        throw tooMuch("values", MOST.values);
      }
    }
    return values;
  }

  /** The objects read so far in which a key stood twice: the first of the two is lost. */
  get repeated(): RepeatedKeys {
    return this.#repeated;
  }

  /** The one value of a short text, where nothing is to be said of it. */
  #atOnce(selection: Selection): { readonly value: unknown } | undefined {
    const { size = Number.POSITIVE_INFINITY } = this.#source;
    const text = size > LONGEST_AT_ONCE ? undefined : this.rest(LONGEST_AT_ONCE);
    const found = text === undefined ? undefined : parsedAtOnce(text, selection, MAX_DEPTH);
    if (found !== undefined) {
      this.#at = this.#end;
    }
    return found;
  }

  /** @param before members of the same object that were read before it */
  #value(selection: Selection, before: Readonly<Record<string, unknown>>): unknown {
    this.passBlank();
    if (selection === "all") {
      return this.#whole();
    }
    if (selection === "nothing") {
      this.#pass();
      return undefined;
    }
    if (selection === "text") {
      return this.#text();
    }
    if (typeof selection === "function") {
      return this.#value(selection(before), before);
    }
    const byte = this.#byte();
    if (selection.of === "object") {
      return byte === OPEN_OBJECT ? this.#object(selection) : this.#whole();
    }
    return byte === OPEN_LIST ? this.#list(selection) : this.#whole();
  }

  #object(selection: Members): unknown {
    this.#enter();
    const object: Record<string, unknown> = {};
    for (let isFirst = true; this.#goesOn(CLOSE_OBJECT, isFirst); isFirst = false) {
      const member = this.#name(selection);
      if (!this.passBlank() || this.#byte() !== COLON) {
        throw this.#unexpected();
      }
      this.#at += 1;
      const value = this.#value(member.selection, object);
      if (value !== undefined) {
        if (Object.hasOwn(object, member.name)) {
          this.#tellRepeated(object, member.name, selection);
        }
        setMember(object, member.name, value);
      }
    }
    this.#depth -= 1;
    return object;
  }

  /** @throws {InvalidJson} when a key that stands twice is refused */
  #tellRepeated(object: object, key: string, { repeated }: Members): void {
    if (repeated === "refused") {
      throw new InvalidJson({ kind: "repeated key", key });
    }
    if (!this.#repeated.has(object)) {
      this.#repeated.set(object, key);
    }
  }

  #list({ each, held }: Items): unknown[] {
    this.#enter();
    const list: unknown[] = [];
    for (let count = 0; this.#goesOn(CLOSE_LIST, count === 0); count += 1) {
      const value = held(this.#value(each, NOTHING_BEFORE), this.#repeated);
      if (value !== undefined) {
        list.push(value);
      }
      if (count >= MOST.items) {
        throw tooMuch("items", MOST.items);
      }
    }
    this.#depth -= 1;
    // A list that grew has room for seventeen items at the least.
    return list.length < ROOM ? list.slice() : list;
  }

  #enter(): void {
    this.#at += 1;
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) {
      throw new InvalidJson({ kind: "nesting", limit: MAX_DEPTH });
    }
  }

  /** Whether another member or item comes; else passes the bracket at the end. */
  #goesOn(closing: number, isFirst: boolean): boolean {
    this.passBlank();
    const byte = this.#byte();
    if (byte === closing) {
      this.#at += 1;
      return false;
    }
    if (!isFirst) {
      if (byte !== COMMA) {
        throw this.#unexpected();
      }
      this.#at += 1;
      this.passBlank();
    }
    return true;
  }

  /** Passes the name of a member. */
  #name({ named, others }: Members): { readonly name: string; readonly selection: Selection } {
    if (this.#byte() !== QUOTE) {
      throw this.#unexpected();
    }
    this.#mark = this.#at;
    this.#isAscii = true;
    this.#members = 0;
    const isPlain = this.#string();
    const start = this.#mark;
    const end = this.#at;
    this.#mark = -1;
    if (!isPlain || !this.#isAscii) {
      // The same name can be written in other ways: "t\u0079pe".
      const name = String(this.#parsed(start, end));
      return named.find((member) => member.name === name) ?? { name, selection: others };
    }
    for (const member of named) {
      if (this.#holds(member.bytes, start + 1, end - 1)) {
        return member;
      }
    }
    return others === "nothing"
      ? NOT_READ
      : { name: this.#texts.plain(this.#window, start + 1, end - 1), selection: others };
  }

  #holds(bytes: Uint8Array, start: number, end: number): boolean {
    if (bytes.length !== end - start) {
      return false;
    }
    for (let index = 0; index < bytes.length; index += 1) {
      if (bytes[index] !== this.#window[start + index]) {
        return false;
      }
    }
    return true;
  }

  /** Reads a value as a whole. */
  #whole(): unknown {
    const first = this.#byte();
    this.#mark = this.#at;
    this.#isAscii = true;
    this.#members = 0;
    if (first === QUOTE) {
      const isPlain = this.#string();
      const start = this.#mark;
      const end = this.#at;
      this.#mark = -1;
      return isPlain && this.#isAscii
        ? this.#texts.plain(this.#window, start + 1, end - 1)
        : this.#texts.of(this.#window, start, end, () => String(this.#parsed(start, end)), SAMPLES);
    }
    this.#pass();
    const start = this.#mark;
    this.#mark = -1;
    return this.#parsed(start, this.#at);
  }

  /** Reads the text of a value. */
  #text(): unknown {
    const first = this.#byte();
    if (first !== OPEN_OBJECT && first !== OPEN_LIST) {
      const value = this.#whole();
      return typeof value === "string" || value === null ? value : String(value);
    }
    this.#mark = this.#at;
    this.#container();
    const start = this.#mark;
    this.#mark = -1;
    const make = () => {
      const text = this.#slice(start, this.#at);
      const value = this.#valueOf(text, start);
      return membersIn(value) === this.#members ? JSON.stringify(value) : text;
    };
    // All bytes decide: documents differ in a few, and to parse one takes long.
    return this.#texts.of(this.#window, start, this.#at, make, Number.POSITIVE_INFINITY);
  }

  #slice(start: number, end: number): string {
    return this.#window.toString(this.#isAscii ? "latin1" : "utf8", start, end);
  }

  /** What stands between two places of the window. */
  #parsed(start: number, end: number): unknown {
    const text = this.#slice(start, end);
    const value = this.#valueOf(text, start);
    if (this.#members > 0 && membersIn(value) !== this.#members) {
      for (const [object, key] of repeatedKeysIn(text, value)) {
        this.#repeated.set(object, key);
      }
    }
    return value;
  }

  /** What a text says that begins at a place of the window. @throws {InvalidJson} when it is not JSON */
  #valueOf(text: string, start: number): unknown {
    try {
      return JSON.parse(text);
    } catch {
      // What V8 says of the place changes from release to release.
      const offset = jsonErrorOffset(text) ?? text.length;
      this.#at = Math.min(start + Buffer.byteLength(text.slice(0, offset)), this.#end);
      throw this.#unexpected();
    }
  }

  /** Passes one value. */
  #pass(): void {
    const first = this.#byte();
    if (first === QUOTE) {
      this.#string();
    } else if (first === OPEN_OBJECT || first === OPEN_LIST) {
      this.#container();
    } else {
      this.#scalar();
    }
  }

  #scalar(): void {
    let isEmpty = true;
    do {
      while (SCALAR[this.#byte()] === 1) {
        this.#at += 1;
        isEmpty = false;
      }
    } while (this.#at === this.#end && this.#more());
    if (isEmpty) {
      throw this.#unexpected();
    }
  }

  /** Passes a string. @returns whether it stands there as it is, without escapes */
  #string(): boolean {
    let isPlain = true;
    let window = this.#window;
    let at = this.#at + 1;
    for (;;) {
      const byte = window[at] ?? 0;
      if (IN_STRING[byte] === 0) {
        at += 1;
      } else if (byte === QUOTE) {
        this.#at = at + 1;
        return isPlain;
      } else if (byte === BACKSLASH && at + 1 < this.#end) {
        isPlain = false;
        at += 2;
      } else if (byte > 0x7f) {
        this.#isAscii = false;
        at += 1;
      } else {
        at = this.#readOn(at);
        window = this.#window;
      }
    }
  }

  /** Passes an object or a list. The bytes are looked at in one loop, and by one variable: all time goes here. */
  #container(): void {
    const outermost = this.#depth;
    const open = this.#open;
    let depth = outermost;
    let window = this.#window;
    let at = this.#at;
    let names = 0;
    let isAsciiOnly = true;
    let isInString = false;
    for (;;) {
      if (isInString) {
        while (IN_STRING[window[at] ?? 0] === 0) {
          at += 1;
        }
        const byte = window[at] ?? 0;
        if (byte === QUOTE) {
          isInString = false;
          at += 1;
          continue;
        }
        if (byte > 0x7f) {
          isAsciiOnly = false;
          at += 1;
          continue;
        }
        if (byte === BACKSLASH && at + 1 < this.#end) {
          at += 2;
          continue;
        }
      } else {
        let kind = PASSED;
        while (kind === PASSED) {
          kind = OUTSIDE[window[at] ?? 0] ?? STOPS;
          at += 1;
        }
        if (kind === STRING) {
          isInString = true;
          continue;
        }
        if (kind === NAMES) {
          names += 1;
          continue;
        }
        if (kind === OPENS) {
          depth += 1;
          if (depth > MAX_DEPTH) {
            throw new InvalidJson({ kind: "nesting", limit: MAX_DEPTH });
          }
          open[depth] = window[at - 1] ?? 0;
          continue;
        }
        at -= 1;
        // In ASCII the bracket that closes is the second one after that which opens.
        if (kind === CLOSES && open[depth] === (window[at] ?? 0) - 2) {
          at += 1;
          depth -= 1;
          if (depth === outermost) {
            this.#at = at;
            this.#members = names;
            this.#isAscii = isAsciiOnly;
            return;
          }
          continue;
        }
      }
      at = this.#readOn(at);
      window = this.#window;
    }
  }

  /** Reads on at the end of the window, or within a string after a backslash that stands there. @returns where it goes on */
  #readOn(at: number): number {
    this.#at = at;
    if (at < this.#end && !(this.#window[at] === BACKSLASH && at + 1 === this.#end)) {
      throw this.#unexpected();
    }
    if (!this.#more()) {
      this.#at = this.#end;
      throw this.#unexpected();
    }
    return this.#at;
  }

  /** The byte that comes next; 0 at the end of the window. */
  #byte(): number {
    return this.#window[this.#at] ?? 0;
  }

  /** Reads on. @returns whether something came */
  #more(): boolean {
    if (this.#isAtEnd) {
      return false;
    }
    const kept = this.#mark === -1 ? this.#at : this.#mark;
    this.#count(kept);
    const window = this.#window;
    const size = this.#end - kept;
    if (size > (window.length - 1) / 2) {
      if (window.length > MOST.value * MEGABYTE) {
        throw tooMuch("megabytes of one value", MOST.value);
      }
      this.#window = Buffer.allocUnsafe((window.length - 1) * 2 + 1);
    }
    window.copy(this.#window, 0, kept, this.#end);
    this.#at -= kept;
    this.#mark = this.#mark === -1 ? -1 : 0;
    const read = this.#source.read(this.#window, size, this.#window.length - 1 - size);
    this.#end = size + read;
    this.#window[this.#end] = 0;
    this.#isAtEnd = read === 0;
    this.#bytes += read;
    return read > 0;
  }

  /** Counts the lines and the characters of the last line in what leaves the window. */
  #count(end: number): void {
    const window = this.#window;
    let start = 0;
    for (
      let newline = window.indexOf(NEWLINE);
      newline !== -1 && newline < end;
      newline = window.indexOf(NEWLINE, start)
    ) {
      this.#lines += 1;
      this.#column = 0;
      start = newline + 1;
    }
    this.#column += characters(window.subarray(start, end));
  }

  /** What stands here stands where JSON goes on otherwise. */
  #unexpected(): InvalidJson {
    this.#mark = -1;
    while (this.#end - this.#at < 100 && this.#more()) {}
    this.#count(this.#at);
    const found = this.#window.toString("utf8", this.#at, Math.min(this.#at + 100, this.#end));
    return new InvalidJson({
      kind: "syntax",
      line: this.#lines + 1,
      column: this.#column + 1,
      found: found.slice(0, 20),
    });
  }
}

function tooMuch(of: Unbounded, limit: number): InvalidJson {
  return new InvalidJson({ kind: "size", of, limit });
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09;
}

/** How many UTF-16 units the characters have that begin in a piece of UTF-8, which may end within one. */
function characters(bytes: Buffer): number {
  if (isAscii(bytes)) {
    return bytes.length;
  }
  let count = 0;
  for (const byte of bytes) {
    count += byte < 0x80 || byte >= 0xc0 ? (byte >= 0xf0 ? 2 : 1) : 0;
  }
  return count;
}

/** How many members all objects of a value have together. */
function membersIn(value: unknown): number {
  if (typeof value !== "object" || value === null) {
    return 0;
  }
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) {
      count += membersIn(item);
    }
    return count;
  }
  for (const key in value) {
    count += 1 + membersIn((value as Record<string, unknown>)[key]);
  }
  return count;
}
