import { evaluate, type Scope } from "../../../lib/terraform-expression/evaluate.js";
import { Limits } from "../../../lib/terraform-expression/limits.js";
import {
  parseExpression,
  parseTemplate,
} from "../../../lib/terraform-expression/parse-expression.js";
import type { Value } from "../../../lib/terraform-expression/value.js";
import { LOCALS } from "./cases.js";

/** A scope in which `local` is what the cases need. */
export const SCOPE = scopeWith({ local: LOCALS });

/** A scope with these names. */
export function scopeWith(names: Readonly<Record<string, Value>>): Scope {
  return { limits: new Limits(1_000_000), lookup: (name) => names[name] ?? null };
}

/** Works an expression out. */
export function evaluated(text: string, scope: Scope = SCOPE): Value {
  return evaluate(parseExpression(text), scope);
}

/** Works a text of a JSON file out. */
export function templateValue(text: string, scope: Scope = SCOPE): Value {
  return evaluate(parseTemplate(text), scope);
}
