import { type AttachedPolicies, evaluatePrepared } from "../iam/evaluate/evaluate.js";
import type { SampleRequest } from "../remotion/sample-request.js";
import type { CheckedScope } from "./checked-scope.js";
import type { Combination } from "./combinations.js";
import type { Denier } from "./denier.js";
import { type Evaluated, evaluationsOf } from "./evaluated.js";
import type { KnownAnswers, OpenRequest } from "./known-answers.js";
import type { KnownAttached } from "./known-policies.js";
import type { NeededRequest, Requester } from "./needed-request.js";
import { givenFor, reasonOf } from "./reason.js";
import type { ServiceGroup, ServiceRequests } from "./service-requests.js";

/** What the policies of a principal say to a request. */
export interface RequestAnswer {
  readonly answer: "allowed" | "missing" | "untold";
  /** Whether it is allowed on at least one combination. */
  readonly somewhere: boolean;
  readonly resource: string;
  /** Where it is so, in words. @default everywhere */
  readonly where?: readonly string[];
  /** Why; not of what is allowed. */
  readonly because?: string;
  /** What denies it, where something does. Of what is missing. */
  readonly deniedBy?: Denier;
  /** What to do, where the policies of the principal are not what it takes. Of what is missing. */
  readonly hint?: string;
  /** What to give. Of what is untold. */
  readonly give?: string;
  /** Whether the action is allowed on other resources. Of what is missing. */
  readonly elsewhere?: boolean;
}

/** How many places an answer names. */
const MAX_PLACES = 5;

/** What the policies of a principal say to a request, on all of its combinations. */
export function answerTo(
  needed: NeededRequest,
  policies: KnownAttached,
  requester: Requester,
): RequestAnswer {
  if (needed.isSharedBy(requester)) {
    return known(needed, policies, requester, policies.answersAbout(needed.action));
  }
  // Where no policy names anybody, what is allowed to one is allowed to all.
  if (needed.namesCaller && !requester.asked && !policies.mayName(needed.action)) {
    const shared = known(needed, policies, requester, policies.answersAbout(needed.action));
    if (shared.answer === "allowed") {
      return shared;
    }
  }
  const isOfRolesAlone = needed.anyOf && !needed.namesCaller && !requester.asked;
  const { roles, answers } = requester;
  return known(
    needed,
    policies,
    requester,
    isOfRolesAlone ? policies.answersAbout(needed.action, roles) : { answers },
  );
}

function known(
  needed: NeededRequest,
  policies: KnownAttached,
  requester: Requester,
  { answers }: Pick<KnownAnswers, "answers">,
): RequestAnswer {
  const answer = answers.get(needed) ?? workedOut(needed, policies, requester);
  answers.set(needed, answer);
  return answer;
}

/** Whether policies allow a request on all of its combinations, where only that has to be known. */
function allows(needed: NeededRequest, policies: KnownAttached, requester: Requester): boolean {
  if (!needed.isSharedBy(requester)) {
    return answerTo(needed, policies, requester).answer === "allowed";
  }
  const { answers, allowed } = policies.answersAbout(needed.action);
  const answer = answers.get(needed);
  if (answer !== undefined) {
    return answer.answer === "allowed";
  }
  const known = allowed.get(needed) ?? isAllowed(needed, policies, requester);
  allowed.set(needed, known);
  if (known) {
    answers.set(needed, needed.allowed);
  }
  return known;
}

/** Whether policies allow requests of one service in a scope that they do not allow in another one. */
export function allowsMore(
  requests: ServiceRequests,
  there: CheckedScope,
  here: CheckedScope,
  policies: KnownAttached,
  requester: Requester,
): boolean {
  const isMore = ({ request }: NeededRequest) => allows(request.in(here), policies, requester);
  const { action, shared, others } = requests.in(there);
  const { denied } = policies.answersAbout(action);
  const known = requester.asked ? undefined : denied.get(shared);
  if (known?.some(isMore)) {
    return true;
  }
  const found: NeededRequest[] = [];
  // Most that are narrowed show it by the first request that is denied, so the others are not asked.
  for (const request of known === undefined ? [...shared, ...others] : others) {
    if (!allows(request, policies, requester)) {
      if (isMore(request)) {
        return true;
      }
      found.push(request);
    }
  }
  if (known === undefined && !requester.asked) {
    denied.set(
      shared,
      found.filter((request) => request.isSharedBy(requester)),
    );
  }
  return false;
}

