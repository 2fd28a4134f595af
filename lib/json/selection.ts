import type { RepeatedKeys } from "./repeated-key.js";

/**
 * What is read of a JSON value: all of it; nothing; its text; of an object some members, of a list something of each
 * item; or what the members before it in the same object decide.
 *
 * The text of a string or of `null` is the value itself. That of an object or a list is what `JSON.stringify` makes of
 * it; but where a key stands twice in an object, as it stands in the file: nothing is lost of it.
 */
export type Selection =
  | "all"
  | "nothing"
  | "text"
  | Members
  | Items
  | ((before: Readonly<Record<string, unknown>>) => Selection);

/** What is read of an object. A value of another kind is read as a whole. */
export interface Members {
  readonly of: "object";
  readonly named: readonly Member[];
  readonly others: "all" | "nothing";
  /** What becomes of a key that stands twice: the text is refused, or it is told, as of what is read as a whole. */
  readonly repeated: "refused" | "told";
}

/** What is read of a list. A value of another kind is read as a whole. */
export interface Items {
  readonly of: "list";
  readonly each: Selection;
  /** What is held of an item, by the objects so far in which a key stood twice. */
  readonly held: (item: unknown, repeated: RepeatedKeys) => unknown;
}

interface Member {
  readonly name: string;
  /** The name as it stands in a file. */
  readonly bytes: Uint8Array;
  readonly selection: Selection;
}

/**
 * Some members of an object, by their names.
 *
 * @param others what is read of members that are not named; @default nothing
 * @param repeated what becomes of a key that stands twice; @default the text is refused
 */
export function members(
  named: Readonly<Record<string, Selection>>,
  others: Members["others"] = "nothing",
  repeated: Members["repeated"] = "refused",
): Members {
  return {
    of: "object",
    named: Object.entries(named).map(([name, selection]) => ({
      name,
      bytes: new TextEncoder().encode(name),
      selection,
    })),
    others,
    repeated,
  };
}

/**
 * Something of each item of a list.
 *
 * @param held what is held of an item as soon as it is read: lists can be larger than memory. @default all that was
 *   read of it
 */
export function items(each: Selection, held: Items["held"] = (item) => item): Items {
  return { of: "list", each, held };
}
