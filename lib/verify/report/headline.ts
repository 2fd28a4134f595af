import type { Answer, Verification } from "../answer.js";
import type { Outcome } from "../outcome.js";
import { countsOf } from "./standing-line.js";

/** What a file comes to, in one line. */
export interface Headline {
  /** What it is like: `missing` also where something else fails, `untold` where nobody is there. */
  readonly answer: Exclude<Answer, "tolerated">;
  readonly text: string;
}

/** @param meant those who are there for Remotion */
export function headlineOf(
  { complete, exitCode }: Outcome,
  meant: readonly Verification[],
): Headline {
  if (meant.length === 0) {
    return { answer: "untold", text: "Nobody in the file is there for Remotion" };
  }
  if (complete === "missing") {
    const lacking = meant.filter((one) => countsOf(one).missing > 0).length;
    return {
      answer: "missing",
      text: `Remotion would not work: ${lacking} of ${meant.length} lack something`,
    };
  }
  if (exitCode === 1) {
    return { answer: "missing", text: "Remotion works, and something else fails" };
  }
  return complete === "untold"
    ? { answer: "untold", text: "Nothing is missing, and something is not told" }
    : { answer: "allowed", text: "Remotion works with it" };
}

/** How many there are of each kind, in words. */
export function summary(verified: readonly Verification[], bystanders: number): string {
  const able = verified.filter(({ standing }) => standing === "able").length;
  return [
    `${verified.length - able} there for Remotion`,
    ...(able === 0 ? [] : [`${able} who may call by wildcards alone, and fail nothing`]),
    ...(bystanders === 0 ? [] : [`${bystanders} with nothing to do with Remotion`]),
  ].join(", ");
}

/** Those who lack something, those of whom something is not told, and the others. */
export function worstFirst(verified: readonly Verification[]): readonly Verification[] {
  return verified.toSorted((one, other) => place(one) - place(other));
}

const ORDER: readonly Answer[] = ["missing", "untold", "tolerated", "allowed"];

/** Who fails nothing comes last. */
function place(verification: Verification): number {
  return verification.standing === "able" ? ORDER.length : ORDER.indexOf(worstOf(verification));
}

/** The worst that is said of a principal. */
export function worstOf(verification: Verification): Answer {
  const { missing, untold, warned } = countsOf(verification);
  return missing > 0 ? "missing" : untold > 0 ? "untold" : warned > 0 ? "tolerated" : "allowed";
}
