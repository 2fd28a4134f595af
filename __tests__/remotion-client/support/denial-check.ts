import type { ApiCall, ApiRow } from "../../../lib/remotion/api-calls.js";
import type { ToleratedCall } from "../../../lib/remotion/tolerated.js";
import { partOf, TORTURE } from "../../support/part.js";
import { isCallOf } from "./api-calls.js";
import { consequenceOf } from "./consequences.js";
import { denialOf } from "./denial.js";
import { play, type Recording, title } from "./recording.js";
import type { Scenario } from "./scenario.js";
import { shuffled } from "./shuffled.js";
import {
  callTitle,
  jointProblems,
  judge,
  makingSeveral,
  type PlayDenied,
  recordingsOf,
} from "./tolerance.js";
import type { World } from "./world.js";

/** Which calls are refused. */
export interface DenialChoice {
  /** The calls that Remotion is said to go on without: each is, in one of the scenarios that make it, or in all. */
  readonly tolerated: readonly ToleratedCall[];
  /** How many runs share the others, each of which is refused in all scenarios that make it until one fails. */
  readonly parts: number;
  /** Decides in which scenario. */
  readonly seed: number;
}

/** What came of refusing calls, one at a time. */
export interface DenialCheck {
  /** Sentences; none where all is as it is written down. */
  readonly problems: readonly string[];
  readonly plays: number;
  /** In how many scenarios a tolerated call was refused, and how many make one. */
  readonly tolerated: readonly [played: number, all: number];
}

interface RecordedCall {
  readonly row: ApiRow;
  readonly call: ApiCall;
  /** The recordings in which it is made. */
  readonly making: readonly Recording[];
  /** What is said of it, if Remotion is said to go on without. */
  readonly said: ToleratedCall | undefined;
}

/** They end in seconds; where they do not, this is how long that takes to be said. */
const LIMIT_MS = 120_000;

/** Plays scenarios again with calls refused, and compares what comes of it with what is said. */
export async function checkDenials(
  rows: readonly ApiRow[],
  { tolerated, parts, seed }: DenialChoice,
  scenarios: readonly Scenario[],
  recordings: readonly Recording[],
  world: World,
): Promise<DenialCheck> {
  let plays = 0;
  const playDenied: PlayDenied = async (recording, row, calls) => {
    plays++;
    const scenario = scenarios[recordings.indexOf(recording)];
    if (scenario === undefined) throw new Error(`${title(recording)} is no scenario's.`);
    const { outcome } = await play(scenario, world, {
      deny: denialOf(row, calls),
      limit: LIMIT_MS,
    });
    if (outcome.ending !== "too late") return outcome;
    world.commands.stop();
    throw new Error(`${title(recording)} does not end; nothing more can be played in its world.`);
  };

  const recorded = rows.flatMap((row) => recordedCalls(row, tolerated, recordings));
  const oneOf = (making: readonly Recording[]) =>
    TORTURE ? making : shuffled(making, seed).slice(0, 1);
  const tolerable = recorded.filter(({ said }) => said !== undefined);
  const bearable = tolerable.map((call) => ({ ...call, making: oneOf(call.making) }));
  const unbearable = recorded.filter(({ said }) => said === undefined);
  const problems: string[] = [];
  const others = partOf("calls that Remotion does not go on without", unbearable, parts);
  for (const call of [...bearable, ...others]) {
    problems.push(...(await callProblems(call, playDenied)));
  }
  for (const row of rows) {
    const calls = bearable.filter((call) => call.row === row).map(({ call }) => call);
    const making = oneOf(makingSeveral(row, calls, recordings));
    problems.push(...(await jointProblems(row, calls, making, playDenied)));
  }
  const countOf = (calls: readonly RecordedCall[]) =>
    calls.reduce((sum, { making }) => sum + making.length, 0);
  return { problems, plays, tolerated: [countOf(bearable), countOf(tolerable)] };
}

function recordedCalls(
  row: ApiRow,
  tolerated: readonly ToleratedCall[],
  recordings: readonly Recording[],
): readonly RecordedCall[] {
  return row.calls
    .map((call) => ({
      row,
      call,
      making: recordingsOf(row, call, recordings),
      said: tolerated.find((name) => isCallOf(name, row, call)),
    }))
    .filter(({ making }) => making.length > 0);
}

async function callProblems(
  { row, call, making, said }: RecordedCall,
  playDenied: PlayDenied,
): Promise<readonly string[]> {
  const { api, situation } = row;
  const name = { api, situation, action: call.action, resource: call.resource };
  const verdict = await judge(row, call, making, consequenceOf(name), playDenied);
  const title = callTitle(name);
  if (verdict.answer !== "tolerated") {
    return said === undefined ? [] : [`${title} is said to be tolerated: ${verdict.because}`];
  }
  if (said === undefined)
    return [`${title} is tolerated: "npm run record-tolerated" writes it down.`];
  return said.then === verdict.sentence && said.security === verdict.security
    ? []
    : [`${title} has another sentence: "npm run record-tolerated" writes it down.`];
}
