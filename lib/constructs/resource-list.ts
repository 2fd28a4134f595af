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

/** ARNs that a local holds, and what a template has behind each of them. */
export interface NamedArns {
  /** The list of them. */
  readonly arns: IResolvable;
  /** Without placeholders. */
  readonly rest: string;
}

/** What a template stands for, as it stands in an expression. */
interface Item {
  readonly value: IResolvable;
  /** How many lists it is nested in; none is a string. */
  readonly depth: number;
}

/**
 * The resources that templates stand for: a plain list where every list in them is known, and an
 * expression over those that only Terraform knows.
 *
 * @param named finds the local that holds the ARNs of a template, or its only one. @default there is none
 */
export function resourceList(
  templates: readonly string[],
  placeholders: Placeholders<ListValue>,
  named: (template: string) => NamedArns | string | undefined = () => undefined,
): ListValue {
  const parts = templates.flatMap((template): (string | NamedArns)[] => {
    const arns = named(template);
    return arns === undefined ? expandKnown(template, placeholders) : [arns];
  });
  const plain = parts.filter((part) => typeof part === "string");
  if (plain.length === parts.length && plain.every((template) => listsIn(template).length === 0)) {
    return plain.map((template) => fillScalars(template, placeholders));
  }
  const items = parts.map((part) =>
    typeof part === "string" ? itemsOf(part, placeholders) : namedItems(part),
  );
  const [only, ...more] = items;
  if (only !== undefined && more.length === 0) {
    return only.depth === 1 ? only.value : expression`flatten(${only.value})`;
  }
  const lines = items.reduce((text, { value }) => expression`${text}\n  ${value},`, expression``);
  return items.every(({ depth }) => depth === 1)
    ? expression`concat(${lines}\n)`
    : expression`flatten([${lines}\n])`;
}

function namedItems({ arns, rest }: NamedArns): Item {
  const value = rest === "" ? arns : expression`[for arn in ${arns} : "\${arn}${rest}"]`;
  return { value, depth: 1 };
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
function itemsOf(template: string, placeholders: Placeholders<ListValue>): Item {
  const lists = listsIn(template);
  const looped = lists.reduce(
    (filled, list) => filled.replaceAll(`{${list}}`, `\${${ITEM_NAMES[list]}}`),
    template,
  );
  // Last, for a role's path may hold what reads like a placeholder.
  const text = fillScalars(looped, placeholders);
  const value = lists.reduceRight<IResolvable>(
    (items, list) => {
      const values = placeholders[list];
      return isTerraformList(values)
        ? expression`[for ${ITEM_NAMES[list]} in ${values} : ${items}]`
        : items;
    },
    expression`"${inQuotes(text)}"`,
  );
  return { value, depth: lists.length };
}
