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
  // One entry per open bracket: the keys so far of an object, or undefined for a list.
  const open: (Set<string> | undefined)[] = [];
  let keyExpected = false;
  for (let at = 0; at < json.length; at += 1) {
    switch (json[at]) {
      case "{":
        open.push(new Set());
        keyExpected = true;
        break;
      case "[":
        open.push(undefined);
        keyExpected = false;
        break;
      case "}":
      case "]":
        open.pop();
        keyExpected = false;
        break;
      case ",":
        keyExpected = open.at(-1) !== undefined;
        break;
      case '"': {
        const end = stringEnd(json, at);
        const keys = open.at(-1);
        if (keyExpected && keys !== undefined) {
          // Parsed, because "A" and "\u0041" are one key.
          const key = String(JSON.parse(json.slice(at, end + 1)));
          if (keys.has(key)) {
            return key;
          }
          keys.add(key);
          keyExpected = false;
        }
        at = end;
        break;
      }
      default:
        break;
    }
  }
  return undefined;
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

/** The position of the quote that ends the string which begins at `start`. */
function stringEnd(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== '"') {
    at += json[at] === "\\" ? 2 : 1;
  }
  return at;
}
