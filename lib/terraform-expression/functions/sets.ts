import { jsonEncode } from "../json-encode.js";
import type { Limits } from "../limits.js";
import { Unknown } from "../unknown.js";
import type { Value } from "../value.js";

/** A value as a key: equal for equal values, different for different ones. */
export function keyOf(value: Value, limits: Limits): string {
  const key = jsonEncode(value, limits);
  return key instanceof Unknown ? "" : key;
}

/** The values without those that came before, in their order. All are known. */
export function distinct(values: readonly Value[], limits: Limits): Value[] {
  const found = new Map<string, Value>();
  for (const value of values) {
    const key = keyOf(value, limits);
    if (!found.has(key)) {
      found.set(key, value);
    }
  }
  return [...found.values()];
}

/** The values as a set: no two alike, of one type, in the order in which Terraform goes through it. */
export function setOf(values: readonly Value[], limits: Limits): Value[] {
  return distinct(alike(values), limits).sort(compared);
}

/** Numbers and truth values as texts where there are texts among them, as lists and sets want it. */
export function alike(values: readonly Value[]): readonly Value[] {
  const kinds = new Set(values.filter((value) => value !== null).map((value) => typeof value));
  return kinds.has("string") && !kinds.has("object") && kinds.size > 1
    ? values.map((value) => (value === null ? null : String(value)))
    : values;
}

function compared(one: Value, other: Value): number {
  if (typeof one === "number" && typeof other === "number") {
    return one - other;
  }
  return typeof one === "string" && typeof other === "string"
    ? one < other
      ? -1
      : Number(one > other)
    : 0;
}
