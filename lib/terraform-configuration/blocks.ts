import { isObject, type JsonObject } from "../json/json-value.js";

/** A block of a Terraform JSON configuration, with its labels: `["aws_iam_role", "lambda"]`. */
export interface Block {
  readonly labels: readonly string[];
  readonly body: JsonObject;
}

/**
 * The blocks below a key. Terraform takes an object or a list of objects wherever a label or a body
 * stands.
 *
 * @param labels how many labels such a block has
 * @see https://developer.hashicorp.com/terraform/language/syntax/json#block-type-specific-exceptions
 */
export function blocksIn(value: unknown, labels: number): readonly Block[] {
  return (Array.isArray(value) ? value : [value]).filter(isObject).flatMap((body) =>
    labels === 0
      ? [{ labels: [], body }]
      : Object.entries(body)
          .filter(([label]) => label !== "//")
          .flatMap(([label, inner]) =>
            blocksIn(inner, labels - 1).map((block) => ({
              labels: [label, ...block.labels],
              body: block.body,
            })),
          ),
  );
}
