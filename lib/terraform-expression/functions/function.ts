import { toNumber, toText, wanted } from "../convert.js";
import type { Limits } from "../limits.js";
import { Unknown } from "../unknown.js";
import { isList, isValueObject, type Value, type ValueObject } from "../value.js";

/** A function of Terraform. */
export interface TerraformFunction {
  /** How few and how many arguments it takes. */
  readonly parameters: readonly [number, number];
  /**
   * What must be known for it to be called: the arguments with all that they hold, the arguments
   * alone, as `length` needs a list and not what is in it, or nothing.
   */
  readonly needs: "everything" | "arguments" | "nothing";
  readonly apply: (args: readonly Value[], limits: Limits) => Value;
}

/** Functions by name. */
export type Functions = Readonly<Record<string, TerraformFunction>>;

/** A function that must know its arguments with all that they hold. */
export function whole(
  parameters: TerraformFunction["parameters"],
  apply: TerraformFunction["apply"],
): TerraformFunction {
  return { parameters, needs: "everything", apply };
}

/** A function that passes on what its arguments hold, known or not. */
export function outer(
  parameters: TerraformFunction["parameters"],
  apply: TerraformFunction["apply"],
): TerraformFunction {
  return { parameters, needs: "arguments", apply };
}

/** A function that takes arguments that are not known. */
export function passing(
  parameters: TerraformFunction["parameters"],
  apply: TerraformFunction["apply"],
): TerraformFunction {
  return { parameters, needs: "nothing", apply };
}

/** No limit to the number of arguments. */
export const ANY_NUMBER = Number.POSITIVE_INFINITY;

/** An argument that must be a list, a tuple or a set. */
export function listArg(value: Value | undefined): readonly Value[] {
  if (value === undefined || !isList(value)) {
    throw wanted("a list", value ?? null);
  }
  return value;
}

/** An argument that must be a map or an object. */
export function mapArg(value: Value | undefined): ValueObject {
  if (value === undefined || !isValueObject(value)) {
    throw wanted("a map", value ?? null);
  }
  return value;
}

/** An argument that must be a text, and is known. */
export function textArg(value: Value | undefined): string {
  const text = toText(value ?? null);
  if (text instanceof Unknown) {
    throw wanted("a text", text);
  }
  return text;
}

/** An argument that must be a number, and is known. */
export function numberArg(value: Value | undefined): number {
  const number = toNumber(value ?? null);
  if (number instanceof Unknown) {
    throw wanted("a number", number);
  }
  return number;
}

/** An attribute of a resource that is not known yet, or is in part: a text, and no empty one. */
export function isUnknownText(value: Value): boolean {
  return value instanceof Unknown && (value.origins.length > 0 || value.known.pieces !== undefined);
}
