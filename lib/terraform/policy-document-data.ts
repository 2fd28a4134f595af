import { settled } from "../terraform-expression/convert.js";
import { Unknown } from "../terraform-expression/unknown.js";
import {
  attributeOf,
  isList,
  isValueObject,
  objectOf,
  type Value,
} from "../terraform-expression/value.js";
import type { DocumentTexts } from "./document-texts.js";
import { mergedDocument } from "./merged-document.js";

/** The value of an argument or of blocks; undefined where it is not set. */
export type DataArguments = (name: string) => Value | undefined;

/**
 * The policy that `data "aws_iam_policy_document"` makes of its arguments, as a value: what is not told
 * stands in it as `Unknown`.
 *
 * @param texts of the documents that it is made from
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function policyDocumentData(argument: DataArguments, texts: DocumentTexts): Value {
  const id = argument("policy_id");
  const own = objectOf([
    ["Version", argument("version") ?? "2012-10-17"],
    ...(id === undefined || id === null ? [] : [["Id", id] as const]),
    ["Statement", statementsOf(argument("statement"))],
  ]);
  const documents = (single: string, several: string) =>
    [...listOf(argument(single)), ...listOf(argument(several))]
      .filter((text) => text !== "")
      .map((text) => texts.of(text));
  const sources = documents("source_json", "source_policy_documents");
  const overrides = documents("override_json", "override_policy_documents");
  return sources.length + overrides.length === 0
    ? own
    : mergedDocument([...sources, own, ...overrides]);
}

/** The names of all arguments and blocks that make the document. */
export const DATA_ARGUMENTS = [
  "override_json",
  "override_policy_documents",
  "policy_id",
  "source_json",
  "source_policy_documents",
  "statement",
  "version",
] as const;

/** The arguments and blocks of a block `statement`. */
export const STATEMENT_ARGUMENTS = [
  "actions",
  "condition",
  "effect",
  "not_actions",
  "not_principals",
  "not_resources",
  "principals",
  "resources",
  "sid",
] as const;

/** Plain lists of a statement: argument → element of the policy language. */
const LISTS = {
  actions: "Action",
  not_actions: "NotAction",
  resources: "Resource",
  not_resources: "NotResource",
} as const;

function statementsOf(blocks: Value | undefined): Value {
  const known = settled(blocks ?? []);
  return known instanceof Unknown ? known : listOf(known).map(statement);
}

function statement(rawBlock: Value): Value {
  const block = settled(rawBlock);
  if (block instanceof Unknown) {
    return block;
  }
  const entries: [string, Value][] = [];
  const sid = attribute(block, "sid");
  if (sid !== null && sid !== "") {
    entries.push(["Sid", sid]);
  }
  entries.push(["Effect", attribute(block, "effect") ?? "Allow"]);
  for (const [name, element] of Object.entries(LISTS)) {
    const list = attribute(block, name);
    // An empty list is none, to the provider.
    if (list !== null && !(isList(list) && list.length === 0)) {
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
  const gatheredOnes = gathered(principals, "type", "identifiers");
  const anybody = isValueObject(gatheredOnes) ? attributeOf(gatheredOnes, "*") : undefined;
  return anybody === undefined ? gatheredOnes : "*";
}

function conditionsOf(conditions: readonly Value[]): Value {
  const tests = new Map<string, Value[]>();
  for (const condition of conditions) {
    const test = attribute(condition, "test");
    if (typeof test !== "string") {
      return unknownOf(condition, test);
    }
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
    const name = attribute(block, key);
    if (typeof name !== "string") {
      return unknownOf(block, name);
    }
    const items = found.get(name) ?? [];
    for (const item of listOf(withVariables(attribute(block, list)))) {
      items.push(item);
    }
    found.set(name, items);
  }
  return objectOf(found);
}

/** What is said of blocks of which one is not told, or its key is not. */
function unknownOf(block: Value, key: Value): Unknown {
  const known = [settled(block), settled(key)].find((value) => value instanceof Unknown);
  return known instanceof Unknown
    ? new Unknown(known.reason)
    : new Unknown("it is not in the file");
}

/** Policy variables are written `&{…}` here, for Terraform's `${…}` not to take them. */
function withVariables(value: Value): Value {
  if (typeof value === "string") {
    return value.replaceAll("&{", "${");
  }
  const known = settled(value);
  if (isList(known)) {
    return known.map(withVariables);
  }
  const pieces = known instanceof Unknown ? known.known.pieces : undefined;
  return known instanceof Unknown && pieces !== undefined
    ? new Unknown(known.reason, known.origins, {
        pieces: pieces.map((piece) => piece.replaceAll("&{", "${")),
      })
    : known;
}

/** A list, or the one thing that stands for it; null is nothing. */
function listOf(value: Value | undefined): readonly Value[] {
  if (value === undefined || value === null) {
    return [];
  }
  return isList(value) ? value : [settled(value)];
}

function attribute(block: Value, name: string): Value {
  return isValueObject(block) ? settled(attributeOf(block, name) ?? null) : null;
}
