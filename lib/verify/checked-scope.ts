import type { ResourceScope } from "../remotion/resource-scope.js";
import type { CheckedIn, Dimension } from "./answer.js";
import { regionOfBucket } from "./aws-region.js";

/** The role of Remotion's functions, as `iam:PassRole` names it. */
export interface FunctionsRole {
  readonly name: string;
  /** A slash at both ends. */
  readonly path: string;
}

/** What the samples of resources are made of: every combination of these is checked. */
export interface CheckedScope {
  readonly partition: string;
  /** Twelve digits. */
  readonly account: string;
  /** Whether the account is told, and no sample. */
  readonly accountIsKnown: boolean;
  /** At least one. */
  readonly regions: readonly string[];
  /** Whether options name the regions. @default they are read from policies, or a sample */
  readonly areRegionsGiven?: true;
  /** Remotion's buckets, by name. Empty for one that could exist in each region. */
  readonly buckets: readonly string[];
  /** Remotion's functions, by name. Empty for one that could exist. */
  readonly functions: readonly string[];
  /** What of it was read from policies. */
  readonly narrowed: readonly Dimension[];
  /** Id of the organization of the account. @default not told */
  readonly organization?: string;
  /** Remotion's buckets that are known to be there, and are checked beside what could exist. @default none */
  readonly existing?: readonly string[];
}

/** The account of samples. */
export const SAMPLE_ACCOUNT = "123456789012";

/** The region that is checked where nothing says which. */
export function sampleRegion(partition: string): string {
  return partition === "aws-cn" ? "cn-north-1" : "us-east-1";
}

/** What a request differs by beside the account and the region. */
interface Differs {
  readonly buckets: boolean;
  readonly functions: boolean;
}

/** The keys of a scope: without buckets and functions, with one of them, with both. */
const KEYS = new WeakMap<CheckedScope, string[]>();

/** A scope as a key: of two that are the same, the same is checked, as far as it differs by that. */
export function scopeKey(scope: CheckedScope, { buckets, functions }: Differs): string {
  const keys = KEYS.get(scope) ?? [];
  KEYS.set(scope, keys);
  const place = (buckets ? 2 : 0) + (functions ? 1 : 0);
  const { partition, account, accountIsKnown, regions } = scope;
  keys[place] ??= JSON.stringify([
    partition,
    account,
    accountIsKnown,
    regions,
    ...(buckets ? [scope.buckets, scope.existing, regionsWithoutBucket(scope)] : []),
    ...(functions ? [scope.functions] : []),
  ]);
  return keys[place];
}

/**
 * Where a bucket that could exist is checked: everywhere, unless buckets are told. A policy may be narrowed to buckets, and
 * Remotion used in a region that none of them is in.
 */
export function regionsWithoutBucket(scope: CheckedScope): readonly string[] {
  const { regions, areRegionsGiven, buckets, narrowed } = scope;
  if (buckets.length === 0) {
    return regions;
  }
  const areRegionsTold = areRegionsGiven === true || narrowed.includes("region");
  if (!areRegionsTold || !narrowed.includes("bucket")) {
    return [];
  }
  const own = buckets.map(regionOfBucket);
  return own.includes(undefined) ? [] : regions.filter((region) => !own.includes(region));
}

/** Where a scope has what it is narrowed to. */
const PLACES = { region: "regions", bucket: "buckets", function: "functions" } as const;

/** Scopes that were made of others. */
const MADE = new WeakMap<CheckedScope, Map<string, CheckedScope>>();

/** A scope with other regions, buckets or functions: one and the same whenever it is asked for. */
export function inPlaces(
  scope: CheckedScope,
  dimension: keyof typeof PLACES,
  names: readonly string[],
  narrowed: CheckedScope["narrowed"] = scope.narrowed,
): CheckedScope {
  const made = MADE.get(scope) ?? new Map<string, CheckedScope>();
  MADE.set(scope, made);
  const key = [dimension, ...names, ...narrowed].join(" ");
  const known = made.get(key) ?? { ...scope, [PLACES[dimension]]: names, narrowed };
  made.set(key, known);
  return known;
}

/** Likewise, where that was read from policies. */
export function narrowedTo(
  scope: CheckedScope,
  dimension: keyof typeof PLACES,
  names: readonly string[],
): CheckedScope {
  return inPlaces(scope, dimension, names, [...scope.narrowed, dimension]);
}

/**
 * The scope of a policy that is exactly as wide as what is checked, but for the account: a policy that names
 * one has conditions, and what is needed is the same in each.
 */
export function resourceScope(scope: CheckedScope): ResourceScope {
  const { partition, regions, buckets, functions } = scope;
  return {
    partition,
    regions,
    bucketNames: buckets,
    functionNames: functions,
  };
}

/** What is said of a scope in a report. */
export function checkedIn(scope: CheckedScope): CheckedIn {
  const { account, regions, buckets, existing = [], functions, narrowed } = scope;
  return { account, regions, buckets: [...buckets, ...existing], functions, narrowed };
}
