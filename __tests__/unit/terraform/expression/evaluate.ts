import { evaluate } from "../../../../lib/terraform/expression/evaluate.js";
import { Limits } from "../../../../lib/terraform/expression/limits.js";
import { parseExpression } from "../../../../lib/terraform/expression/parse-expression.js";
import type { Value } from "../../../../lib/terraform/expression/value.js";
import { LOCALS } from "./cases.js";

/** Works an expression out, with these names. */
export function evaluated(
  text: string,
  names: Readonly<Record<string, Value>> = { local: LOCALS },
  limits = new Limits(100_000),
): Value {
  return evaluate(parseExpression(text), { limits, lookup: (name) => names[name] ?? null });
}
