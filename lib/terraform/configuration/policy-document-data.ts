import { attributeOf, isList, isValueObject, objectOf, type Value } from "../expression/value.js";

/**
 * The policy that `data "aws_iam_policy_document"` makes of its arguments, as a value: `jsonencode`
 * makes it the attribute `json`.
 *
 * @param argument the value of an argument or block, all of it known; undefined where it is not set
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function policyDocumentData(argument: (name: string) => Value | undefined): Value {
  const id = argument("policy_id");
  return objectOf([
    ["Version", argument("version") ?? "2012-10-17"],
    ...(id === undefined ? [] : [["Id", id] as const]),
    ["Statement", listOf(argument("statement")).map(statement)],
  ]);
}

/** Arguments whose values come from other documents, and are not merged here. */
export const MERGED_ARGUMENTS = [
  "override_policy_documents",
  "override_json",
  "source_policy_documents",
  "source_json",
];

/** Plain lists of a statement: argument → element of the policy language. */
const LISTS = {
  actions: "Action",
  not_actions: "NotAction",
  resources: "Resource",
  not_resources: "NotResource",
} as const;

function statement(block: Value): Value {
  const entries: [string, Value][] = [];
  const sid = attribute(block, "sid");
  if (sid !== null && sid !== "") {
    entries.push(["Sid", sid]);
  }
  entries.push(["Effect", attribute(block, "effect") ?? "Allow"]);
  for (const [name, element] of Object.entries(LISTS)) {
    const list = attribute(block, name);
    if (list !== null) {
      entries.push([element, withVariables(list)]);
    }
  }
  for (const [name, element] of [
    ["principals", "Principal"],
    ["not_principals", "NotPrincipal"],
  ] as const) {
    const principals = listOf(attribute(block, name));
    if (principals.length > 0) {
      entries.push([element, principalsOf(principals)]);
    }
  }
  const conditions = listOf(attribute(block, "condition"));
  if (conditions.length > 0) {
    entries.push(["Condition", conditionsOf(conditions)]);
  }
  return objectOf(entries);
}

function principalsOf(principals: readonly Value[]): Value {
  return gathered(principals, "type", "identifiers");
}

function conditionsOf(conditions: readonly Value[]): Value {
  const tests = new Map<string, Value[]>();
  for (const condition of conditions) {
    const test = String(attribute(condition, "test"));
    const others = tests.get(test) ?? [];
    others.push(condition);
    tests.set(test, others);
  }
  return objectOf(
    [...tests].map(([test, blocks]) => [test, gathered(blocks, "variable", "values")]),
  );
}

/** The lists of blocks by their keys; those of one key become one. */
function gathered(blocks: readonly Value[], key: string, list: string): Value {
  const found = new Map<string, Value[]>();
  for (const block of blocks) {
    const name = String(attribute(block, key));
    const items = found.get(name) ?? [];
    for (const item of listOf(withVariables(attribute(block, list)))) {
      items.push(item);
    }
    found.set(name, items);
  }
  return objectOf(found);
}

/** Policy variables are written `&{…}` here, for Terraform's `${…}` not to take them. */
function withVariables(value: Value): Value {
  if (typeof value === "string") {
    return value.replaceAll("&{", "${");
  }
  return isList(value) ? value.map(withVariables) : value;
}

/** A list, or the one thing that stands for it; null is nothing. */
function listOf(value: Value | undefined): readonly Value[] {
  if (value === undefined || value === null) {
    return [];
  }
  return isList(value) ? value : [value];
}

function attribute(block: Value, name: string): Value {
  return isValueObject(block) ? (attributeOf(block, name) ?? null) : null;
}
