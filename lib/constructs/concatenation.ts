import { type ExpressionPart, expression } from "./expression.js";

/**
 * Lists as one, on a line each where there are several.
 *
 * @param indent what the lines around it begin with. @default ""
 */
export function concatenation(lists: readonly ExpressionPart[], indent = ""): ExpressionPart {
  const [first = "[]", ...more] = lists;
  if (more.length === 0) {
    return first;
  }
  const lines = lists.reduce(
    (text, list) => expression`${text}\n${indent}  ${list},`,
    expression``,
  );
  return expression`concat(${lines}\n${indent})`;
}
