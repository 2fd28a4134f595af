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
    const text = resource.argument(argument);
    const partition =
      typeof text === "string" ? /\barn:(aws[a-z-]{0,20}):/.exec(text)?.[1] : undefined;
    if (partition !== undefined) {
      return partition;
    }
  }
  return undefined;
}
