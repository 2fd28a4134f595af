import type { JsonObject } from "../json/json-value.js";
import type { Value } from "../terraform-expression/value.js";

/** A resource or data source of a configuration. */
export interface Configured {
  /** `aws_iam_role.lambda`, or `data.aws_iam_policy_document.lambda`. */
  readonly address: string;
  readonly type: string;
  readonly body: JsonObject;
}

/** One of what `count` or `for_each` makes of it. */
export interface Instance {
  readonly configured: Configured;
  /** With its key. */
  readonly address: string;
  /** What `each` and `count` are in it. */
  readonly loop: ReadonlyMap<"each" | "count", Value>;
  /** Why it is open whether and how often it is made; undefined where it is not. */
  readonly open: string | undefined;
}

/** All that `count` or `for_each` makes of a resource. */
export type Expansion =
  | { readonly kind: "one" | "open"; readonly instances: readonly [Instance] }
  | { readonly kind: "list"; readonly instances: readonly Instance[] }
  | {
      readonly kind: "map";
      readonly keys: readonly string[];
      readonly instances: readonly Instance[];
    };
