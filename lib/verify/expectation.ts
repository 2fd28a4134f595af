import { type CompiledPolicy, compilePolicy } from "../iam/evaluate/compile-policy.js";
import { evaluatePrepared } from "../iam/evaluate/evaluate.js";
import type { PreparedRequest } from "../iam/evaluate/request.js";
import { DEFAULT_NAMES } from "../remotion/default-names.js";
import { ApiAnswers } from "./api-answers.js";
import { type CheckedScope, resourceScope, scopeKey } from "./checked-scope.js";
import { ExcessFinder } from "./excess.js";
import type { ApiRequest, NeededRequest, Requester } from "./needed-request.js";
import { type Part, partsOf } from "./part.js";
import { profileAllows } from "./profile-calls.js";
import { referencePolicy } from "./reference-policy.js";
import {
  type CallerKind,
  type Requirement,
  type Requirements,
  requestsOf,
  servicesOf,
  shapeOf,
} from "./requirement.js";
import { byService, type ServiceGroup, type ServiceRequests } from "./service-requests.js";
import type { VerifyOptions } from "./verify-options.js";

/** What is expected of whoever has a part, in a scope: each of it worked out once, when it is first asked for. */
export class Expectation {
  readonly part: Part;
  readonly scope: CheckedScope;
  readonly #requirements: () => readonly Requirement[];
  readonly #ofAnyProfile: () => readonly ServiceGroup[];
  readonly #allowedByProfile: () => ReadonlySet<ApiRequest>;
  readonly #excess: () => ExcessFinder;
  #requests: readonly NeededRequest[] | undefined;
  #groups: readonly ServiceGroup[] | undefined;
  #answers: ApiAnswers | undefined;

  constructor(
    part: Part,
    scope: CheckedScope,
    sources: {
      readonly requirements: () => readonly Requirement[];
      readonly ofAnyProfile: () => readonly ServiceGroup[];
      readonly allowedByProfile: () => ReadonlySet<ApiRequest>;
      readonly excess: () => ExcessFinder;
    },
  ) {
    this.part = part;
    this.scope = scope;
    this.#requirements = sources.requirements;
    this.#ofAnyProfile = sources.ofAnyProfile;
    this.#allowedByProfile = sources.allowedByProfile;
    this.#excess = sources.excess;
  }

  /** All that must be allowed, each request once. */
  get requests(): readonly NeededRequest[] {
    this.#requests ??= requestsOf(this.#requirements()).map((request) => request.in(this.scope));
    return this.#requests;
  }

  /** Those for an action: whoever asks for one alone needs no others made. */
  requestsFor(action: string): readonly NeededRequest[] {
    return requestsOf(this.#requirements())
      .filter((request) => request.action === action)
      .map((request) => request.in(this.scope));
  }

  /** The same by their services. */
  get groups(): readonly ServiceGroup[] {
    this.#groups ??= servicesOf(this.#requirements()).region.map((requests) =>
      requests.in(this.scope),
    );
    return this.#groups;
  }

  /** All that any profile of the actor asks for. */
  get ofAnyProfile(): readonly ServiceGroup[] {
    return this.#ofAnyProfile();
  }

  /** What the policy of the profile allows of all that any profile of the actor asks for. */
  get allowedByProfile(): ReadonlySet<ApiRequest> {
    return this.#allowedByProfile();
  }

  /** What is said of those who lack some of it, or nothing. */
  get answers(): ApiAnswers {
    this.#answers ??= new ApiAnswers(this.#requirements(), this.scope);
    return this.#answers;
  }

  /** Excess is measured against the profile as wide as it can be, so that narrowing is none. */
  get excess(): ExcessFinder {
    return this.#excess();
  }
}

/** What is expected of the principals of a file. */
export class Expectations {
  readonly #options: VerifyOptions;
  readonly #requirements: Requirements;
  readonly #ofScope = new WeakMap<CheckedScope, Map<string, readonly Expectation[]>>();
  readonly #known = new Map<string, readonly Expectation[]>();
  readonly #services = new Map<string, readonly ServiceRequests[]>();
  readonly #allowed = new Map<string, ReadonlySet<ApiRequest>>();
  readonly #excess = new Map<string, ExcessFinder>();

  constructor(options: VerifyOptions, requirements: Requirements) {
    this.#options = options;
    this.#requirements = requirements;
  }

  /** What is expected of a part. */
  of(part: Part, scope: CheckedScope, kind: CallerKind): Expectation {
    if (part.grantsAlone) {
      return this.#once(`grants ${part.actor}`, scope, kind, [part])[0] as Expectation;
    }
    const all = this.ofActor(part.actor, scope, kind);
    return all.find((one) => one.part.profile === part.profile) ?? (all[0] as Expectation);
  }

