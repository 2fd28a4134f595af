import { isPartition, type Partition } from "../iam/partition.js";
import { DEFAULT_NAMES } from "../remotion/default-names.js";
import type { Principal, Source } from "../terraform/principal.js";
import { regionOfBucket } from "./aws-region.js";
import {
  type CheckedScope,
  inPlaces,
  narrowedTo,
  SAMPLE_ACCOUNT,
  sampleRegion,
} from "./checked-scope.js";
import type { KnownAttached } from "./known-policies.js";
import { type Candidates, candidatesIn } from "./narrowing.js";
import type { Requester } from "./needed-request.js";
import { onceEach } from "./once-each.js";
import type { Outside } from "./outside.js";
import type { Part } from "./part.js";
import { allowsMore } from "./request-answer.js";
import { requesterOf } from "./requester.js";
import { type Requirements, servicesOf } from "./requirement.js";
import type { ServiceRequests } from "./service-requests.js";
import { listOf, statementsOf, type WrittenStatement } from "./statements.js";
import type { VerifyOptions } from "./verify-options.js";

/** Regions to compare with: the first that the policies do not name. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  aws: ["us-east-1", "eu-west-1", "ap-south-1", "sa-east-1", "ca-central-1", "eu-north-1"],
  "aws-cn": ["cn-north-1", "cn-northwest-1"],
};

const DEFAULT_ROLES = [{ name: DEFAULT_NAMES.lambdaRole, path: "/" }];

/** Finds out where each principal is to be checked. */
export class Scopes {
  readonly #options: VerifyOptions;
  readonly #requirements: Requirements;
  readonly #source: Source;
  readonly #existing: readonly string[];
  readonly #organization: { readonly organization?: string };
  readonly #known = new Map<string, CheckedScope>();
  readonly #starts = new Map<string, CheckedScope>();

  /** @param outside what decides beside the policies of principals: Remotion's buckets in it are checked, too */
  constructor(
    options: VerifyOptions,
    requirements: Requirements,
    { buckets, organizationId }: Pick<Outside, "buckets" | "organizationId">,
    source: Source,
  ) {
    this.#source = source;
    this.#options = options;
    this.#requirements = requirements;
    this.#existing = buckets;
    this.#organization = organizationId === undefined ? {} : { organization: organizationId };
  }

  /**
   * What is given counts; else what the policies are narrowed to; else a sample that could exist.
   */
  of(principal: Principal, policies: KnownAttached, actor: Part["actor"]): CheckedScope {
    const who = policies.asksForCaller ? (principal.arn ?? "") : "";
    const [, partition = "", , , account = ""] = principal.arn?.split(":") ?? [];
    const key = [policies.key, partition, account, actor, who].join(" ");
    const scope = this.#known.get(key) ?? this.#workedOut(principal, policies, actor);
    this.#known.set(key, scope);
    return scope;
  }

  #workedOut(principal: Principal, policies: KnownAttached, actor: Part["actor"]): CheckedScope {
    const documents = [...policies.documents, principal.boundary?.document];
    const {
      partition = this.#partitionOf(principal, documents),
      accountId,
      regions = [],
      bucketNames = [],
      functionNames = [],
    } = this.#options.scope;
    const candidates = candidatesIn(documents);
    const account = this.#account(accountId, principal.arn, candidates);
    const start = this.#start({
      partition,
      ...account,
      ...this.#organization,
      ...(regions.length > 0
        ? { regions, areRegionsGiven: true }
        : { regions: [sampleRegion(partition)] }),
      buckets: bucketNames,
      functions: functionNames,
    });
    const requester = requesterOf({ principal, policies }, DEFAULT_ROLES);
    const narrow = new Narrow(this.#requirements, policies, actor, requester);
    const inRegions = regions.length > 0 ? start : narrow.regions(start, candidates);
    const inBuckets =
      bucketNames.length > 0 ? inRegions : narrow.names(inRegions, "bucket", candidates);
    const scope =
      functionNames.length > 0 ? inBuckets : narrow.names(inBuckets, "function", candidates);
    return this.#withExisting(scope, regions.length > 0 || scope.narrowed.includes("region"));
  }

  /** The partition that regions lie in, or that somebody is in, or else the one whose ARNs policies name. */
  #partitionOf({ arn = "" }: Principal, documents: readonly unknown[]): Partition {
    const { regions = [] } = this.#options.scope;
    if (regions.length > 0) {
      return regions.every((region) => region.startsWith("cn-")) ? "aws-cn" : "aws";
    }
    const [, own = "", , , account = ""] = arn.split(":");
    // What is put together in a template is in `aws` where nothing says so.
    const isTold = own === "aws-cn" || (/^\d{12}$/.test(account) && this.#source !== "template");
    return isTold && isPartition(own) ? own : partitionNamedIn(documents);
  }

  /** With Remotion's buckets that are known to be there, unless it is told which ones are meant. */
  #withExisting(scope: CheckedScope, areRegionsTold: boolean): CheckedScope {
    const existing = this.#existing.filter((bucket) => {
      const region = regionOfBucket(bucket);
      return !areRegionsTold || region === undefined || scope.regions.includes(region);
    });
    return scope.buckets.length > 0 || existing.length === 0 ? scope : { ...scope, existing };
  }

  /** One and the same for all principals of an account. */
  #start(scope: CheckedScope): CheckedScope {
    const { partition, account, accountIsKnown, narrowed } = scope;
    const key = [partition, account, accountIsKnown, ...narrowed].join(" ");
    const start = this.#starts.get(key) ?? scope;
    this.#starts.set(key, start);
    return start;
  }

  #account(
    given: string | undefined,
    arn: string | undefined,
    candidates: Candidates,
  ): Pick<CheckedScope, "account" | "accountIsKnown" | "narrowed"> {
    const own = /^\d{12}$/.exec(arn?.split(":")[4] ?? "")?.[0];
    const told = given ?? own;
    if (told !== undefined) {
      return { account: told, accountIsKnown: true, narrowed: [] };
    }
    const [named] = candidates.account;
    return named === undefined
      ? { account: SAMPLE_ACCOUNT, accountIsKnown: false, narrowed: [] }
      : { account: named, accountIsKnown: true, narrowed: ["account"] };
  }
}

