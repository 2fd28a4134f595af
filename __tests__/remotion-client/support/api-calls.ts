import type { ApiCall, ApiRow } from "../../../lib/remotion/api-calls.js";
import unseen from "./unseen-calls.json" with { type: "json" };

/** The name of one call in the table. */
export interface CallName {
  readonly api: string;
  readonly situation: string;
  readonly action: string;
  readonly resource: string;
}

/** A call in the table that no scenario brings about. */
export interface UnseenCall extends CallName {
  /** Why none does. */
  readonly reason: string;
  /** The rows in which it is recorded instead, and is the same call. @default none */
  readonly like?: readonly Pick<ApiRow, "api" | "situation">[];
}

/** The calls that are in the table without having been recorded. */
export const UNSEEN_CALLS: readonly UnseenCall[] = unseen as readonly UnseenCall[];

/** Whether the name is that of a call in this row. */
export function isCallOf(name: CallName, row: ApiRow, call: ApiCall): boolean {
  return (
    name.api === row.api &&
    name.situation === row.situation &&
    name.action === call.action &&
    name.resource === call.resource
  );
}
