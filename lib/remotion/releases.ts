import { matchesGlob, parseGlob } from "../iam/evaluate/glob.js";
import type { Partition } from "../iam/partition.js";
import { keepsRule, type ValueRule } from "../iam/value-rule.js";
import type { ApiCall } from "./api-calls.js";
import { notARelease, releaseTooOld } from "./errors.js";
import type { RoleProfile, UserProfile } from "./profile-names.js";
import { derivedStatements, profileCalls } from "./profiles.js";
import data from "./releases.json" with { type: "json" };
import { fillTemplate, placeholdersOf } from "./resource-scope.js";
import { ROLE_STATEMENTS } from "./role-statements.js";
import { sampleRequest } from "./sample-request.js";
import { isByPartition, type StatementFact, templatesOf } from "./statement-fact.js";
import { USER_STATEMENTS } from "./user-statements.js";

/** Whose policy it is: the user's and all callers', or that of the role of Remotion's functions. */
export type StockPolicy = "user" | "role";

/** Releases that follow each other and publish the same policies. */
export interface ReleaseBand {
  /** The first release that was read. */
  readonly from: string;
  /** The last one. */
  readonly last: string;
  /** Partitions that they have policies for. */
  readonly partitions: readonly Partition[];
  readonly user: OwnStatements;
  readonly role: OwnStatements;
}

/**
 * The statements that are other ones than those of the newest release, by Sid; null is one that is not there.
 * Those whose Sid the newest release does not have stand last.
 */
export type OwnStatements = Readonly<Record<string, OwnStatement | null>>;

/** A statement of a release: actions, and resources as templates. */
interface OwnStatement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** What a release of Remotion needs. */
export interface ReleaseNeeds {
  /** The release. */
  readonly version: string;
  /** The release that was read and stands for it. */
  readonly readAs: string;
  /** False where it is newer than all that were read. */
  readonly isKnown: boolean;
  /** Why another release stands for it, as a sentence; undefined where none does. */
  readonly remark: string | undefined;
  /** Whether it needs what the newest release needs. */
  readonly isCurrent: boolean;
  /** Partitions that it has policies for. */
  readonly partitions: readonly Partition[];
  /** The statements of its `getUserPolicy()`. */
  readonly user: readonly StatementFact[];
  /** The statements of its `getRolePolicy()`. */
  readonly role: readonly StatementFact[];
}

/** A call of the table of API calls. */
type PlannedCall = Pick<ApiCall, "action" | "resource">;

/** A released version of Remotion, of which there is a table: no dist-tag, no range, no prerelease. */
export const REMOTION_RELEASE: ValueRule = {
  subject: "a Remotion release",
  pattern: "^(0|[1-9][0-9]{0,8})[.](0|[1-9][0-9]{0,8})[.](0|[1-9][0-9]{0,8})$",
  requirement:
    "give the version of @remotion/lambda that is installed, such as 4.0.527; ranges and prereleases are not known.",
};

// `npm run refresh-releases` writes the table, oldest first.
const BANDS: readonly ReleaseBand[] = data.bands as readonly ReleaseBand[];

/** The oldest release that was read, and the newest. */
export const KNOWN_RELEASES = {
  oldest: BANDS[0]?.from ?? "",
  newest: BANDS.at(-1)?.last ?? "",
} as const;

/** The statements of the newest release. */
const NEWEST: Readonly<Record<StockPolicy, readonly StatementFact[]>> = {
  user: USER_STATEMENTS,
  role: ROLE_STATEMENTS,
};

/**
 * What a release of Remotion needs, by the policies that it publishes.
 *
 * A release between two that were read and differ counts as the later one, as needs have grown over time; one
 * that is newer than all of them as the newest.
 *
 * @param version as in `4.0.527`
 * @throws {UnknownReleaseError} when it is no version, or one before the oldest that was read
 */
export function needsOfRelease(version: string): ReleaseNeeds {
  if (!keepsRule(REMOTION_RELEASE, version)) {
    throw notARelease(version, REMOTION_RELEASE);
  }
  const { oldest, newest } = KNOWN_RELEASES;
  const at = BANDS.findIndex(({ last }) => compareReleases(version, last) <= 0);
  const band = BANDS.at(at);
  if (band === undefined || compareReleases(version, oldest) < 0) {
    throw releaseTooOld(version, oldest);
  }
  const isKnown = at !== -1;
  const before = BANDS[at - 1];
  const between =
    isKnown &&
    compareReleases(version, band.from) < 0 &&
    before !== undefined &&
    !hasSameStatements(before, band);
  return {
    version,
    readAs: between ? band.from : isKnown ? version : newest,
    isKnown,
    remark: between
      ? betweenReleases(version, before.last, band.from)
      : isKnown
        ? undefined
        : newerRelease(version, newest),
    isCurrent: hasSameStatements(band, { user: {}, role: {} }),
    partitions: band.partitions,
    user: bandStatements(band, "user"),
    role: bandStatements(band, "role"),
  };
}

/** Whether two bands differ in no more than their partitions. */
function hasSameStatements(
  one: Pick<ReleaseBand, StockPolicy>,
  other: Pick<ReleaseBand, StockPolicy>,
): boolean {
  const statements = ({ user, role }: Pick<ReleaseBand, StockPolicy>) =>
    JSON.stringify([user, role]);
  return statements(one) === statements(other);
}

