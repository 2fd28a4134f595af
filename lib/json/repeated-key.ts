/** Objects of a parsed JSON text in which a key stood twice → the first such key. */
export type RepeatedKeys = ReadonlyMap<object, string>;

/** None of them. */
export const NO_REPEATED_KEYS: RepeatedKeys = new Map();

/**
 * The first key that stands twice in one object of a JSON text, or undefined. `JSON.parse` keeps
 * the last of the two and says nothing, so `{"Effect": "Deny", "Effect": "Allow"}` would allow.
 *
 * @param json a text that `JSON.parse` has accepted; for any other the result means nothing
 * @param value what `JSON.parse` made of it
 */
export function repeatedKeyIn(json: string, value: unknown): string | undefined {
  // What reads the same when it is written again has lost no key. Most texts do: `jsonencode` wrote them.
  if (writtenAgain(value) === json) {
    return undefined;
  }
  for (const { key } of repetitions(json, value)) {
    return key;
  }
  return undefined;
}

/**
 * Every object of a parsed JSON text in which a key stood twice. Of one that is lost itself, because its own
 * key comes again, that is said of what has taken its place; in any case it is said of the object around it.
 * Takes time in proportion to the text.
 *
 * @param json a text that `JSON.parse` has accepted
 * @param value what `JSON.parse` made of it
 */
export function repeatedKeysIn(json: string, value: unknown): RepeatedKeys {
  const found = new Map<object, string>();
  for (const { holder, key } of repetitions(json, value)) {
    if (typeof holder === "object" && holder !== null && !found.has(holder)) {
      found.set(holder, key);
    }
  }
  return found;
}

/** An open bracket, and what has been seen behind it. */
interface Open {
  /** The keys so far of an object; undefined for a list. */
  readonly keys: Set<string> | undefined;
  /** What `JSON.parse` made of it. */
  readonly value: unknown;
  /** Where the next value is in it. */
  next: string | number;
}

/** Every key that comes again in an object, and that object as it was parsed. */
function* repetitions(
  json: string,
  value: unknown,
): Generator<{ readonly holder: unknown; readonly key: string }> {
  const open: Open[] = [];
  const inside = () => {
    const around = open.at(-1);
    return around === undefined ? value : memberOf(around.value, around.next);
  };
  let keyExpected = false;
  for (let at = 0; at < json.length; at += 1) {
    switch (json[at]) {
      case "{":
        open.push({ keys: new Set(), value: inside(), next: "" });
        keyExpected = true;
        break;
      case "[":
        open.push({ keys: undefined, value: inside(), next: 0 });
        keyExpected = false;
        break;
      case "}":
      case "]":
        open.pop();
        keyExpected = false;
        break;
      case ",": {
        const around = open.at(-1);
        keyExpected = around?.keys !== undefined;
        if (typeof around?.next === "number") {
          around.next += 1;
        }
        break;
      }
      case '"': {
        const end = stringEnd(json, at);
        const around = open.at(-1);
        if (keyExpected && around?.keys !== undefined) {
          // Parsed, because "A" and "\u0041" are one key.
          const key = String(JSON.parse(json.slice(at, end + 1)));
          if (around.keys.has(key)) {
            yield { holder: around.value, key };
          }
          around.keys.add(key);
          around.next = key;
          keyExpected = false;
        }
        at = end;
        break;
      }
      default:
        break;
    }
  }
}

/** A member of an object or a list; undefined where there is none, as of what is lost. */
function memberOf(value: unknown, key: string | number): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string | number, unknown>>)[key]
    : undefined;
}

/** The text of a value; undefined where it is nested so deep that JSON.stringify gives up. */
function writtenAgain(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) {
      return undefined;
    }
    throw error;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The position of the quote that ends the string which begins at `start`. */
function stringEnd(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json.charCodeAt(at) !== QUOTE) {
    at += json.charCodeAt(at) === BACKSLASH ? 2 : 1;
  }
  return at;
}
