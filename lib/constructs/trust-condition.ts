import { type IResolvable, TerraformLocal, Token } from "cdktf";
import type { Construct } from "constructs";
import { comment } from "./comment.js";
import { type ExpressionPart, expression, isSoleToken, listPart, textPart } from "./expression.js";

/** A key of a condition, with its value or values; any of them may turn out to be none. */
export interface ConditionPart {
  readonly operator: string;
  readonly key: string;
  readonly values: string | readonly string[] | IResolvable | undefined;
}

/** A condition in a local, without the operators whose keys have no value; undefined where none can have any. */
export function conditionLocal(
  scope: Construct,
  id: string,
  text: string,
  parts: readonly ConditionPart[],
): string | undefined {
  const rows = parts.flatMap(({ operator, key, values }) => {
    const maybe = maybeValues(values);
    if (maybe === undefined) {
      return [];
    }
    const row = expression`{ ${quoted(operator)} = { "${hcl(key)}" = ${maybe.values} } }`;
    return [maybe.isNone === undefined ? row : expression`${maybe.isNone} ? {} : ${row}`];
  });
  if (rows.length === 0) {
    return undefined;
  }
  const lines = rows.reduce((rest, row) => expression`${rest}\n  ${row},`, expression``);
  const local = new TerraformLocal(scope, id, expression`merge(${lines}\n)`);
  comment(local, text);
  return local.fqn;
}

/** A statement with a condition from a local, unless that is empty. */
export function withCondition(statement: IResolvable, condition: string | undefined): IResolvable {
  return condition === undefined
    ? statement
    : expression`merge(
    ${statement},
    length(${condition}) == 0 ? {} : { Condition = ${condition} },
  )`;
}

/** A name as the key of an object in HCL. */
function quoted(name: string): string {
  return /^\w+$/.test(name) ? name : `"${name}"`;
}

/** HCL text of our own as a part of an expression. */
function hcl(text: string): ExpressionPart {
  return text;
}

/** The values of a condition's key as a list, and the condition that there are none; undefined where that is certain. */
function maybeValues(
  values: ConditionPart["values"],
): { readonly values: ExpressionPart; readonly isNone?: ExpressionPart } | undefined {
  if (typeof values === "string") {
    const list = expression`[${textPart(values)}]`;
    // A text with tokens in it cannot turn out to be null.
    return isSoleToken(values)
      ? { values: list, isNone: expression`${values} == null` }
      : { values: list };
  }
  if (values === undefined || (isKnown(values) && values.length === 0)) {
    return undefined;
  }
  const list = listPart(values);
  return isKnown(values)
    ? { values: list }
    : { values: list, isNone: expression`length(${list}) == 0` };
}

/** Whether a list is one that is known as one; its strings may be tokens all the same. */
export function isKnown<Item>(list: readonly Item[] | IResolvable): list is readonly Item[] {
  return !Token.isUnresolved(list);
}
