import { Failure } from "./failure.js";
import { Unknown } from "./unknown.js";
import { kindOf, Lazy, type Value, wholly } from "./value.js";

/** The text of a value where a template or a function wants one; unknown stays unknown. */
export function toText(value: Value): string | Unknown {
  if (typeof value === "string" || value instanceof Unknown) {
    return value;
  }
  if (typeof value === "number") {
    return numberText(value);
  }
  if (typeof value === "boolean") {
    return String(value);
  }
  throw wanted("a text", value);
}

/** The number that a value is or spells out. */
export function toNumber(value: Value): number | Unknown {
  if (typeof value === "number" || value instanceof Unknown) {
    return value;
  }
  if (typeof value === "string" && /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(value)) {
    return Number(value);
  }
  throw wanted("a number", value);
}

/** The truth value that a value is or spells out. */
export function toBoolean(value: Value): boolean | Unknown {
  if (typeof value === "boolean" || value instanceof Unknown) {
    return value;
  }
  if (value === "true" || value === "false") {
    return value === "true";
  }
  throw wanted("true or false", value);
}

/** The failure of a value to be what is asked of it. */
export function wanted(what: string, value: Value): Failure {
  return new Failure(`the expression has ${kindOf(value)} where it needs ${what}`);
}

/** A number as Terraform writes it: without an exponent, however long it is. */
export function numberText(value: number): string {
  const text = String(value);
  return text.includes("e")
    ? value.toLocaleString("en-US", { useGrouping: false, maximumFractionDigits: 20 })
    : text;
}

/** A `Lazy` as what it is as a whole, unknown; everything else as it stands. */
export function settled(value: Value): Exclude<Value, Lazy> {
  return value instanceof Lazy ? wholly(value) : value;
}
