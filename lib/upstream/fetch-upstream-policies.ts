import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PARTITIONS, type Partition } from "../iam/partition.js";
import { keepsRule } from "../iam/value-rule.js";
import {
  cannotIsolate,
  failedPolicies,
  noPolicies,
  notARelease,
  unknownDependency,
  unreadablePackage,
} from "./errors.js";
import { findIsolation, type NodeRunner, notIsolated } from "./isolation.js";
import { fetchPackage } from "./npm-package.js";
import { KNOWN_DEPENDENCIES, POLICIES_PACKAGE, packageOf } from "./packages.js";
import { type PublishedPolicy, parsePublishedPolicy } from "./published-policy.js";
import { RELEASE } from "./release.js";
import { type PrintedPolicies, runPolicies } from "./run-policies.js";
import { inTemporaryFolder } from "./temporary-folder.js";

/** The policies of one Remotion release. */
export interface UpstreamPolicies {
  readonly version: string;
  /** Partition → policies. Releases before 4.0.512 have them for `aws` only. */
  readonly policies: Readonly<Partial<Record<Partition, PrincipalPolicies>>>;
}

/** What a release publishes for one partition. */
interface PrincipalPolicies {
  readonly user: PublishedPolicy;
  readonly role: PublishedPolicy;
}

/** How a release may be run. */
interface FetchOptions {
  /** Whether it is run even where it cannot be isolated. @default false */
  readonly runPackage?: boolean;
}

/**
 * Fetches a Remotion release from the npm registry into a temporary folder, runs it isolated and reads its
 * policies. Remotion has a licence of its own, so its packages are run here and never shipped.
 *
 * @param release a version, or a dist-tag such as `latest`
 * @throws {UpstreamUnavailableError} when the release or its policies cannot be had, or it cannot be isolated
 */
export async function fetchUpstreamPolicies(
  release: string,
  { runPackage = false }: FetchOptions = {},
): Promise<UpstreamPolicies> {
  if (!keepsRule(RELEASE, release)) {
    throw notARelease(release, RELEASE.requirement);
  }
  return inTemporaryFolder(async (folder, signal) => {
    // Before anything is fetched: a refusal comes at once.
    const runner = await runnerIn(folder, signal, runPackage);
    const lambda = { name: POLICIES_PACKAGE, version: release };
    const version = versionOf(await fetchPackage(lambda, folder, signal), release);
    const printed = await runUntilComplete(version, folder, runner, signal);
    const aws = parsePolicies(version, "aws", printed.aws);
    const others = PARTITIONS.filter((partition) => partition !== "aws")
      .map(
        (partition) => [partition, parsePolicies(version, partition, printed[partition])] as const,
      )
      // A release that does not know the option prints the policies for `aws` again.
      .filter(([, policies]) => JSON.stringify(policies) !== JSON.stringify(aws));
    return { version, policies: { aws, ...Object.fromEntries(others) } };
  });
}

/** What runs the code of a release. @throws {UpstreamUnavailableError} where it could not be isolated */
async function runnerIn(
  folder: string,
  signal: AbortSignal,
  runPackage: boolean,
): Promise<NodeRunner> {
  const isolation = await findIsolation(folder, signal);
  if ("run" in isolation) {
    return isolation.run;
  }
  if (!runPackage) {
    throw cannotIsolate(isolation.missing);
  }
  return notIsolated;
}

/** Runs the policies, and fetches what they turn out to need: that differs between releases. */
async function runUntilComplete(
  version: string,
  folder: string,
  runner: NodeRunner,
  signal: AbortSignal,
) {
  const left = new Map(KNOWN_DEPENDENCIES);
  for (;;) {
    const answer = await runPolicies(version, { folder, runner, signal });
    if ("none" in answer) {
      throw noPolicies(version);
    }
    if ("policies" in answer) {
      return answer.policies;
    }
    const name = packageOf(answer.missing);
    const known = left.get(name);
    if (known === undefined) {
      throw KNOWN_DEPENDENCIES.has(name)
        ? failedPolicies(version, `${JSON.stringify(answer.missing)} is not in its package`)
        : unknownDependency(version, answer.missing);
    }
    left.delete(name);
    const dependency = { name, version: known === "same" ? version : known };
    await fetchPackage(dependency, folder, signal);
  }
}

/** The version that a package says it is of. It goes back to npm, so it is checked, too. */
function versionOf(path: string, release: string): string {
  const spec = `${POLICIES_PACKAGE}@${release}`;
  let manifest: { readonly version?: unknown };
  try {
    manifest = Object(JSON.parse(readFileSync(join(path, "package.json"), "utf8")));
  } catch {
    throw unreadablePackage(spec, "it has no package.json");
  }
  // The registry knows a version without what follows a plus: 3.0.0-rc.15+b361ec694.
  const [version = ""] = String(manifest.version).split("+");
  if (!keepsRule(RELEASE, version)) {
    throw unreadablePackage(spec, `it says that its version is ${JSON.stringify(version)}`);
  }
  return version;
}

function parsePolicies(
  version: string,
  partition: Partition,
  printed: PrintedPolicies | null | undefined,
): PrincipalPolicies {
  const user = parsePublishedPolicy(printed?.user);
  const role = parsePublishedPolicy(printed?.role);
  if (user === undefined || role === undefined) {
    throw failedPolicies(version, `those for ${partition} are something else`);
  }
  return { user, role };
}
