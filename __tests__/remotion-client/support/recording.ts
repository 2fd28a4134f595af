import type { Denial } from "./denial.js";
import { effectsOf, type Outcome } from "./outcome.js";
import { distinctPermissions, type Permission } from "./permission.js";
import { plainValue } from "./plain-value.js";
import type { RecordedRequest } from "./recording-endpoint.js";
import type { Scenario } from "./scenario.js";
import type { World } from "./world.js";

/** What a scenario was seen to need. */
export interface Recording {
  readonly api: string;
  readonly situation: string;
  readonly variant: string;
  readonly requests: readonly RecordedRequest[];
  readonly permissions: readonly Permission[];
  readonly outcome: Outcome;
}

/** Plays a scenario in an account where nothing is deployed, and writes down what it asks of AWS. */
export async function recordScenario(scenario: Scenario, world: World): Promise<Recording> {
  const { api, situation, variant } = scenario;
  try {
    const { requests, outcome } = await play(scenario, world);
    if (outcome.ending !== endingOf(scenario)) throw new Error(outcome.value);
    const permissions = distinctPermissions(requests.flatMap((request) => request.permissions));
    return { api, situation, variant, requests, permissions, outcome };
  } catch (error) {
    throw new Error(`${title(scenario)} failed.`, { cause: error });
  }
}

/**
 * Plays a scenario to whatever end.
 *
 * After one that comes too late, nothing more can be played in the world: it is still at work.
 */
export async function play(
  scenario: Scenario,
  world: World,
  { deny, limit = NO_LIMIT }: { readonly deny?: Denial; readonly limit?: number } = {},
): Promise<{ readonly requests: readonly RecordedRequest[]; readonly outcome: Outcome }> {
  await world.reset();
  await scenario.prepare?.(world);
  if (deny !== undefined) world.deny = deny;
  const local = [world.folder, world.endpointUrl];
  let end: End = { ending: "too late", value: "" };
  const requests = await world.endpoint.record(async () => {
    end = await within(limit, endOf(scenario, world, local), end);
  });
  return { requests, outcome: { ...end, effects: effectsOf(requests, local) } };
}

/** A scenario's name, for messages. */
export function title({
  api,
  situation,
  variant,
}: Pick<Scenario, "api" | "situation" | "variant">): string {
  return `${api} (${situation}; ${variant})`;
}

type End = Pick<Outcome, "ending" | "value">;

/** The most that a timer can wait: 24 days. */
const NO_LIMIT = 2 ** 31 - 1;

function endingOf({ fails }: Scenario): Outcome["ending"] {
  return fails === undefined ? "resolved" : "failed";
}

async function endOf(scenario: Scenario, world: World, local: readonly string[]): Promise<End> {
  try {
    return { ending: "resolved", value: plainValue(await scenario.run(world), local) };
  } catch (error) {
    const said = `${error}\n${error instanceof Error ? (error.cause ?? "") : ""}`;
    const meant = scenario.fails !== undefined && said.includes(scenario.fails);
    return { ending: meant ? "failed" : "rejected", value: plainValue(said, local) };
  }
}

async function within<T>(limit: number, value: Promise<T>, late: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<T>((resolve) => {
    timer = setTimeout(resolve, limit, late);
  });
  try {
    return await Promise.race([value, end]);
  } finally {
    clearTimeout(timer);
  }
}
