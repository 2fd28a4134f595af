import type { JsonObject } from "../json/json-value.js";
import { COMPUTE_TYPES } from "../terraform/compute.js";
import { IAM_TYPES, type IamFile, OUTSIDE_TYPES } from "../terraform/iam-file.js";
import { Limits } from "../terraform-expression/limits.js";
import { Configuration } from "./configuration.js";

/** Steps that a small configuration may take, and how many more for each character of a large one. */
const STEPS = { base: 5_000_000, perCharacter: 2 };

/**
 * IAM in a Terraform JSON configuration, as it would be with the defaults of its variables.
 *
 * @param length how long the file is: what it costs to read may grow with it, and no faster
 * @throws {UnreadableFile} when it costs more
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function readConfiguration(content: JsonObject, length: number): IamFile {
  const limits = new Limits(STEPS.base + STEPS.perCharacter * length);
  const configuration = new Configuration(content, limits);
  return {
    resources: configuration.resources(IAM_TYPES),
    compute: configuration.resources(COMPUTE_TYPES),
    outside: configuration.resources(OUTSIDE_TYPES),
    lookedUp: new Map(),
    partition: configuration.partition,
    give: "the plan",
    moduleSources: () => [],
  };
}
