import type { ApiCall, ApiRow } from "../../../lib/remotion/api-calls.js";
import ifDenied from "./if-denied.json" with { type: "json" };
import unseen from "./unseen-calls.json" with { type: "json" };

/** The name of one call in the table. */
export interface CallName {
  readonly api: string;
  readonly situation: string;
  readonly action: string;
  readonly resource: string;
}

/** A call that its API can do without. */
export interface DispensableCall extends CallName {
  /** What happens without it. */
  readonly consequence: string;
}

/** A call in the table that no scenario brings about. */
export interface UnseenCall extends CallName {
  /** Why none does. */
  readonly reason: string;
}

/** The calls that are in the table without having been recorded. */
export const UNSEEN_CALLS: readonly UnseenCall[] = unseen;

/** The calls after whose refusal an API goes on all the same. */
export const DISPENSABLE_CALLS: readonly DispensableCall[] = ifDenied;

/** Whether the name is that of a call in this row. */
export function isCallOf(name: CallName, row: ApiRow, call: ApiCall): boolean {
  return (
    name.api === row.api &&
    name.situation === row.situation &&
    name.action === call.action &&
    name.resource === call.resource
  );
}
