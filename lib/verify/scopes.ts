import { DEFAULT_NAMES } from "../remotion/default-names.js";
import type { Principal } from "../terraform/principal.js";
import type { Dimension } from "./answer.js";
import { type CheckedScope, SAMPLE_ACCOUNT, sampleRegion } from "./checked-scope.js";
import type { KnownAttached } from "./known-policies.js";
import { type Candidates, candidatesIn } from "./narrowing.js";
import type { ApiRequest, Requester } from "./needed-request.js";
import type { Part } from "./part.js";
import { allows, answerTo } from "./request-answer.js";
import { requesterOf } from "./requester.js";
import { type Requirements, requestsOf } from "./requirement.js";
import { listOf, statementsOf } from "./statements.js";
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
  readonly #known = new Map<string, CheckedScope>();

  constructor(options: VerifyOptions, requirements: Requirements) {
    this.#options = options;
    this.#requirements = requirements;
  }

  /**
   * What is given counts; else what the policies are narrowed to; else a sample that could exist.
   */
  of(principal: Principal, policies: KnownAttached, actor: Part["actor"]): CheckedScope {
    const who = policies.asksForCaller ? (principal.arn ?? "") : "";
    const key = [policies.key, principal.arn?.split(":")[4] ?? "", actor, who].join(" ");
    const scope = this.#known.get(key) ?? this.#workedOut(principal, policies, actor);
    this.#known.set(key, scope);
    return scope;
  }

  #workedOut(principal: Principal, policies: KnownAttached, actor: Part["actor"]): CheckedScope {
    const documents = [...policies.documents, principal.boundary?.document];
    const {
      partition = partitionOf(this.#options.scope.regions ?? [], documents),
      accountId,
      regions = [],
      bucketNames = [],
      functionNames = [],
    } = this.#options.scope;
    const candidates = candidatesIn(documents);
    const account = this.#account(accountId, principal.arn, candidates);
    const start: CheckedScope = {
      partition,
      ...account,
      regions: regions.length > 0 ? regions : [sampleRegion(partition)],
      buckets: bucketNames,
      functions: functionNames,
    };
    const requester = requesterOf({ principal, policies }, DEFAULT_ROLES);
    const narrow = new Narrow(this.#requirements, policies, actor, requester);
    const inRegions = regions.length > 0 ? start : narrow.regions(start, candidates);
    const inBuckets =
      bucketNames.length > 0 ? inRegions : narrow.names(inRegions, "bucket", candidates);
    return functionNames.length > 0 ? inBuckets : narrow.names(inBuckets, "function", candidates);
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

/** The partition that regions lie in, or else the one whose ARNs documents name: China where they name no other. */
function partitionOf(regions: readonly string[], documents: readonly unknown[]): string {
  if (regions.length > 0) {
    return regions.every((region) => region.startsWith("cn-")) ? "aws-cn" : "aws";
  }
  const arns = documents
    .flatMap(statementsOf)
    .flatMap((statement) => listOf(statement["Resource"]));
  const isNamed = (partition: string) => arns.some((arn) => arn.startsWith(`arn:${partition}:`));
  return isNamed("aws-cn") && !isNamed("aws") ? "aws-cn" : "aws";
}

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
  regions(scope: CheckedScope, { region: named }: Candidates): CheckedScope {
    const elsewhere = ELSEWHERE[scope.partition]?.find((region) => !named.includes(region));
    if (named.length === 0 || elsewhere === undefined) {
      return scope;
    }
    const requests = this.#requests(scope);
    const there = { ...scope, regions: [elsewhere] };
    const isMore = this.#isMore(requests, (request) => this.#allows(request, there));
    const narrowed = named.filter((region) => isMore({ ...scope, regions: [region] }));
    return narrowed.length === 0
      ? scope
      : { ...scope, regions: narrowed.sort(), narrowed: [...scope.narrowed, "region"] };
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
    const place = dimension === "bucket" ? "buckets" : "functions";
    const requests = this.#requests(scope).filter((request) => request.dependsOn(dimension));
    // It is asked again where they are narrowed to no name.
    const isMore = this.#isMore(
      requests,
      (request) =>
        answerTo(request.in(scope), this.#policies, this.#requester).answer === "allowed",
    );
    const narrowed = named.filter((name) => isMore({ ...scope, [place]: [name] }));
    const dimensions: readonly Dimension[] = [...scope.narrowed, dimension];
    return narrowed.length === 0
      ? scope
      : { ...scope, [place]: narrowed.sort(), narrowed: dimensions };
  }

  #requests(scope: CheckedScope): readonly ApiRequest[] {
    return requestsOf(this.#requirements.of(this.#part, undefined, scope));
  }

  /** Tells of scopes whether something is allowed there that is not where it is compared with. */
  #isMore(
    requests: readonly ApiRequest[],
    isAllowedThere: (request: ApiRequest) => boolean,
  ): (scope: CheckedScope) => boolean {
    const known = new Map<ApiRequest, boolean>();
    const isAllowed = (request: ApiRequest) => {
      const allowed = known.get(request) ?? isAllowedThere(request);
      known.set(request, allowed);
      return allowed;
    };
    return (scope) =>
      requests.some((request) => !isAllowed(request) && this.#allows(request, scope));
  }

  #allows(request: ApiRequest, scope: CheckedScope): boolean {
    return allows(request.in(scope), this.#policies, this.#requester);
  }
}
