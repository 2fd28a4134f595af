import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PARTITIONS } from "../lib/iam/partition.js";
import { keepsRule } from "../lib/iam/value-rule.js";
import { policyOf } from "../lib/remotion/policies.js";
import {
  bandStatements,
  compareReleases,
  type OwnStatements,
  REMOTION_RELEASE,
  type ReleaseBand,
  type StockPolicy,
} from "../lib/remotion/releases.js";
import { fillTemplate, placeholdersOf } from "../lib/remotion/resource-scope.js";
import { ROLE_STATEMENTS } from "../lib/remotion/role-statements.js";
import { templatesOf } from "../lib/remotion/statement-fact.js";
import { USER_STATEMENTS } from "../lib/remotion/user-statements.js";
import { NotIsolatedError, UpstreamUnavailableError } from "../lib/upstream/errors.js";
import {
  fetchUpstreamPolicies,
  type UpstreamPolicies,
} from "../lib/upstream/fetch-upstream-policies.js";
import { POLICIES_PACKAGE } from "../lib/upstream/packages.js";
import { isDrift, policyDrift, valuesOf } from "../lib/upstream/policy-drift.js";
import type { PublishedPolicy } from "../lib/upstream/published-policy.js";

// npm run refresh-releases: finds the releases between which Remotion's policies changed, and writes what each
// needs as data. Takes some ten minutes and the network: it reads every eighth release, and those between two
// that differ, halving what is left.

/** The first release that publishes its policies. */
const OLDEST = "3.0.0";

const STRIDE = 8;

const STATEMENTS = { user: USER_STATEMENTS, role: ROLE_STATEMENTS };

/** Templates that only old releases have. */
const OLD_TEMPLATES = ["arn:{partition}:iam::{account}:user/$" + "{aws:username}"];

const versions = publishedVersions();
const read = new Map<string, UpstreamPolicies | undefined>();

const bands = bandsOf(await readChanges());
check(bands);
write("../lib/remotion/releases.json", JSON.stringify({ bands }, null, 2));
// What the tests compare with: the policies as published, a release to the line.
const firsts = bands.map(({ from }) => JSON.stringify(read.get(from)));
write("../__tests__/unit/remotion/fixtures/releases.json", `[\n${firsts.join(",\n")}\n]`);
process.stderr.write(`Wrote ${bands.length} bands, by ${read.size} releases.\n`);

/** The releases of the registry, oldest first. */
function publishedVersions(): string[] {
  const { status, stdout, stderr } = spawnSync(
    "npm",
    ["view", POLICIES_PACKAGE, "versions", "--json"],
    { encoding: "utf8" },
  );
  if (status !== 0) {
    throw new Error(`npm view ended with ${status}: ${stderr}`);
  }
  const all: readonly string[] = JSON.parse(stdout);
  return all
    .filter((version) => keepsRule(REMOTION_RELEASE, version))
    .filter((version) => compareReleases(version, OLDEST) >= 0)
    .sort(compareReleases);
}

/** Reads releases until it is known where they change, and gives all that were read, oldest first. */
async function readChanges(): Promise<UpstreamPolicies[]> {
  const sample = versions.filter((_, index) => index % STRIDE === 0);
  for (const version of [...sample, ...versions.slice(-1)]) {
    await readRelease(version);
  }
  for (let next = nextBetween(); next !== undefined; next = nextBetween()) {
    await readRelease(next);
  }
  return readable();
}

/** A release in the middle of two that differ; undefined where no such release is left. */
function nextBetween(): string | undefined {
  const known = readable();
  for (const [index, release] of known.entries()) {
    const following = known[index + 1];
    if (following !== undefined && !isSame(release, following)) {
      const between = versions.filter(
        (version) =>
          !read.has(version) &&
          compareReleases(version, release.version) > 0 &&
          compareReleases(version, following.version) < 0,
      );
      if (between.length > 0) {
        return between[Math.floor(between.length / 2)];
      }
    }
  }
  return undefined;
}

