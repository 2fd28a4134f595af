/**
 * What is read of a JSON value: all of it; nothing; of an object some members, of a list something of each item;
 * or what the members before it in the same object decide.
 */
export type Selection =
  | "all"
  | "nothing"
  | Members
  | Items
  | ((before: Readonly<Record<string, unknown>>) => Selection);

/** What is read of an object. A value of another kind is read as a whole. */
export interface Members {
  readonly of: "object";
  readonly named: readonly Member[];
  readonly others: "all" | "nothing";
}

/** What is read of a list. A value of another kind is read as a whole. */
export interface Items {
  readonly of: "list";
  readonly each: Selection;
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
 */
export function members(
  named: Readonly<Record<string, Selection>>,
  others: Members["others"] = "nothing",
): Members {
  return {
    of: "object",
    named: Object.entries(named).map(([name, selection]) => ({
      name,
      bytes: new TextEncoder().encode(name),
      selection,
    })),
    others,
  };
}

/** Something of each item of a list. */
export function items(each: Selection): Items {
  return { of: "list", each };
}
