import type { JsonObject } from "../json/json-value.js";
import type { IamResource } from "./iam-file.js";

/** Regions of other partitions than `aws`, by how they begin. */
const PARTITIONS: Readonly<Record<string, string>> = { "cn-": "aws-cn", "us-gov-": "aws-us-gov" };

/** The partition of a region; undefined where that is not known. */
export function partitionOfRegion(region: unknown): string | undefined {
  if (typeof region !== "string" || region === "") {
    return undefined;
  }
  const prefix = Object.keys(PARTITIONS).find((start) => region.startsWith(start)) ?? "";
  return PARTITIONS[prefix] ?? "aws";
}

/**
 * The partition that resources are made in, as the file gives it away: by an ARN that AWS has made,
 * by the provider's region, or by an ARN in a policy.
 */
export function partitionOf(resources: readonly IamResource[], region: unknown): string {
  return (
    partitionIn(resources, "arn") ??
    partitionOfRegion(region) ??
    partitionIn(resources, "policy") ??
    "aws"
  );
}

function partitionIn(resources: readonly IamResource[], argument: string): string | undefined {
  for (const resource of resources) {
    const partition = partitionInText(resource.argument(argument));
    if (partition !== undefined) {
      return partition;
    }
  }
  return undefined;
}

/** The partition of the first ARN in a text. */
function partitionInText(text: unknown): string | undefined {
  return typeof text === "string" ? /\barn:(aws[a-z-]{0,20}):/.exec(text)?.[1] : undefined;
}

/** The partitions that the resources of a file give away while it is read. */
export class SeenPartitions {
  /** Those of what AWS has made, and those in policies as long as there are none. */
  readonly #seen = { arn: new Set<string>(), policy: new Set<string>() };

  /** Whether the values of a resource are the first to give one away. */
  isNewIn(values: JsonObject): boolean {
    const { arn, policy } = this.#seen;
    return isAdded(arn, values["arn"]) || (arn.size === 0 && isAdded(policy, values["policy"]));
  }

  /** Whether it depends on the order of the resources which of them counts. */
  get areSeveral(): boolean {
    return this.#seen.arn.size > 1 || this.#seen.policy.size > 1;
  }
}

function isAdded(seen: Set<string>, text: unknown): boolean {
  const partition = partitionInText(text);
  const isNew = partition !== undefined && !seen.has(partition);
  if (isNew) {
    seen.add(partition);
  }
  return isNew;
}
