import table from "./recorded-calls.json" with { type: "json" };

/** What is done with a module: a plan reads what is there; an apply makes, changes and destroys. */
export type Phase = "plan" | "apply";

/** A call to IAM that the AWS provider makes for a module. */
export interface RecordedCall {
  readonly action: string;
  /** What it is on: what follows the account in an ARN, with inputs of the module in braces. */
  readonly resource: string;
  /** The managed policy that it attaches or detaches, likewise. */
  readonly policy?: string;
  /**
   * The inputs by which an apply makes it, `input` where anything is given and `input=value` else: one of these
   * sets, each in full. An empty set is always there.
   */
  readonly apply: readonly (readonly string[])[];
  /** Likewise those by which a plan does. @default none */
  readonly plan?: readonly (readonly string[])[];
}

/** What was recorded. */
export interface RecordedCalls {
  /** Version of the AWS provider that made the calls. */
  readonly provider: string;
  readonly modules: Readonly<Record<string, readonly RecordedCall[]>>;
}

/** Every call that the AWS provider was seen to make for a module, with each of its options. */
export const RECORDED_CALLS: RecordedCalls = table;
