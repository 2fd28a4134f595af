import { toBoolean, toNumber, toText } from "../convert.js";
import { Failure } from "../failure.js";
import { jsonEncode } from "../json-encode.js";
import type { Limits } from "../limits.js";
import { plain } from "../operators.js";
import { Unknown } from "../unknown.js";
import { entriesOf, objectOf, type Value } from "../value.js";
import {
  ANY_NUMBER,
  type Functions,
  listArg,
  mapArg,
  outer,
  passing,
  type TerraformFunction,
  textArg,
  whole,
} from "./function.js";
import { alike, setOf } from "./sets.js";

/** Functions that make one type of another, and those that let a value through. */
export const CONVERSION_FUNCTIONS: Functions = {
  // The first that is there settles it, whatever the others are.
  coalesce: passing([1, ANY_NUMBER], (values) => {
    const found = values.find((value) => value !== null && value !== "");
    if (found === undefined) {
      throw new Failure("coalesce() has no argument that is neither null nor empty");
    }
    return found;
  }),
  jsondecode: passing([1, 1], ([text]) => {
    if (text instanceof Unknown) {
      return text.known.encodes === undefined ? plain(text) : (text.known.encodes as Value);
    }
    try {
      return JSON.parse(textArg(text)) as Value;
    } catch {
      throw new Failure("jsondecode() is given a text that is not JSON");
    }
  }),
  jsonencode: passing([1, 1], ([value = null], limits) => encoded(value, limits)),
  nonsensitive: passed(),
  sensitive: passed(),
  tobool: converted(toBoolean),
  tolist: outer([1, 1], ([list]) => alike(listArg(list))),
  tomap: outer([1, 1], ([map]) => {
    const entries = entriesOf(mapArg(map));
    const values = alike(entries.map(([, value]) => value));
    return objectOf(entries.map(([key], index) => [key, values[index] ?? null]));
  }),
  tonumber: converted(toNumber),
  toset: whole([1, 1], ([list], limits) => setOf(listArg(list), limits)),
  tostring: converted(toText),
};

/** The JSON text of a value; where that is not told as a whole, it is known what it is the text of. */
export function encoded(value: Value, limits: Limits): Value {
  const text = jsonEncode(value, limits);
  return text instanceof Unknown ? new Unknown(text.reason, [], { encodes: value }) : text;
}

function passed(): TerraformFunction {
  return passing([1, 1], ([value]) => value ?? null);
}

function converted(convert: (value: Value) => Value): TerraformFunction {
  return passing([1, 1], ([value]) =>
    value === undefined || value === null ? null : convert(value),
  );
}