/** The partition whose ARNs documents name: China where they name no other. */
function partitionNamedIn(documents: readonly unknown[]): Partition {
  const statements = documents.flatMap(statementsOf);
  const isNamed = (partition: string) =>
    statements.some((statement) => partitionsIn(statement).includes(partition));
  return !isNamed("aws") && isNamed("aws-cn") ? "aws-cn" : "aws";
}

/** The partitions whose ARNs a statement names. */
const partitionsIn = onceEach((statement: WrittenStatement): readonly string[] =>
  ["aws", "aws-cn"].filter((partition) =>
    listOf(statement["Resource"]).some((arn) => arn.startsWith(`arn:${partition}:`)),
  ),
);

/** Whether policies allow more where they name something than where they do not. */
class Narrow {
  readonly #requirements: Requirements;
  readonly #policies: KnownAttached;
  readonly #part: Part;
  readonly #requester: Requester;

  constructor(
    requirements: Requirements,
    policies: KnownAttached,
    actor: Part["actor"],
    requester: Requester,
  ) {
    this.#requirements = requirements;
    this.#policies = policies;
    this.#part = { actor, profile: "full" };
    this.#requester = requester;
  }

  /** The regions that the policies are narrowed to, or the one of the scope. */
  regions(scope: CheckedScope, { region: named, function: functions }: Candidates): CheckedScope {
    const elsewhere = ELSEWHERE[scope.partition]?.find((region) => !named.includes(region));
    if (named.length === 0 || elsewhere === undefined) {
      return scope;
    }
    const there = inPlaces(scope, "region", [elsewhere]);
    const { region: services } = this.#services(scope);
    const isMoreIn = (region: string) => {
      const here = inPlaces(scope, "region", [region]);
      // Where a policy names functions, it may be none but these that it allows there.
      return (
        this.#isMore(services, there, here) ||
        functions.some((name) =>
          this.#isMore(
            services,
            inPlaces(there, "function", [name]),
            inPlaces(here, "function", [name]),
          ),
        )
      );
    };
    const narrowed = named.filter(isMoreIn);
    return narrowed.length === 0 ? scope : narrowedTo(scope, "region", narrowed.sort());
  }

  /** The buckets or functions that the policies are narrowed to, or none. */
  names(
    scope: CheckedScope,
    dimension: "bucket" | "function",
    { [dimension]: named }: Candidates,
  ): CheckedScope {
    if (named.length === 0) {
      return scope;
    }
    const { [dimension]: services } = this.#services(scope);
    const narrowed = named.filter((name) =>
      this.#isMore(services, scope, inPlaces(scope, dimension, [name])),
    );
    return narrowed.length === 0 ? scope : narrowedTo(scope, dimension, narrowed.sort());
  }

  #services(scope: CheckedScope): ReturnType<typeof servicesOf> {
    return servicesOf(this.#requirements.of(this.#part, undefined, scope));
  }

  /** Whether something is allowed in a scope that is not in another one. */
  #isMore(services: readonly ServiceRequests[], there: CheckedScope, scope: CheckedScope): boolean {
    return services.some((requests) =>
      allowsMore(requests, there, scope, this.#policies, this.#requester),
    );
  }
}
