import { settled } from "./convert.js";
import { Failure } from "./failure.js";
import { COLLECTION_FUNCTIONS } from "./functions/collections.js";
import { CONVERSION_FUNCTIONS } from "./functions/conversions.js";
import type { TerraformFunction } from "./functions/function.js";
import { NUMBER_FUNCTIONS } from "./functions/numbers.js";
import { TEXT_FUNCTIONS } from "./functions/texts.js";
import type { Limits } from "./limits.js";
import { plain } from "./operators.js";
import { Unknown } from "./unknown.js";
import { isList, isValueObject, type Value } from "./value.js";

/*
 * What policies are written with. Left out are those that read files or the clock, and those that
 * match patterns: RE2 takes them in linear time, JavaScript's matcher does not.
 */
const FUNCTIONS: ReadonlyMap<string, TerraformFunction> = new Map(
  Object.entries({
    ...COLLECTION_FUNCTIONS,
    ...CONVERSION_FUNCTIONS,
    ...NUMBER_FUNCTIONS,
    ...TEXT_FUNCTIONS,
  }),
);

/** Names of the functions that are worked out, `try` and `can` aside. */
export const FUNCTION_NAMES: readonly string[] = [...FUNCTIONS.keys()];

/**
 * Calls a function of Terraform.
 *
 * @returns unknown for a function that is not worked out here, or that needs to know more
 * @throws {Failure} when Terraform would refuse the call, too
 */
export function callFunction(name: string, args: readonly Value[], limits: Limits): Value {
  const called = FUNCTIONS.get(name);
  if (called === undefined) {
    return new Unknown(`the function ${name}() is not worked out here`);
  }
  const { parameters, needs, apply } = called;
  const [fewest, most] = parameters;
  if (args.length < fewest || args.length > most) {
    throw new Failure(`${name}() is called with ${args.length} arguments`);
  }
  const settledArgs = args.map(settled);
  for (const arg of settledArgs) {
    limits.spend(sizeOf(arg));
    const unknown = needs === "everything" ? unknownWithin(arg, limits) : asUnknown(arg);
    if (unknown !== undefined && needs !== "nothing") {
      return plain(unknown);
    }
  }
  const result = apply(settledArgs, limits);
  limits.spend(sizeOf(result));
  return result;
}

/** The first unknown in a value, at any depth. */
function unknownWithin(value: Value, limits: Limits): Unknown | undefined {
  return limits.nested(() => {
    const whole = settled(value);
    const items = isList(whole) ? whole : isValueObject(whole) ? Object.values(whole) : [];
    for (const item of items) {
      const unknown = unknownWithin(item, limits);
      if (unknown !== undefined) {
        return unknown;
      }
    }
    return asUnknown(whole);
  });
}

function asUnknown(value: Value): Unknown | undefined {
  return value instanceof Unknown ? value : undefined;
}

/** How many steps it costs to go through a value once, without what lies deeper. */
function sizeOf(value: Value): number {
  if (typeof value === "string") {
    return value.length / 16;
  }
  if (isList(value)) {
    return value.length;
  }
  return isValueObject(value) ? Object.keys(value).length : 1;
}
