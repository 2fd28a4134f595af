import type { ApiAnswer, Excess, Finding, Standing, Verification } from "./answer.js";
import { checkedIn } from "./checked-scope.js";
import type { Expectation } from "./expectation.js";
import { forbiddenOf } from "./forbidden.js";
import { inputFor, longerPolicy, otherAccount } from "./input-hint.js";
import { namesPolicies, withNames } from "./known-policies.js";
import type { NeededRequest, Requester } from "./needed-request.js";
import { quotaNotes } from "./quota-notes.js";
import { openRequests, type RequestAnswer } from "./request-answer.js";
import { wantedBuckets } from "./wanted-buckets.js";
import type { Known } from "./who-is-who.js";

/** Compares what a principal may do with what is expected of it, on resources that could exist. */
export function verifyPrincipal(
  known: Known,
  expectation: Expectation,
  about: {
    readonly standing: Standing;
    readonly reasons: readonly string[];
    readonly findings: readonly Finding[];
    /** What of the scope was given, so that a hint may name the input for it. */
    readonly given: ReadonlySet<string>;
    readonly requester: Requester;
    /** Actions that nobody is to have. */
    readonly forbid: readonly string[];
  },
): Verification {
  const { principal, policies } = known;
  const { part, scope, excess: finder } = expectation;
  const excess = principal.policies
    .flatMap(({ name, document }) => finder.excessOf(name, document))
    .filter((found) => !passesOwnRole(found, about.requester));
  return {
    principal: principal.name,
    address: principal.address,
    part,
    reasons: about.reasons,
    standing: about.standing,
    checkedIn: checkedIn(scope),
    apis: apisOf(known, expectation, about),
    findings: about.findings,
    excess,
    forbidden: forbiddenOf(known, about.forbid),
    notes: [
      ...principal.notes,
      ...policies.remarks,
      ...quotaNotes(principal),
      ...wantedBuckets(excess, part.actor),
    ],
  };
}

/** Whether it is that a user passes the role of functions that the file has. */
function passesOwnRole({ action, resource }: Excess, { roles }: Requester): boolean {
  return (
    action === "iam:PassRole" &&
    roles.some(({ name, path }) => resource.endsWith(`:role${path}${name}`))
  );
}

/** What is said of each API. */
export function apisOf(
  known: Known,
  { part, scope, groups, answers }: Expectation,
  { given, requester }: { given: ReadonlySet<string>; requester: Requester },
): readonly ApiAnswer[] {
  const open = new Map<NeededRequest, RequestAnswer>();
  for (const group of groups) {
    for (const [request, answer] of openRequests(group, known.policies, requester)) {
      open.set(request, answer);
    }
  }
  const other =
    open.size > 0 && given.has("--account") ? otherAccount(known, scope.account) : undefined;
  const about =
    open.size === 0
      ? ""
      : `${aboutHints(known, given, [...open.values()])} ${JSON.stringify(other ?? "")}`;
  return answers.of(open, about, (request, shared) => {
    const { deniedBy } = shared;
    const answer = {
      ...shared,
      because: withNames(shared.because ?? "", known.policies),
      ...(deniedBy === undefined
        ? {}
        : { deniedBy: { ...deniedBy, policy: withNames(deniedBy.policy, known.policies) } }),
    };
    return answer.answer === "missing"
      ? { ...answer, input: inputFor(request, answer, part, known, given, other) }
      : answer;
  });
}

/** What the words of an answer depend on beside the answer. */
function aboutHints(
  known: Known,
  given: ReadonlySet<string>,
  answers: readonly RequestAnswer[],
): string {
  const names = answers.some(
    ({ because = "", deniedBy }) =>
      namesPolicies(because) || (deniedBy !== undefined && namesPolicies(deniedBy.policy)),
  )
    ? known.policies.names
    : [];
  return [...names, longerPolicy(known) ?? "", ...given].join(" ");
}
