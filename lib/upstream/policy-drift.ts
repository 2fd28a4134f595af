import { isDeepStrictEqual } from "node:util";
import type { PublishedPolicy, PublishedStatement } from "./published-policy.js";

/** How a list of ours differs from theirs. */
export interface ListDrift {
  /** They have it, we have not. */
  readonly added: readonly string[];
  /** We have it, they have not. */
  readonly removed: readonly string[];
}

/** An element of a policy or a statement that is another: `Effect`, `Condition`, `Sid`, … */
export interface ElementDrift {
  readonly element: string;
  /** Missing where we have none. */
  readonly ours?: unknown;
  /** Missing where they have none. */
  readonly theirs?: unknown;
}

/** A statement that both have, and that differs. */
interface StatementDrift {
  /** Our name for it; `null` where it has none. */
  readonly sid: string | null;
  readonly actions: ListDrift;
  readonly resources: ListDrift;
  readonly elements: readonly ElementDrift[];
}

/** How a policy of ours differs from theirs. */
export interface PolicyDrift {
  /** Statements that they have and we have not. */
  readonly added: readonly PublishedStatement[];
  /** Statements that we have and they have not. */
  readonly removed: readonly PublishedStatement[];
  readonly changed: readonly StatementDrift[];
  /** Elements of the policy itself. */
  readonly elements: readonly ElementDrift[];
  /** They allow the same, in another order or form. */
  readonly onlyForm: boolean;
}

/**
 * Compares a policy of ours with theirs, statement by statement. The order of statements, actions and
 * resources has no meaning in IAM and makes no drift; neither has a list of one.
 *
 * Statements are paired by likeness and not by Sid alone: those of Remotion's role policy are numbered,
 * so that a new one renames all that follow.
 */
export function policyDrift(ours: PublishedPolicy, theirs: PublishedPolicy): PolicyDrift {
  const pairs = pairStatements(ours.Statement, theirs.Statement);
  const drift = {
    added: theirs.Statement.filter((statement) => !pairs.some((pair) => pair.theirs === statement)),
    removed: ours.Statement.filter((statement) => !pairs.some((pair) => pair.ours === statement)),
    changed: pairs
      .map((pair) => statementDrift(pair.ours, pair.theirs))
      .filter(({ actions, resources, elements }) =>
        [...Object.values(actions), ...Object.values(resources), elements].some(
          ({ length }) => length > 0,
        ),
      ),
    elements: elementDrift(ours, theirs, ["Statement"]),
  };
  const onlyForm = !isDrift(drift) && JSON.stringify(ours) !== JSON.stringify(theirs);
  return { ...drift, onlyForm };
}

/** Whether two policies differ in more than order and form. */
export function isDrift(drift: Omit<PolicyDrift, "onlyForm">): boolean {
  const { added, removed, changed, elements } = drift;
  return [added, removed, changed, elements].some(({ length }) => length > 0);
}

/** The values of an element that may be a list or the only one of its list. */
export function valuesOf(element: string | readonly string[] | undefined): readonly string[] {
  return typeof element === "string" ? [element] : (element ?? []);
}

interface Pair {
  readonly ours: PublishedStatement;
  readonly theirs: PublishedStatement;
}

/** The statements that are versions of one another, in our order: those that are most alike first. */
function pairStatements(
  ours: readonly PublishedStatement[],
  theirs: readonly PublishedStatement[],
): Pair[] {
  const candidates = ours
    .flatMap((our) =>
      theirs.map((their) => ({ ours: our, theirs: their, ...likeness(our, their) })),
    )
    .filter(({ related }) => related)
    .sort((a, b) => b.score - a.score);
  const pairs = new Map<PublishedStatement, PublishedStatement>();
  const taken = new Set<PublishedStatement>();
  for (const candidate of candidates) {
    if (!pairs.has(candidate.ours) && !taken.has(candidate.theirs)) {
      pairs.set(candidate.ours, candidate.theirs);
      taken.add(candidate.theirs);
    }
  }
  return ours.flatMap((our) => {
    const their = pairs.get(our);
    return their === undefined ? [] : [{ ours: our, theirs: their }];
  });
}

/** How alike two statements are, and whether one may be a version of the other at all. */
function likeness(ours: PublishedStatement, theirs: PublishedStatement) {
  const sameSid = ours.Sid !== undefined && ours.Sid === theirs.Sid;
  const actions = overlap(valuesOf(ours.Action), valuesOf(theirs.Action));
  const resources = overlap(valuesOf(ours.Resource), valuesOf(theirs.Resource));
  const identical = isDeepStrictEqual(canonical(ours), canonical(theirs));
  return {
    related: sameSid || identical || actions >= 0.5,
    // Actions weigh most: many statements have `*` for their resources.
    score: 2 * actions + resources + (sameSid ? 1 : 0) + (identical ? 1 : 0),
  };
}

/** What two lists have in common: 0 nothing, 1 all. */
function overlap(a: readonly string[], b: readonly string[]): number {
  const all = new Set([...a, ...b]);
  return all.size === 0
    ? 0
    : [...all].filter((item) => a.includes(item) && b.includes(item)).length / all.size;
}

function statementDrift(ours: PublishedStatement, theirs: PublishedStatement): StatementDrift {
  return {
    sid: ours.Sid ?? null,
    actions: listDrift(valuesOf(ours.Action), valuesOf(theirs.Action)),
    resources: listDrift(valuesOf(ours.Resource), valuesOf(theirs.Resource)),
    elements: elementDrift(ours, theirs, ["Action", "Resource"]),
  };
}

function listDrift(ours: readonly string[], theirs: readonly string[]): ListDrift {
  return {
    added: theirs.filter((item) => !ours.includes(item)),
    removed: ours.filter((item) => !theirs.includes(item)),
  };
}

function elementDrift(ours: object, theirs: object, except: readonly string[]): ElementDrift[] {
  const our = new Map<string, unknown>(Object.entries(ours));
  const their = new Map<string, unknown>(Object.entries(theirs));
  return [...new Set([...our.keys(), ...their.keys()])]
    .filter((element) => !except.includes(element))
    .filter(
      (element) => !isDeepStrictEqual(canonical(our.get(element)), canonical(their.get(element))),
    )
    .map((element) => ({
      element,
      ...(our.has(element) ? { ours: our.get(element) } : {}),
      ...(their.has(element) ? { theirs: their.get(element) } : {}),
    }));
}

/** The same for all ways to write the same: lists sorted and without repetition, a list of one as that one. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = new Map(value.map(canonical).map((item) => [JSON.stringify(item), item]));
    const [first, ...others] = [...items]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, item]) => item);
    return others.length === 0 && first !== undefined ? first : [first, ...others];
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([key, item]) => [key, canonical(item)]));
  }
  return value;
}
