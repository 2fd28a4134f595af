import data from "./aws-managed-policies.json" with { type: "json" };

/** What `npm run refresh-aws-managed` writes. */
export interface AwsManagedData {
  /** The package that it is taken from. */
  readonly source: AwsManagedSource;
  /** The policies that are known in full, by what follows `arn:aws:iam::aws:policy/`. */
  readonly policies: Readonly<Record<string, AwsManagedRecord>>;
  /** What follows there for all others whose text allows and denies nothing. */
  readonly allowOnly: readonly string[];
}

/** A package that carries AWS's managed policies. */
export interface AwsManagedSource {
  readonly name: string;
  readonly version: string;
  /** As an SPDX identifier. */
  readonly licence: string;
  /** How many policies it has. */
  readonly count: number;
  /** The day of its newest policy, as YYYY-MM-DD: it knows no later change. */
  readonly newest: string;
}

/** One policy in the data. */
export interface AwsManagedRecord {
  readonly version: string;
  readonly date: string;
  readonly document: unknown;
}

/**
 * The data. A function, so that what is published can load it when it is called (`scripts/build/chunks.ts`): few
 * runs meet an AWS-managed policy, and the others should not wait for a quarter of a megabyte.
 */
export function awsManagedData(): AwsManagedData {
  return data;
}
