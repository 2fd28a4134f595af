import type { ApiCall, ApiRow } from "../../../lib/remotion/api-calls.js";
import type { CallName } from "./api-calls.js";
import { callOf } from "./call-of.js";
import type { Consequence } from "./consequences.js";
import { isSame, type Outcome } from "./outcome.js";
import { type Recording, title } from "./recording.js";

/** A call that Remotion goes on without. */
interface Tolerated {
  readonly answer: "tolerated";
  /** What then happens. */
  readonly sentence: string;
  readonly security: boolean;
  /** Where that was read, of a call that is not recorded. */
  readonly read?: string;
}

/** Whether Remotion goes on without a call. */
export type Verdict =
  | Tolerated
  | { readonly answer: "missing"; readonly because: string }
  /** It does, but with another result, and nobody has written down what that is. */
  | { readonly answer: "open"; readonly because: string };

/** What a scenario comes to with calls of its row refused. */
export type PlayDenied = (
  recording: Recording,
  row: ApiRow,
  calls: readonly ApiCall[],
) => Promise<Outcome>;

/** What is said where nothing differs. */
const SAME = "Remotion goes on without it, and its result is the same.";

/** The recordings of a row in which a call of it was made. */
export function recordingsOf(
  row: ApiRow,
  call: ApiCall,
  recordings: readonly Recording[],
): readonly Recording[] {
  return recordings.filter(
    ({ api, situation, permissions }) =>
      api === row.api &&
      situation === row.situation &&
      permissions.some((permission) => callOf(row, permission) === call),
  );
}

/**
 * Plays scenarios with a call refused, as long as Remotion goes on: a call is tolerated if it is
 * wherever it is made.
 *
 * @param recordings those in which the call was made, at least one
 * @param consequence what is written down for the call
 */
export async function judge(
  row: ApiRow,
  call: ApiCall,
  recordings: readonly Recording[],
  consequence: Consequence | undefined,
  playDenied: PlayDenied,
): Promise<Verdict> {
  const differing: string[] = [];
  for (const recording of recordings) {
    const denied = await playDenied(recording, row, [call]);
    if (!isBorne(recording.outcome, denied)) {
      return missing(`${title(recording)} ends as "${denied.ending}": ${denied.value}`);
    }
    // Of what fails in any case, only what is written down is known to be no worse.
    if (recording.outcome.ending === "failed" && consequence === undefined) {
      return missing(`${title(recording)} fails in any case.`);
    }
    if (!isSame(denied, recording.outcome)) {
      differing.push(`${title(recording)}: ${difference(recording.outcome, denied)}`);
    }
  }
  if (consequence?.missing !== undefined) return missing(consequence.missing);
  if (consequence?.tolerated !== undefined) {
    return tolerated(consequence.tolerated, consequence.security);
  }
  return differing.length === 0
    ? tolerated(SAME)
    : { answer: "open", because: differing.join("\n") };
}

/** The recordings of a row in which several of these calls of it were made. */
export function makingSeveral(
  row: ApiRow,
  calls: readonly ApiCall[],
  recordings: readonly Recording[],
): readonly Recording[] {
  const making = calls.map((call) => recordingsOf(row, call, recordings));
  return recordings.filter((recording) => making.filter((m) => m.includes(recording)).length > 1);
}

/**
 * Plays scenarios with several calls refused that are tolerated one at a time: one may be tolerated
 * only as long as another is made. Gives a sentence for each scenario that then fails.
 *
 * @param recordings those in which several of the calls were made
 */
export async function jointProblems(
  row: ApiRow,
  calls: readonly ApiCall[],
  recordings: readonly Recording[],
  playDenied: PlayDenied,
): Promise<string[]> {
  const problems: string[] = [];
  for (const recording of recordings) {
    const denied = await playDenied(recording, row, calls);
    if (!isBorne(recording.outcome, denied)) {
      problems.push(`${title(recording)} bears each refusal by itself, not all: ${denied.value}`);
    }
  }
  return problems;
}

/** What is written down for a call that is not recorded. */
export function readVerdict(consequence: Consequence | undefined): Verdict {
  const { tolerated: sentence, read, security = false } = consequence ?? {};
  return sentence === undefined || read === undefined
    ? missing("It is not recorded.")
    : { answer: "tolerated", sentence, security, read };
}

/** The verdict on a call that is made for several others: tolerated if all of them are. */
export function verdictLike(others: readonly Verdict[]): Verdict {
  return others.find(({ answer }) => answer !== "tolerated") ?? others[0] ?? missing("Unlike any.");
}

/** The name of a call, for messages. */
export function callTitle({ api, situation, action, resource }: CallName): string {
  return `${api} (${situation}): ${action} on ${resource}`;
}

/** Whether Remotion goes on: what fails in any case may fail with another error. */
function isBorne(undenied: Outcome, denied: Outcome): boolean {
  return (
    denied.ending === undenied.ending ||
    (undenied.ending === "failed" && denied.ending === "rejected")
  );
}

function tolerated(sentence: string, security = false): Verdict {
  return { answer: "tolerated", sentence, security };
}

function missing(because: string): Verdict {
  return { answer: "missing", because };
}

/** The lines in which two outcomes differ. */
function difference(one: Outcome, other: Outcome): string {
  const lines = ({ value, effects }: Outcome) => [...value.split("\n"), ...effects];
  const only = (these: readonly string[], those: readonly string[], sign: string) =>
    these.filter((line) => !those.includes(line)).map((line) => `${sign} ${line.trim()}`);
  const [before, after] = [lines(one), lines(other)];
  return [...only(before, after, "-"), ...only(after, before, "+")].join("; ");
}
