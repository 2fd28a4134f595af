/** Why nobody can tell whether something holds, and what to give so that it can be told. */
export interface Doubt {
  /** The rest of a sentence: "it is known only after the apply". */
  readonly cause: string;
  /** "the plan after the apply" */
  readonly give: string;
  /** The context key that decides, as the policy writes it, where it is one. */
  readonly key?: string;
}

/**
 * Whether something holds: yes, no, or why nobody can tell. Answers are put together so that a yes and
 * a no hold whatever the untold parts turn out to be.
 */
export type Answer = boolean | readonly Doubt[];

/** Reasons that are kept for one answer: more help nobody. */
export const MAX_DOUBTS = 5;

/** Whether both hold. */
export function both(one: Answer, other: Answer): Answer {
  if (one === false || other === false) {
    return false;
  }
  if (one === true) {
    return other;
  }
  return other === true ? one : joined(one, other);
}

/** Whether one of two holds. */
export function either(one: Answer, other: Answer): Answer {
  if (one === true || other === true) {
    return true;
  }
  if (one === false) {
    return other;
  }
  return other === false ? one : joined(one, other);
}

/** Whether something does not hold. */
export function not(answer: Answer): Answer {
  return typeof answer === "boolean" ? !answer : answer;
}

/** The answer, where it is the same either way; or else, the doubt which of the two it is. */
export function eitherWay(one: Answer, other: Answer, doubts: readonly Doubt[]): Answer {
  return typeof one === "boolean" && one === other ? one : doubts;
}

/** The reasons of both, each once, and not too many. */
export function joined(
  one: readonly Doubt[] | undefined,
  other: readonly Doubt[],
): readonly Doubt[] {
  if (one === undefined || one === other) {
    return other;
  }
  const all = [...one];
  for (const doubt of other) {
    if (all.length >= MAX_DOUBTS) {
      break;
    }
    if (!all.some((known) => sameDoubt(known, doubt))) {
      all.push(doubt);
    }
  }
  return all;
}

/** Whether two doubts say the same. */
export function sameDoubt(one: Doubt, other: Doubt): boolean {
  return one.cause === other.cause && one.give === other.give;
}
