import { type CallName, UNSEEN_CALLS } from "../../__tests__/remotion-client/support/api-calls.js";
import {
  CONSEQUENCES,
  consequenceOf,
} from "../../__tests__/remotion-client/support/consequences.js";
import { isSame } from "../../__tests__/remotion-client/support/outcome.js";
import { type Recording, title } from "../../__tests__/remotion-client/support/recording.js";
import type { Scenario } from "../../__tests__/remotion-client/support/scenario.js";
import {
  callTitle,
  jointProblems,
  judge,
  makingSeveral,
  type PlayDenied,
  readVerdict,
  recordingsOf,
  type Verdict,
  verdictLike,
} from "../../__tests__/remotion-client/support/tolerance.js";
import type { ApiCall, ApiRow } from "../../lib/remotion/api-calls.js";
import type { Players } from "./players.js";

/** A call, and whether Remotion does without. */
export interface CallVerdict extends CallName {
  readonly verdict: Verdict;
}

/** What came of refusing all calls, one at a time. */
export interface Verdicts {
  readonly verdicts: readonly CallVerdict[];
  /** Sentences; none where all is decided. */
  readonly problems: readonly string[];
}

/** Plays all scenarios as they are, and again for each call with that call refused. */
export async function recordedVerdicts(
  rows: readonly ApiRow[],
  scenarios: readonly Scenario[],
  players: Players,
  note: (text: string) => void,
): Promise<Verdicts> {
  const unstable: string[] = [];
  const recordings = await inParallel(players.count, scenarios, async (_scenario, index) => {
    const [once, again] = [await players.record(index), await players.record(index)];
    if (!isSame(once.outcome, again.outcome)) {
      unstable.push(`${title(once)} ends in two ways: told apart, they cannot be compared.`);
    }
    return once;
  });
  note(`Recorded ${recordings.length} scenarios.`);

  const playDenied: PlayDenied = (recording, row, calls) =>
    players.deny(
      recordings.indexOf(recording),
      rows.indexOf(row),
      calls.map((call) => row.calls.indexOf(call)),
    );
  const calls = rows.flatMap((row) => row.calls.map((call) => ({ row, call })));
  const played = await inParallel(players.count, calls, async ({ row, call }) => {
    const name = nameOf(row, call);
    const verdict = await verdictOn(row, call, recordings, playDenied);
    note(`${verdict?.answer ?? "not played"}: ${callTitle(name)}`);
    return { ...name, verdict };
  });
  const verdicts = played.map(({ verdict, ...name }) => ({
    ...name,
    verdict: verdict ?? unplayedVerdict(name, played),
  }));
  const joint = await inParallel(players.count, rows, (row) => {
    const tolerated = row.calls.filter((call) => isTolerated(nameOf(row, call), verdicts));
    const making = makingSeveral(row, tolerated, recordings);
    return jointProblems(row, tolerated, making, playDenied);
  });
  return { verdicts, problems: [...unstable, ...problemsOf(verdicts), ...joint.flat()] };
}

function nameOf({ api, situation }: ApiRow, { action, resource }: ApiCall): CallName {
  return { api, situation, action, resource };
}

async function verdictOn(
  row: ApiRow,
  call: ApiCall,
  recordings: readonly Recording[],
  playDenied: PlayDenied,
): Promise<Verdict | undefined> {
  const consequence = consequenceOf(nameOf(row, call));
  const making = recordingsOf(row, call, recordings);
  if (making.length > 0) return await judge(row, call, making, consequence, playDenied);
  return row.unrecorded === undefined ? undefined : readVerdict(consequence);
}

/** A call that no scenario makes is like what it is recorded as elsewhere. */
function unplayedVerdict(
  name: CallName,
  played: ReadonlyArray<CallName & { readonly verdict: Verdict | undefined }>,
): Verdict {
  const unseen = UNSEEN_CALLS.find((call) => callTitle(call) === callTitle(name));
  const likes = (unseen?.like ?? []).map(({ api, situation }) =>
    played.find((other) => callTitle(other) === callTitle({ ...name, api, situation })),
  );
  const verdicts = likes.map((like) => like?.verdict ?? readVerdict(undefined));
  return verdictLike(verdicts);
}

function isTolerated(name: CallName, verdicts: readonly CallVerdict[]): boolean {
  const found = verdicts.find((verdict) => callTitle(verdict) === callTitle(name));
  return found?.verdict.answer === "tolerated";
}

function problemsOf(verdicts: readonly CallVerdict[]): readonly string[] {
  const open = verdicts.flatMap(({ verdict, ...name }) =>
    verdict.answer === "open"
      ? [
          `${callTitle(name)}: nothing in consequences.json says what then happens. ${verdict.because}`,
        ]
      : [],
  );
  const idle = CONSEQUENCES.filter(
    (consequence) => !verdicts.some((name) => consequenceOf(name) === consequence),
  ).map(({ apis, action }) => `consequences.json: ${apis.join(", ")}: no call ${action} needs it.`);
  return [...open, ...idle];
}

/** Does the same with all items, so many at a time. */
async function inParallel<T, R>(
  count: number,
  items: readonly T[],
  action: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const rest = items.entries();
  const worker = async () => {
    for (const [index, item] of rest) results[index] = await action(item, index);
  };
  await Promise.all(Array.from({ length: count }, worker));
  return results;
}