/** Negative where the first version is the older one, 0 where they are the same. */
export function compareReleases(one: string, other: string): number {
  const others = other.split(".").map(Number);
  const differences = one.split(".").map((part, index) => Number(part) - (others[index] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}

/** The statements of a profile, as far as the release needs them. */
export function releaseStatements(
  needs: ReleaseNeeds,
  principal: StockPolicy,
  profile: UserProfile | RoleProfile,
): readonly StatementFact[] {
  if (profile === "full") {
    return needs[principal];
  }
  const calls = profileCalls(profile).filter((call) => !lacksCall(needs, principal, call));
  const statements = derivedStatements(profile, calls).map((fact) =>
    withOwnLayers(fact, needs[principal]),
  );
  // What old releases call is not recorded, but whoever deploys with them had better be allowed it.
  return profile === "deploy"
    ? [...statements, ...furtherStatements(needs, principal)]
    : statements;
}

/** A statement on layers without those that a release knows nothing of; any other as it is. */
function withOwnLayers(fact: StatementFact, own: readonly StatementFact[]): StatementFact {
  const known = own.flatMap((statement) => templatesOf(statement, "aws"));
  const all = isByPartition(fact.resources) ? fact.resources.byPartition.aws : [];
  const kept = all.filter((template) => known.includes(template));
  return kept.length === all.length ? fact : { ...fact, resources: kept };
}

/**
 * Whether a release does not make a call, as far as is known: the policy of the newest one allows it, and that of
 * this one does not.
 *
 * @param call as the table of API calls has it
 */
export function lacksCall(needs: ReleaseNeeds, principal: StockPolicy, call: PlannedCall): boolean {
  return !needs.isCurrent && allows(NEWEST[principal], call) && !allows(needs[principal], call);
}

/** Whether the policy of the newest release has an action, and that of this one has not. */
export function lacksAction(needs: ReleaseNeeds, principal: StockPolicy, action: string): boolean {
  return hasAction(NEWEST[principal], action) && !hasAction(needs[principal], action);
}

/** What a release's policy allows and the newest one's does not: statements with those actions alone. */
export function furtherStatements(needs: ReleaseNeeds, principal: StockPolicy): StatementFact[] {
  return needs[principal]
    .map((fact) => ({
      ...fact,
      actions: fact.actions.filter((action) =>
        templatesOf(fact, "aws").some(
          (template) =>
            !NEWEST[principal].some(
              (newest) =>
                newest.actions.includes(action) && templatesOf(newest, "aws").includes(template),
            ),
        ),
      ),
    }))
    .filter(({ actions }) => actions.length > 0)
    .map((fact) => ({ ...fact, reason: FURTHER_REASON }));
}

const FURTHER_REASON = "Make calls that older releases of Remotion make, which are not recorded.";

/** The statements of a band's policy. */
export function bandStatements(
  band: Pick<ReleaseBand, StockPolicy>,
  principal: StockPolicy,
): readonly StatementFact[] {
  const own = band[principal];
  const newest = NEWEST[principal];
  const kept = newest.flatMap((fact): StatementFact[] => {
    const statement = Object.hasOwn(own, fact.sid) ? own[fact.sid] : undefined;
    if (statement === undefined) {
      return [fact];
    }
    return statement === null ? [] : [ownFact(principal, fact.sid, statement, fact)];
  });
  const further = Object.entries(own).flatMap(([sid, statement]) =>
    statement === null || newest.some((fact) => fact.sid === sid)
      ? []
      : [ownFact(principal, sid, statement)],
  );
  return [...kept, ...further];
}

/** The words for statements on other resources than those of the newest release. */
const WORDS: Readonly<Record<string, Pick<StatementFact, "scope" | "reason">>> = {
  "user Identity": {
    scope: "the user who calls",
    reason: "See who calls, to check that user's permissions.",
  },
  "user FetchBinaries": {
    scope: "the layers that Remotion publishes",
    reason: "Put the layers with Chrome and the compositor into a function.",
  },
  "role 3": {
    scope: "log groups of Remotion's functions",
    reason: "Write the function's logs.",
  },
};

function ownFact(
  principal: StockPolicy,
  sid: string,
  statement: OwnStatement,
  newest?: StatementFact,
): StatementFact {
  const words = WORDS[`${principal} ${sid}`] ?? newest;
  return { sid, ...statement, scope: words?.scope ?? "", reason: words?.reason ?? "" };
}

function hasAction(facts: readonly StatementFact[], action: string): boolean {
  return facts.some(({ actions }) => actions.includes(action));
}

/** Whether a stock policy allows a call, on a resource as it could exist. */
function allows(facts: readonly StatementFact[], call: PlannedCall): boolean {
  const { action, resource } = sampleRequest(call);
  const wildcards = placeholdersOf({});
  return facts.some(
    (fact) =>
      fact.actions.includes(action) &&
      templatesOf(fact, "aws")
        .flatMap((template) => fillTemplate(template, wildcards))
        .some((pattern) => matchesGlob(parseGlob(pattern), resource)),
  );
}

function betweenReleases(version: string, before: string, after: string): string {
  return `Remotion ${version} is between ${before} and ${after}, where its policies changed, and is taken for ${after}.`;
}

function newerRelease(version: string, newest: string): string {
  return `Remotion ${version} is newer than ${newest}, the newest release that is known here, and is taken for it: \`remotion-lambda-terraform upstream --version ${version}\` says what its policies have besides.`;
}
