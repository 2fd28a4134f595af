import { type IResolvable, Token } from "cdktf";
import { fillScalars, type List, listsIn, type Placeholders } from "../remotion/resource-scope.js";
import { expression, inQuotes } from "./expression.js";

/** A list that is known now, or known to Terraform only. */
export type ListValue = readonly string[] | IResolvable;

/** Whether only Terraform knows the list. */
export function isTerraformList(list: ListValue): list is IResolvable {
  return Token.isUnresolved(list);
}

/** What a list's item is called in a `for` expression. */
const ITEM_NAMES: Readonly<Record<List, string>> = {
  region: "region",
  bucket: "bucket",
  bucketTree: "bucket",
  function: "function",
  functionLogs: "function",
};

/**
 * The resources that templates stand for: a plain list where every list in them is known, and an
 * expression over those that only Terraform knows.
 */
export function resourceList(
  templates: readonly string[],
  placeholders: Placeholders<ListValue>,
): ListValue {
  const expanded = templates.flatMap((template) => expandKnown(template, placeholders));
  const depth = Math.max(0, ...expanded.map((template) => listsIn(template).length));
  if (depth === 0) {
    return expanded.map((template) => fillScalars(template, placeholders));
  }
  const items = expanded.map((template) => itemsOf(template, placeholders));
  const [only, ...more] = items;
  if (only !== undefined && more.length === 0) {
    return depth === 1 ? only : expression`flatten(${only})`;
  }
  const lines = items.reduce((text, item) => expression`${text}\n  ${item},`, expression``);
  return expression`flatten([${lines}\n])`;
}

/** A template for each combination of the lists that are known; its other placeholders are left. */
function expandKnown(template: string, placeholders: Placeholders<ListValue>): string[] {
  for (const list of listsIn(template)) {
    const values = placeholders[list];
    if (!isTerraformList(values)) {
      return values.flatMap((value) =>
        expandKnown(template.replaceAll(`{${list}}`, value), placeholders),
      );
    }
  }
  return [template];
}

/** A template as a string, or as a list for each list in it. */
function itemsOf(template: string, placeholders: Placeholders<ListValue>): IResolvable {
  const lists = listsIn(template);
  const looped = lists.reduce(
    (filled, list) => filled.replaceAll(`{${list}}`, `\${${ITEM_NAMES[list]}}`),
    template,
  );
  // Last, for a role's path may hold what reads like a placeholder.
  const text = fillScalars(looped, placeholders);
  return lists.reduceRight<IResolvable>(
    (items, list) => {
      const values = placeholders[list];
      return isTerraformList(values)
        ? expression`[for ${ITEM_NAMES[list]} in ${values} : ${items}]`
        : items;
    },
    expression`"${inQuotes(text)}"`,
  );
}