  /** What is expected of every profile of an actor, the widest first; they share their requests. */
  ofActor(actor: Part["actor"], scope: CheckedScope, kind: CallerKind): readonly Expectation[] {
    return this.#once(actor, scope, kind, partsOf(actor));
  }

  #once(
    name: string,
    scope: CheckedScope,
    kind: CallerKind,
    parts: readonly Part[],
  ): readonly Expectation[] {
    const ofScope = this.#ofScope.get(scope) ?? new Map<string, readonly Expectation[]>();
    this.#ofScope.set(scope, ofScope);
    const what = `${name} ${kind}`;
    const found = ofScope.get(what) ?? this.#ofEqualScope(what, scope, kind, parts);
    ofScope.set(what, found);
    return found;
  }

  /** Two principals may have scopes of their own that are the same. */
  #ofEqualScope(
    what: string,
    scope: CheckedScope,
    kind: CallerKind,
    parts: readonly Part[],
  ): readonly Expectation[] {
    const place = scopeKey(scope, { buckets: true, functions: true });
    const key = [what, place, ...scope.narrowed].join(" ");
    const known = this.#known.get(key) ?? this.#workedOut(scope, kind, parts);
    this.#known.set(key, known);
    return known;
  }

  #workedOut(
    scope: CheckedScope,
    kind: CallerKind,
    parts: readonly Part[],
  ): readonly Expectation[] {
    const requirementsOf = (part: Part) => this.#requirements.of(part, kind, scope);
    const services = () => this.#servicesOf(parts, kind, scope);
    let ofAnyProfile: readonly ServiceGroup[] | undefined;
    return parts.map(
      (part) =>
        new Expectation(part, scope, {
          requirements: () => requirementsOf(part),
          ofAnyProfile: () => {
            ofAnyProfile ??= services().map((requests) => requests.in(scope));
            return ofAnyProfile;
          },
          allowedByProfile: () => this.#allowedBy(part, parts, kind, scope),
          excess: () => this.#excessFinder(part, scope),
        }),
    );
  }

  #servicesOf(
    parts: readonly Part[],
    kind: CallerKind,
    scope: CheckedScope,
  ): readonly ServiceRequests[] {
    const key = [...parts.map(partKey), kind, shapeOf(scope)].join(" ");
    const services = this.#services.get(key) ?? byService(this.#requestsOfAny(parts, kind, scope));
    this.#services.set(key, services);
    return services;
  }

  #allowedBy(
    part: Part,
    parts: readonly Part[],
    kind: CallerKind,
    scope: CheckedScope,
  ): ReadonlySet<ApiRequest> {
    const key = [partKey(part), kind, shapeOf(scope)].join(" ");
    const allowed =
      this.#allowed.get(key) ?? allowedBy(part, scope, this.#requestsOfAny(parts, kind, scope));
    this.#allowed.set(key, allowed);
    return allowed;
  }

  #requestsOfAny(
    parts: readonly Part[],
    kind: CallerKind,
    scope: CheckedScope,
  ): readonly ApiRequest[] {
    const needed = parts.flatMap((part) => requestsOf(this.#requirements.of(part, kind, scope)));
    return [...new Set(needed)];
  }

  #excessFinder(part: Part, { partition }: CheckedScope): ExcessFinder {
    const key = [part.actor, part.profile, partition].join(" ");
    const finder =
      this.#excess.get(key) ??
      new ExcessFinder(referencePolicy(part, { partition }), this.#options.outputBuckets);
    this.#excess.set(key, finder);
    return finder;
  }
}

function partKey({ actor, profile, grantsAlone }: Part): string {
  return [actor, profile, grantsAlone === true].join(" ");
}

/** Which requests the policy of a profile allows, wherever they are made. */
function allowedBy(
  part: Part,
  scope: CheckedScope,
  requests: readonly ApiRequest[],
): ReadonlySet<ApiRequest> {
  let reference: CompiledPolicy | undefined;
  const isAllowed = (prepared: PreparedRequest) => {
    reference ??= compilePolicy(referencePolicy(part, resourceScope(scope)), "reference");
    return evaluatePrepared(prepared, { identity: [reference] }).decision === "allowed";
  };
  return new Set(
    requests.filter((request) => {
      const call = { action: request.action, resource: request.template };
      const told = scope.regions.map((region) =>
        profileAllows(part, scope.partition, region, call),
      );
      if (!told.includes(undefined)) {
        return told.includes(true);
      }
      // In no table, as for a bucket that renders are written to.
      const needed = request.in(scope);
      return needed
        .combinations(ANYBODY)
        .some((combination) => needed.prepared(combination, ANYBODY).every(isAllowed));
    }),
  );
}

/** A caller of whom nothing is asked, and the role that a profile names unless told otherwise. */
const ANYBODY: Requester = {
  name: "caller",
  asked: false,
  roles: [{ name: DEFAULT_NAMES.lambdaRole, path: "/" }],
  answers: new Map(),
};
