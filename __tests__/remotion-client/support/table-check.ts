import type { ApiCall, ApiRow } from "../../../lib/remotion/api-calls.js";
import type { UnseenCall } from "./api-calls.js";
import { callOf } from "./call-of.js";
import type { Permission } from "./permission.js";
import { type Recording, title } from "./recording.js";

/**
 * Compares the table with what was recorded, and gives a sentence for each disagreement: a
 * permission that is not in the table, a call of the table that was not seen or not under its
 * condition, a row or a recording without the other. A row that says why it is not recorded is right
 * only as long as no scenario records it.
 */
export function tableProblems(
  rows: readonly ApiRow[],
  recordings: readonly Recording[],
  unseen: readonly UnseenCall[],
): string[] {
  return [
    ...recordings.filter((recording) => rowOf(rows, recording) === undefined).map(withoutRow),
    ...rows.flatMap((row) =>
      rowProblems(
        row,
        recordings.filter((recording) => sameRow(row, recording)),
        unseen.filter((call) => sameRow(row, call)),
      ),
    ),
    ...unseen
      .filter((call) => rowOf(rows, call)?.calls.some((other) => sameCall(other, call)) !== true)
      .map((call) => `unseen-calls.json: ${call.api} has no call ${call.action} in the table.`),
  ];
}

function rowProblems(
  row: ApiRow,
  recordings: readonly Recording[],
  unseen: readonly UnseenCall[],
): string[] {
  const name = `${row.api} (${row.situation})`;
  if (row.unrecorded !== undefined) {
    return recordings.length + unseen.length === 0
      ? []
      : [`${name}: says why it is not recorded, but is, or has calls in unseen-calls.json.`];
  }
  if (recordings.length === 0) return [`${name}: no scenario records this row.`];
  const missing = recordings.flatMap((recording) =>
    recording.permissions
      .filter((permission) => callOf(row, permission) === undefined)
      .map(
        ({ action, resource }) =>
          `${title(recording)}: needs ${action} on ${resource}, not in the table.`,
      ),
  );
  const wrong = row.calls.flatMap((call) => {
    const seen = recordings.filter((recording) =>
      recording.permissions.some((permission) => callOf(row, permission) === call),
    );
    const problem = callProblem(
      call,
      seen.length,
      recordings.length,
      unseen.some((other) => sameCall(call, other)),
    );
    if (problem === null) return [];
    const notSeen = recordings.filter((recording) => !seen.includes(recording));
    const where =
      seen.length === 0 || notSeen.length === 0
        ? ""
        : ` Not in: ${notSeen.map((r) => r.variant).join("; ")}.`;
    return [`${name}: ${call.action} on ${call.resource} ${problem}.${where}`];
  });
  return [...missing, ...wrong];
}

function callProblem(
  call: ApiCall,
  seen: number,
  recorded: number,
  hasReason: boolean,
): string | null {
  if (seen === 0) return hasReason ? null : "was never seen, and unseen-calls.json has no reason";
  if (hasReason) return "was seen, though unseen-calls.json says it cannot be";
  if (call.when === undefined && seen < recorded) return "is not always needed: say when";
  if (call.when !== undefined && seen === recorded) return "is always needed: it has a condition";
  return null;
}

function withoutRow(recording: Recording): string {
  return `${title(recording)}: has no row in the table.`;
}

type RowName = Pick<ApiRow, "api" | "situation">;

function rowOf(rows: readonly ApiRow[], name: RowName): ApiRow | undefined {
  return rows.find((row) => sameRow(row, name));
}

function sameRow(a: RowName, b: RowName): boolean {
  return a.api === b.api && a.situation === b.situation;
}

function sameCall(a: Permission, b: Permission): boolean {
  return a.action === b.action && a.resource === b.resource;
}
