import { settled } from "./convert.js";
import type { Limits } from "./limits.js";
import { Unknown } from "./unknown.js";
import { attributeOf, isList, isValueObject, type Value } from "./value.js";

/** Whether two values are equal, which values of two types never are; unknown where that hangs on one. */
export function areEqual(one: Value, other: Value, limits: Limits): boolean | Unknown {
  const left = settled(one);
  const right = settled(other);
  if (left instanceof Unknown || right instanceof Unknown) {
    return left instanceof Unknown ? left : (right as Unknown);
  }
  if (isList(left) && isList(right)) {
    return left.length === right.length
      ? allEqual(
          left.map((item, index): [Value, Value] => [item, right[index] ?? null]),
          limits,
        )
      : false;
  }
  if (isValueObject(left) && isValueObject(right)) {
    const keys = Object.keys(left);
    return keys.length === Object.keys(right).length &&
      keys.every((key) => Object.hasOwn(right, key))
      ? allEqual(
          keys.map((key): [Value, Value] => [
            attributeOf(left, key) ?? null,
            attributeOf(right, key) ?? null,
          ]),
          limits,
        )
      : false;
  }
  if (typeof left === "string" && typeof right === "string") {
    limits.spendText(Math.min(left.length, right.length));
  }
  return left === right;
}

/** One pair that differs settles it, whatever else is unknown. */
function allEqual(pairs: readonly [Value, Value][], limits: Limits): boolean | Unknown {
  return limits.nested(() => {
    let result: boolean | Unknown = true;
    limits.spend(pairs.length);
    for (const [one, other] of pairs) {
      const equal = areEqual(one, other, limits);
      if (equal === false) {
        return false;
      }
      result = equal === true ? result : equal;
    }
    return result;
  });
}
