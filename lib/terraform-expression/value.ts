import { shownAddress } from "../json/shown.js";
import { Unknown } from "./unknown.js";

/** What an expression comes to. Sets are sorted lists; maps are objects. */
export type Value =
  | null
  | boolean
  | number
  | string
  | Unknown
  | Lazy
  | readonly Value[]
  | ValueObject;

/** An object or a map. */
export interface ValueObject {
  readonly [key: string]: Value;
}

/** Something whose attributes are worked out one by one when asked for: `var`, `local`, a resource. */
export class Lazy {
  /** How the configuration calls it: `aws_iam_role.lambda`. */
  readonly address: string;
  readonly attribute: (name: string) => Value;
  /** What `[key]` comes to. @default the attribute of that name */
  readonly item: (key: string) => Value;

  constructor(address: string, attribute: (name: string) => Value, item = attribute) {
    this.address = address;
    this.attribute = attribute;
    this.item = item;
  }
}

/** Whether a value is a list, a tuple or a set. */
export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether a value is an object or a map. */
export function isValueObject(value: Value): value is ValueObject {
  return (
    typeof value === "object" &&
    value !== null &&
    !isList(value) &&
    !(value instanceof Unknown) &&
    !(value instanceof Lazy)
  );
}

/** An own attribute; undefined where there is none. */
export function attributeOf(object: ValueObject, name: string): Value | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The entries of an object in the order in which Terraform goes through them. */
export function entriesOf(object: ValueObject): [string, Value][] {
  return Object.entries(object).sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
}

/** An object of these entries. Takes any key, `__proto__` too; the last of equal keys wins. */
export function objectOf(entries: Iterable<readonly [string, Value]>): ValueObject {
  return Object.fromEntries(entries);
}

/** A value that is not worked out as a whole, as Unknown. */
export function wholly(lazy: Lazy): Unknown {
  return new Unknown(`${shownAddress(lazy.address)} is used as a whole`, [lazy.address]);
}

/** What a value is, as it reads in a message. */
export function kindOf(value: Value): string {
  if (value === null) {
    return "null";
  }
  if (isList(value)) {
    return "a list";
  }
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
