import type { ApiCall } from "../remotion/api-calls.js";
import { FURTHER_INSIGHTS_LAYERS } from "../remotion/layers.js";
import type { Part } from "./part.js";
import { PROFILE_CALLS } from "./profile-calls-table.js";

const PLACES: ReadonlyMap<string, number> = new Map(
  PROFILE_CALLS.calls.map((call, place) => [call, place]),
);

/**
 * Whether the policy of a profile allows a call of the table of API calls, narrowed to the place that it is made in
 * or not; undefined of any other call.
 */
export function profileAllows(
  { actor, profile }: Part,
  partition: string,
  region: string,
  { action, resource }: Pick<ApiCall, "action" | "resource">,
): boolean | undefined {
  const place = PLACES.get(`${action} ${resource}`);
  const allowed = PROFILE_CALLS.allowed[`${actor} ${profile} ${partition}`];
  return place === undefined || allowed === undefined
    ? undefined
    : allowed[hasOwnInsights(region) ? "ownInsights" : "anyRegion"][place] === "1";
}

/** Whether AWS publishes Lambda Insights in a region from an account of the region's own. */
function hasOwnInsights(region: string): boolean {
  return FURTHER_INSIGHTS_LAYERS.some((arn) => arn.includes(`:${region}:`));
}
