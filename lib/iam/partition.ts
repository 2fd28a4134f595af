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
