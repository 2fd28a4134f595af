import { compilePolicy } from "../iam/evaluate/compile-policy.js";
import { evaluatePrepared } from "../iam/evaluate/evaluate.js";
import type { PreparedRequest } from "../iam/evaluate/request.js";
import { DEFAULT_NAMES } from "../remotion/default-names.js";
import { ApiAnswers } from "./api-answers.js";
import { type CheckedScope, resourceScope, scopeKey } from "./checked-scope.js";
import { ExcessFinder } from "./excess.js";
import type { NeededRequest, Requester } from "./needed-request.js";
import { type Part, partsOf } from "./part.js";
import { NeededRequests, referencePolicy } from "./requirement.js";
import type { VerifyOptions } from "./verify-options.js";

/** What is expected of whoever has a part, in a scope: worked out once, for any number of principals. */
export interface Expectation {
  readonly part: Part;
  readonly scope: CheckedScope;
  /** All that must be allowed, each request once. */
  readonly requests: readonly NeededRequest[];
  /** What the policy of the profile allows of all that any profile of the actor asks for. */
  readonly allowedByProfile: ReadonlySet<NeededRequest>;
  /** What is said of those who lack some of it, or nothing. */
  readonly answers: ApiAnswers;
  /** Excess is measured against the profile as wide as it can be, so that narrowing is none. */
  readonly excess: ExcessFinder;
}

/** Whether calls that name users or roles are made by the principal; undefined for a document alone. */
export type CallerKind = "user" | "role" | undefined;

/** What is expected of the principals of a file. */
export class Expectations {
  readonly #options: VerifyOptions;
  readonly #known = new Map<string, readonly Expectation[]>();

  constructor(options: VerifyOptions) {
    this.#options = options;
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
    const key = `${name} ${kind} ${scopeKey(scope)}`;
    const known = this.#known.get(key) ?? this.#workedOut(scope, kind, parts);
    this.#known.set(key, known);
    return known;
  }

  #workedOut(
    scope: CheckedScope,
    kind: CallerKind,
    parts: readonly Part[],
  ): readonly Expectation[] {
    const { makes = () => true, now, outputBuckets } = this.#options;
    const needed = new NeededRequests({ scope, makes, now, outputBuckets });
    const drafts = parts.map((part) => {
      const requirements = needed.requirementsOf(part, kind);
      const requests = requirements.flatMap((one) => one.calls.map(({ request }) => request));
      return { part, requirements, requests: [...new Set(requests)] };
    });
    const all = [...new Set(drafts.flatMap(({ requests }) => requests))];
    return drafts.map(({ part, requirements, requests }) => ({
      part,
      scope,
      requests,
      allowedByProfile: allowedBy(part, scope, all),
      answers: new ApiAnswers(requirements),
      excess: new ExcessFinder(
        referencePolicy(part, { partition: scope.partition }),
        outputBuckets,
      ),
    }));
  }
}

/** Which requests the policy of a profile allows, wherever they are made. */
function allowedBy(
  part: Part,
  scope: CheckedScope,
  requests: readonly NeededRequest[],
): ReadonlySet<NeededRequest> {
  const reference = compilePolicy(referencePolicy(part, resourceScope(scope)), "reference");
  const isAllowed = (prepared: PreparedRequest) =>
    evaluatePrepared(prepared, { identity: [reference] }).decision === "allowed";
  return new Set(
    requests.filter((request) =>
      request
        .combinations(ANYBODY)
        .some((combination) => request.prepared(combination, ANYBODY).every(isAllowed)),
    ),
  );
}

/** A caller of whom nothing is asked, and the role that a profile names unless told otherwise. */
const ANYBODY: Requester = {
  name: "caller",
  asked: false,
  roles: [{ name: DEFAULT_NAMES.lambdaRole, path: "/" }],
  hasOwnRoles: true,
  answers: new Map(),
};
