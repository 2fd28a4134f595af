import { UnknownPart } from "../../../../lib/iam/evaluate/unknown-part.js";
import type { Principal, Reading, UnreadPolicy } from "../../../../lib/terraform/principal.js";

/** A principal in a few lines, for tables of what is expected. */
export interface Summary {
  readonly is: string;
  /** `name: Sid of the first statement, address`. */
  readonly policies?: readonly string[];
  /** `name: why, what to give`, and whether it is open that it has it. */
  readonly unread?: readonly string[];
  readonly boundary?: string;
  readonly runs?: readonly string[];
  readonly notes?: readonly string[];
}

/** The principals of a file by their address. */
export function summaries(reading: Reading): Record<string, Summary> {
  return Object.fromEntries(
    reading.principals.map((principal) => [principal.address, summary(principal)]),
  );
}

function summary(principal: Principal): Summary {
  const { kind, name, arn, policies, unread, boundary, runs, notes } = principal;
  const limit = boundary && `${boundary.arn}: ${sidOf(boundary.document)}`;
  return {
    is: `${kind} ${name}, ${arn}`,
    ...(policies.length === 0
      ? {}
      : { policies: policies.map((one) => `${one.name}: ${sidOf(one.document)}, ${one.address}`) }),
    ...(unread.length === 0 ? {} : { unread: unread.map(line) }),
    ...(limit === undefined ? {} : { boundary: limit }),
    ...(runs.length === 0 ? {} : { runs }),
    ...(notes.length === 0 ? {} : { notes }),
  };
}

function line({ name, cause, give, maybe }: UnreadPolicy): string {
  return `${name || "a policy"}: ${cause}, ${give}${maybe ? ", perhaps" : ""}`;
}

/** The Sid of the first statement; for what is not told, why. */
function sidOf(document: unknown): string {
  if (document instanceof UnknownPart) {
    return `(${document.cause})`;
  }
  if (typeof document !== "object" || document === null) {
    return typeof document === "string" ? "malformed" : "not told";
  }
  const [first] = [(document as { Statement?: unknown }).Statement].flat();
  if (typeof first !== "object" || first === null || first instanceof UnknownPart) {
    return first instanceof UnknownPart ? `(${first.cause})` : "not told";
  }
  const { Sid: sid, Condition: condition } = first as { Sid?: unknown; Condition?: unknown };
  return `${sid ?? "not told"}${condition instanceof UnknownPart ? ` (${condition.cause})` : ""}`;
}