/** Reads a release, if it can be had: of some, a package that they need is no longer there. */
async function readRelease(version: string): Promise<void> {
  try {
    read.set(version, await fetchUpstreamPolicies(version));
    process.stderr.write(`${version}\n`);
  } catch (error) {
    if (!(error instanceof UpstreamUnavailableError) || error instanceof NotIsolatedError) {
      throw error;
    }
    read.set(version, undefined);
    process.stderr.write(`${error.message}\n`);
  }
}

function readable(): UpstreamPolicies[] {
  return versions.flatMap((version) => read.get(version) ?? []);
}

function isSame(one: UpstreamPolicies, other: UpstreamPolicies): boolean {
  return JSON.stringify(one.policies) === JSON.stringify(other.policies);
}

/** Neighbours with the same policies as one band. */
function bandsOf(releases: readonly UpstreamPolicies[]): ReleaseBand[] {
  const first = releases.filter((release, index) => {
    const before = releases[index - 1];
    return before === undefined || !isSame(before, release);
  });
  return first.map((release) => {
    const same = releases.filter((other) => isSame(release, other));
    const { aws } = release.policies;
    if (aws === undefined) {
      throw new Error(`Remotion ${release.version} has no policies for aws.`);
    }
    return {
      from: release.version,
      last: same.at(-1)?.version ?? release.version,
      partitions: PARTITIONS.filter((partition) => release.policies[partition] !== undefined),
      user: ownStatements("user", aws.user),
      role: ownStatements("role", aws.role),
    };
  });
}

/** The statements of a policy that are other ones than ours. */
function ownStatements(principal: StockPolicy, policy: PublishedPolicy): OwnStatements {
  const ours = STATEMENTS[principal];
  const theirs = policy.Statement.map(({ Sid = "", Action, Resource }) => ({
    sid: Sid,
    actions: valuesOf(Action),
    resources: valuesOf(Resource).map(templateOf),
  }));
  const gone = ours
    .filter(({ sid }) => !theirs.some((statement) => statement.sid === sid))
    .map(({ sid }) => [sid, null] as const);
  const own = theirs
    .filter((statement) => {
      const our = ours.find(({ sid }) => sid === statement.sid);
      const { actions, resources } = statement;
      return (
        our === undefined ||
        !isSameSet(actions, our.actions) ||
        !isSameSet(resources, templatesOf(our, "aws"))
      );
    })
    .map(({ sid, ...statement }) => [sid, statement] as const);
  return Object.fromEntries([...gone, ...own]);
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());
}

/** The template that a resource of a stock policy is made from. */
function templateOf(resource: string): string {
  const templates = [
    ...Object.values(STATEMENTS).flatMap((facts) =>
      facts.flatMap((fact) => templatesOf(fact, "aws")),
    ),
    ...OLD_TEMPLATES,
  ];
  const found = templates.find((template) =>
    fillTemplate(template, placeholdersOf({})).includes(resource),
  );
  if (found === undefined) {
    throw new Error(`No template makes ${resource}: add it to OLD_TEMPLATES.`);
  }
  return found;
}

/** Makes the policies of all releases that were read out of their bands, and compares. */
function check(table: readonly ReleaseBand[]): void {
  for (const release of readable()) {
    const band = table.find(({ last }) => compareReleases(release.version, last) <= 0);
    for (const partition of PARTITIONS) {
      const published = release.policies[partition];
      for (const principal of ["user", "role"] as const) {
        const facts = band === undefined ? [] : bandStatements(band, principal);
        const ours = policyOf(facts, principal, { partition });
        if (published !== undefined && isDrift(policyDrift(ours, published[principal]))) {
          throw new Error(
            `The policy of the ${principal} of Remotion ${release.version}, partition ${partition}, is another one: lib/remotion/releases.ts cannot say how it differs.`,
          );
        }
      }
    }
  }
}

function write(path: string, text: string): void {
  writeFileSync(fileURLToPath(new URL(path, import.meta.url)), `${text}\n`);
}
