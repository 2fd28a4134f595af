import { DEFAULT_NAMES } from "../remotion/default-names.js";
import type { Principal } from "../terraform/principal.js";
import type { Dimension } from "./answer.js";
import { type CheckedScope, SAMPLE_ACCOUNT, sampleRegion } from "./checked-scope.js";
import type { KnownAttached } from "./known-policies.js";
import { type Candidates, candidatesIn } from "./narrowing.js";
import type { Requester } from "./needed-request.js";
import type { Part } from "./part.js";
import { answerTo } from "./request-answer.js";
import { requesterOf } from "./requester.js";
import { type Demand, NeededRequests } from "./requirement.js";
import type { VerifyOptions } from "./verify-options.js";

/** Regions to compare with: the first that the policies do not name. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  aws: ["us-east-1", "eu-west-1", "ap-south-1", "sa-east-1", "ca-central-1", "eu-north-1"],
  "aws-cn": ["cn-north-1", "cn-northwest-1"],
};

/** Finds out where each principal is to be checked. */
export class Scopes {
  readonly #options: VerifyOptions;
  readonly #known = new Map<string, CheckedScope>();

  constructor(options: VerifyOptions) {
    this.#options = options;
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
    const {
      partition = "aws",
      accountId,
      regions = [],
      bucketNames = [],
      functionNames = [],
    } = this.#options.scope;
    const candidates = candidatesIn([...policies.documents, principal.boundary?.document]);
    const account = this.#account(accountId, principal.arn, candidates);
    const start: CheckedScope = {
      partition,
      ...account,
      regions: regions.length > 0 ? regions : [sampleRegion(partition)],
      buckets: bucketNames,
      functions: functionNames,
    };
    const requester = requesterOf({ principal, policies }, [
      { name: DEFAULT_NAMES.lambdaRole, path: "/" },
    ]);
    const narrow = new Narrow(this.#options, policies, actor, requester);
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

/** Whether policies allow more where they name something than where they do not. */
class Narrow {
  readonly #demand: Omit<Demand, "scope">;
  readonly #policies: KnownAttached;
  readonly #part: Part;
  readonly #requester: Requester;

  constructor(
    { makes = () => true, now }: VerifyOptions,
    policies: KnownAttached,
    actor: Part["actor"],
    requester: Requester,
  ) {
    this.#demand = { makes, now, outputBuckets: [] };
    // What is asked here is asked once.
    this.#policies = { ...policies, answers: new Map() };
    this.#part = { actor, profile: "full" };
    this.#requester = requester;
  }

  /** The regions that the policies are narrowed to, or the one of the scope. */
  regions(scope: CheckedScope, { region: named }: Candidates): CheckedScope {
    const elsewhere = ELSEWHERE[scope.partition]?.find((region) => !named.includes(region));
    if (named.length === 0 || elsewhere === undefined) {
      return scope;
    }
    const others = this.#allowed({ ...scope, regions: [elsewhere] });
    const narrowed = named.filter((region) =>
      isMore(this.#allowed({ ...scope, regions: [region] }), others),
    );
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
    const others = this.#allowed(scope);
    const narrowed = named.filter((name) =>
      isMore(this.#allowed({ ...scope, [place]: [name] }), others),
    );
    const dimensions: readonly Dimension[] = [...scope.narrowed, dimension];
    return narrowed.length === 0
      ? scope
      : { ...scope, [place]: narrowed.sort(), narrowed: dimensions };
  }

  /** What is allowed in a scope, as the table of API calls writes it. */
  #allowed(scope: CheckedScope): ReadonlySet<string> {
    const requirements = new NeededRequests({ ...this.#demand, scope }).requirementsOf(
      this.#part,
      undefined,
    );
    const requests = new Set(
      requirements.flatMap(({ calls }) => calls.map(({ request }) => request)),
    );
    const allowed = [...requests].filter(
      (request) => answerTo(request, this.#policies, this.#requester).answer === "allowed",
    );
    return new Set(allowed.map(({ action, template }) => `${action} ${template}`));
  }
}

function isMore(set: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return [...set].some((item) => !other.has(item));
}
