/** The policies of a release cannot be had: nothing was compared. */
export class UpstreamUnavailableError extends Error {
  override readonly name = "UpstreamUnavailableError";
}

/** The code of a release could not be isolated, and was not run. */
export class NotIsolatedError extends UpstreamUnavailableError {}

/** A version is neither a release nor a dist-tag. */
export function notARelease(version: string, requirement: string): UpstreamUnavailableError {
  return new UpstreamUnavailableError(
    `${JSON.stringify(version)} is not a Remotion release: ${requirement}`,
  );
}

/** The registry knows the package, or this version of it, not at all. */
export function unpublishedPackage(spec: string, code: string): UpstreamUnavailableError {
  return new UpstreamUnavailableError(
    `${spec} is not on the npm registry (${code}): name a published release, or leave --version out for the newest. \`npm view @remotion/lambda versions\` lists them, \`npm config get registry\` says who was asked.`,
  );
}

/** npm could not fetch a package. */
export function unreachableRegistry(spec: string, reason: string): UpstreamUnavailableError {
  return new UpstreamUnavailableError(
    `npm could not fetch ${spec} (${reason}): the registry must be reachable. Check the network, the proxy and \`npm config get registry\`, and run again.`,
  );
}

/** A program that fetching needs is not there. */
export function missingProgram(program: string, remedy: string): UpstreamUnavailableError {
  return new UpstreamUnavailableError(
    `${program} is not on the PATH, and the packages of Remotion are fetched with it: ${remedy}`,
  );
}

/** A fetched package is no package, or would write elsewhere. */
export function unreadablePackage(spec: string, reason: string): UpstreamUnavailableError {
  return new UpstreamUnavailableError(
    `${spec} was fetched and cannot be used: ${reason}. Check \`npm config get registry\`: it must serve Remotion's own packages.`,
  );
}

/** A release publishes no policies. */
export function noPolicies(version: string): UpstreamUnavailableError {
  return new UpstreamUnavailableError(
    `Remotion ${version} publishes no policies that can be run: releases from 3.0.0 on do. Name one of those with --version.`,
  );
}

/** A release needs a package beyond those that are fetched for it. */
export function unknownDependency(version: string, name: string): UpstreamUnavailableError {
  return new UpstreamUnavailableError(
    `The policies of Remotion ${version} need ${JSON.stringify(name)}, which is not fetched: only packages that are listed in lib/upstream/packages.ts are. Add it there once you have looked at it.`,
  );
}

/** The code of a release would run with what this user may reach. */
export function cannotIsolate(reason: string): NotIsolatedError {
  return new NotIsolatedError(
    `The policies of a release are had by running its package, which is done isolated, and ${reason}: run this on Linux with util-linux, where users may have namespaces (kernel.apparmor_restrict_unprivileged_userns=0 on Ubuntu), or give --run-package, which runs it all the same. It may then reach the network, and signal your processes.`,
  );
}

/** The code of a release failed, hung, or answered with something else than policies. */
export function failedPolicies(version: string, reason: string): UpstreamUnavailableError {
  return new UpstreamUnavailableError(
    `The policies of Remotion ${version} cannot be read: ${reason}. They must be IAM policy documents as JSON; compare another release with --version, or look at the package itself.`,
  );
}