/** The requests of a group that policies do not allow everywhere. */
export function openRequests(
  group: ServiceGroup,
  policies: KnownAttached,
  requester: Requester,
): readonly OpenRequest[] {
  const openOf = (requests: readonly NeededRequest[]) =>
    requests
      .map((request): OpenRequest => [request, answerTo(request, policies, requester)])
      .filter(([, { answer }]) => answer !== "allowed");
  const others = openOf(group.others);
  if (requester.asked) {
    return [...openOf(group.shared), ...others];
  }
  const { open } = policies.answersAbout(group.action);
  const known = open.get(group.shared) ?? openOf(group.shared);
  open.set(group.shared, known);
  return others.length === 0 ? known : [...known, ...others];
}

function isAllowed(needed: NeededRequest, policies: KnownAttached, requester: Requester): boolean {
  const about = policies.answersAbout(needed.action).policies;
  for (const combination of needed.combinations(requester)) {
    for (const request of needed.prepared(combination, requester)) {
      if (evaluatePrepared(request, about).decision !== "allowed") {
        return false;
      }
    }
  }
  return true;
}

interface Decided {
  readonly combination: Combination;
  readonly evaluated: Evaluated;
}

function workedOut(
  needed: NeededRequest,
  policies: KnownAttached,
  requester: Requester,
): RequestAnswer {
  const about = policies.answersAbout(needed.action).policies;
  const combinations = needed.combinations(requester);
  const each = combinations.map((combination) => ({
    combination,
    evaluated: worstOf(evaluationsOf(needed, combination, policies, requester)),
  }));
  if (each.every(({ evaluated }) => answerOf(evaluated) === "allowed")) {
    return needed.allowed;
  }
  const decided = needed.anyOf ? bestOfPlaces(each) : each;
  const of = (answer: RequestAnswer["answer"]) =>
    decided.filter(({ evaluated }) => answerOf(evaluated) === answer);
  const answer = RANK.find((candidate) => of(candidate).length > 0) ?? "allowed";
  const group = of(answer);
  const [first] = group;
  const somewhere = of("allowed").length > 0;
  if (first === undefined || answer === "allowed") {
    return needed.allowed;
  }
  const elsewhere = allowsSomewhere(about, needed.action);
  return {
    answer,
    somewhere,
    resource: needed.resource(first.combination, requester),
    ...(group.length === decided.length ? {} : { where: placesOf(group) }),
    ...reasonOf(first.evaluated, { elsewhere, boundary: about.boundary?.name }),
    ...(answer === "missing" ? { elsewhere } : { give: givenFor(first.evaluated) }),
  };
}

/** Of each place the best: one of the roles is enough there. */
function bestOfPlaces(each: readonly Decided[]): readonly Decided[] {
  const best = new Map<SampleRequest, Decided>();
  for (const one of each) {
    const { sample } = one.combination;
    const other = best.get(sample);
    if (other === undefined || rankOf(one.evaluated) > rankOf(other.evaluated)) {
      best.set(sample, one);
    }
  }
  return [...best.values()];
}

/** A call needs each kind of request that it makes. */
function worstOf(evaluations: readonly Evaluated[]): Evaluated {
  const [first, ...others] = evaluations;
  if (first === undefined) {
    throw new Error("A call of Remotion's makes no request.");
  }
  return others.reduce((worst, other) => (rankOf(other) < rankOf(worst) ? other : worst), first);
}

const RANK: readonly RequestAnswer["answer"][] = ["missing", "untold", "allowed"];

function rankOf(evaluated: Evaluated): number {
  return RANK.indexOf(answerOf(evaluated));
}

function answerOf({ evaluation: { decision } }: Evaluated): RequestAnswer["answer"] {
  if (decision === "allowed" || decision === "untold") {
    return decision;
  }
  return "missing";
}

function placesOf(group: readonly Decided[]): readonly string[] {
  const places = [...new Set(group.map(({ combination }) => combination.where))];
  const further = places.length - MAX_PLACES;
  return further > 0 ? [...places.slice(0, MAX_PLACES), `${further} more`] : places;
}

/** Whether an action is allowed on any resource. */
function allowsSomewhere({ identity }: AttachedPolicies, action: string): boolean {
  const folded = action.toLowerCase();
  return identity.some(({ statements }) =>
    statements.some(({ effect, concerns }) => effect === "Allow" && concerns(folded)),
  );
}
