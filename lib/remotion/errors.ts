import { PARTITIONS } from "../iam/partition.js";
import { quotedChoices } from "../iam/shown.js";
import type { ValueRule } from "../iam/value-rule.js";

/** A region or an ARN is in another partition than the one given. */
export function notInPartition(option: string, value: string, partition: string): Error {
  const partitions = PARTITIONS.map((each) => JSON.stringify(each)).join(" and ");
  return new Error(
    `${option} is ${JSON.stringify(value)}, which is not in the partition ${JSON.stringify(partition)}: give what is in it, or set partition. Remotion runs in ${partitions} alone.`,
  );
}

/**
 * A bucket to write to was given to a caller, which writes no video.
 *
 * @param writers what grants it, as it reads behind "to"
 */
export function writtenByCaller(
  option: string,
  access: string,
  accesses: readonly string[],
  writers: string,
): Error {
  const list = quotedChoices(accesses);
  return new Error(
    `${option} is ${JSON.stringify(access)}, and callers write no video: give ${list}, and give ${JSON.stringify(access)} to ${writers}.`,
  );
}

/** A bucket that is not written to was given ACLs. */
export function aclWithoutWriting(option: string, access: string): Error {
  return new Error(
    `${option} has acl with the access ${JSON.stringify(access)}: only what writes a video sets its ACL. Leave acl out, or give the access "write" or "put".`,
  );
}

/** A release of Remotion whose needs cannot be told. */
export class UnknownReleaseError extends Error {
  override readonly name = "UnknownReleaseError";
}

/** A version is no release. */
export function notARelease(
  version: string,
  { subject, requirement }: Pick<ValueRule, "subject" | "requirement">,
): UnknownReleaseError {
  return new UnknownReleaseError(`${JSON.stringify(version)} is not ${subject}: ${requirement}`);
}

/** A release publishes no policies, or was made before those that do. */
export function releaseTooOld(version: string, oldest: string): UnknownReleaseError {
  return new UnknownReleaseError(
    `Remotion ${version} is older than ${oldest}, the oldest release that publishes policies: what it needs is not known. Update @remotion/lambda, or name a release from ${oldest} on.`,
  );
}
