import type { Ratio } from "./ratios.js";
import type { Table } from "./table.js";

/** What a suite may need beside Node.js. */
export type Need = "terraform" | "moto" | "jq";

/** What is measured. */
export interface Subject {
  /** The command line, as a file for Node.js. */
  readonly commandLine: string;
  /** The package as it is published. */
  readonly tarball: string;
}

/** What a suite has found. */
export interface SuiteResult {
  readonly title: string;
  readonly table: Table;
  /** Sentences that go below the table. */
  readonly notes: readonly string[];
  readonly ratios: readonly Ratio[];
}

/** A group of measurements that belong together. */
export interface Suite {
  readonly name: string;
  readonly needs: readonly Need[];
  readonly run: (subject: Subject) => Promise<SuiteResult>;
}
