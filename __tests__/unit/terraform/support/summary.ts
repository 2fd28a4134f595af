import type { Principal, Reading } from "../../../../lib/terraform/principal.js";

/** A principal in a few lines, for tables of what is expected. */
export interface Summary {
  readonly is: string;
  /** `name: Sid of the first statement, address`. */
  readonly policies?: readonly string[];
  readonly boundary?: string;
  readonly notes?: readonly string[];
}

/** The principals of a file by their address. */
export function summaries(reading: Reading): Record<string, Summary> {
  return Object.fromEntries(
    reading.principals.map((principal) => [principal.address, summary(principal)]),
  );
}

function summary({ kind, name, arn, policies, boundary, notes }: Principal): Summary {
  const limit = boundary && `${boundary.arn}: ${sidOf(boundary.document)}`;
  return {
    is: `${kind} ${name}, ${arn}`,
    ...(policies.length === 0
      ? {}
      : { policies: policies.map((one) => `${one.name}: ${sidOf(one.document)}, ${one.address}`) }),
    ...(limit === undefined ? {} : { boundary: limit }),
    ...(notes.length === 0 ? {} : { notes }),
  };
}

function sidOf(document: unknown): string {
  const { Statement } = (document ?? { Statement: [] }) as { Statement: { Sid: string }[] };
  return [Statement].flat()[0]?.Sid ?? "not told";
}
