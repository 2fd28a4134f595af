import { settled, toBoolean, toNumber } from "./convert.js";
import { areEqual } from "./equality.js";
import { Failure } from "./failure.js";
import type { Limits } from "./limits.js";
import type { BinaryOperator } from "./syntax.js";
import { Unknown } from "./unknown.js";
import type { Value } from "./value.js";

const NUMERIC: Readonly<
  Partial<Record<BinaryOperator, (left: number, right: number) => number | boolean>>
> = {
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => left / right,
  "%": (left, right) => left % right,
};

/** Works out `left operator right`. One side may settle it where the other is unknown. */
export function binary(operator: BinaryOperator, one: Value, other: Value, limits: Limits): Value {
  const left = settled(one);
  const right = settled(other);
  if (operator === "==" || operator === "!=") {
    const equal = areEqual(left, right, limits);
    return equal instanceof Unknown ? plain(equal) : equal === (operator === "==");
  }
  if (operator === "&&" || operator === "||") {
    const settling = operator === "||";
    const sides = [toBoolean(left), toBoolean(right)];
    return sides.includes(settling) ? settling : (unknownIn(sides) ?? !settling);
  }
  const numbers = [toNumber(left), toNumber(right)] as const;
  const [first, second] = numbers;
  if (first instanceof Unknown || second instanceof Unknown) {
    return unknownIn(numbers) ?? null;
  }
  const result = NUMERIC[operator]?.(first, second) ?? null;
  if (typeof result === "number" && !Number.isFinite(result)) {
    throw new Failure("the expression divides by zero, or ends at a number too large");
  }
  return result;
}

/** Works out `!operand` or `-operand`. */
export function unary(operator: "-" | "!", operand: Value): Value {
  const value = operator === "!" ? toBoolean(settled(operand)) : toNumber(settled(operand));
  if (value instanceof Unknown) {
    return plain(value);
  }
  return typeof value === "boolean" ? !value : -value;
}

/** Unknown for the same reason, and no longer the attribute that it was. */
export function plain(unknown: Unknown): Unknown {
  return new Unknown(unknown.reason);
}

function unknownIn(values: readonly Value[]): Unknown | undefined {
  const unknown = values.find((value) => value instanceof Unknown);
  return unknown === undefined ? undefined : plain(unknown);
}
