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
export function notARelease(version: string, requirement: string): UnknownReleaseError {
  return new UnknownReleaseError(
    `${JSON.stringify(version)} is not a Remotion release: ${requirement}`,
  );
}

/** A release publishes no policies, or was made before those that do. */
export function releaseTooOld(version: string, oldest: string): UnknownReleaseError {
  return new UnknownReleaseError(
    `Remotion ${version} is older than ${oldest}, the oldest release that publishes policies: what it needs is not known. Update @remotion/lambda, or name a release from ${oldest} on.`,
  );
}
