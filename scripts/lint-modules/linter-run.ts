/** What a linter reads: folders of modules, a plan, a stack, or policies by themselves. */
export type LinterInput = "hcl" | "hcl-uncommented" | "json" | "plan" | "stack" | "policies";

/** How an input is called on the page. */
export const INPUTS: Readonly<Record<LinterInput, string>> = {
  "hcl-uncommented": "modules in HCL, without our comments",
  hcl: "modules in HCL",
  json: "modules in JSON",
  plan: "plan of [`examples/everything`](../examples/everything)",
  stack: "what `cdktf synth` writes",
  policies: "policies of each profile",
};

/** A rule that a linter sees broken. */
export interface Finding {
  readonly rule: string;
  /** Type of the resource, or "policy" for a policy by itself. */
  readonly of: string;
  /** Module and address, or the name of the policy. */
  readonly where: string;
}

/** What a linter said of an input. */
export interface LinterRun {
  readonly linter: string;
  readonly version: string;
  readonly input: LinterInput;
  readonly exitCode: number;
  readonly findings: readonly Finding[];
  /** Findings that a comment in the file answers. @default the linter reads no comments */
  readonly answeredByComment?: number;
  /** Files that it could not read, and said nothing of. @default it does not tell */
  readonly unreadFiles?: number;
}

/** All that was said. */
export interface RecordedRuns {
  readonly runs: readonly LinterRun[];
}

/** Each finding once, in the order of where it is. */
export function distinct(findings: readonly Finding[]): readonly Finding[] {
  const byText = new Map(findings.map((finding) => [`${finding.where} ${finding.rule}`, finding]));
  return [...byText].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, finding]) => finding);
}
