import type { Partition } from "../iam/partition.js";
import { UnknownReleaseError } from "../remotion/errors.js";
import { needsOfRelease, type ReleaseNeeds } from "../remotion/releases.js";
import type { Console } from "./console.js";
import { partitionWithoutPolicies, UsageError } from "./errors.js";

/**
 * What the release that `--remotion` names needs. Where another one stands for it, it is said.
 *
 * @returns undefined without the option
 * @throws UsageError when it is no release, is too old, or has no policies for the partition
 */
export function remotionRelease(
  version: string | undefined,
  partition: Partition,
  console: Pick<Console, "note">,
): ReleaseNeeds | undefined {
  if (version === undefined) {
    return undefined;
  }
  const needs = needsOf(version);
  if (!needs.partitions.includes(partition)) {
    throw partitionWithoutPolicies(version, partition);
  }
  if (needs.remark !== undefined) {
    console.note(needs.remark);
  }
  return needs;
}

function needsOf(version: string): ReleaseNeeds {
  try {
    return needsOfRelease(version);
  } catch (error) {
    if (error instanceof UnknownReleaseError) {
      throw new UsageError(`--remotion: ${error.message}`);
    }
    throw error;
  }
}
