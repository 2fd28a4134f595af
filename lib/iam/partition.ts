/**
 * The AWS partitions that Remotion Lambda runs in. GovCloud is not among them.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export const PARTITIONS = ["aws", "aws-cn"] as const;

/** An AWS partition: `aws`, or `aws-cn` for the regions in China. */
export type Partition = (typeof PARTITIONS)[number];

/** Whether a value read from outside names a partition that Remotion Lambda runs in. */
export function isPartition(value: string): value is Partition {
  return PARTITIONS.some((partition) => partition === value);
}

/**
 * What the names of regions begin with that are in another partition than `aws`. Those of AWS's next
 * regions follow.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export const REGIONS_ELSEWHERE = "^(cn|eusc|us-gov|us-iso|eu-iso)";

/** Whether a region is in a partition. */
export function isRegionOf(partition: Partition, region: string): boolean {
  return partition === "aws-cn"
    ? region.startsWith("cn-")
    : !new RegExp(REGIONS_ELSEWHERE, "u").test(region);
}

/** The partition that an ARN names; undefined for what is no ARN. */
export function partitionOf(text: string): string | undefined {
  const [arn, partition] = text.split(":");
  return arn === "arn" ? partition : undefined;
}
