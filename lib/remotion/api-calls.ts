import table from "./api-calls.json" with { type: "json" };

/**
 * Who makes a call: whoever deploys functions and sites, whoever calls `renderMediaOnLambda()`,
 * both, or the deployed function itself.
 */
export type Actor = "deployer" | "caller" | "either" | "function";

/**
 * What a call is made for only if asked for, and what policies without that option leave out.
 *
 * - `newBucket`: a render makes or looks for the bucket itself
 * - `ownBucket`: output, or sites, in a bucket that is not called `remotionlambda-*`
 * - `ownLayers`: `customLayerArns`
 * - `ownRole`: `customRoleArn`
 * - `vpc`: a function in a VPC
 * - `insights`: Lambda Insights
 */
export type CallOption = "newBucket" | "ownBucket" | "ownLayers" | "ownRole" | "vpc" | "insights";

/** One IAM action that an API needs. */
export interface ApiCall {
  readonly action: string;
  /** ARN template, or `*` where the action knows no resource. */
  readonly resource: string;
  /** The condition under which the call is made, as a sentence. */
  readonly when?: string;
  readonly option?: CallOption;
}

/** A function or command of Remotion Lambda in one situation, with all that it calls. */
export interface ApiRow {
  readonly actor: Actor;
  /** A function of `@remotion/lambda`, a command, or `rendering`, the deployed function at work. */
  readonly api: string;
  readonly situation: string;
  /**
   * Where the calls were read, and why they are not recorded, as a sentence.
   *
   * @default the row is recorded from the running packages
   */
  readonly unrecorded?: string;
  readonly calls: readonly ApiCall[];
}

/** What Remotion Lambda calls: recorded from the running packages, unless a row says why not. */
export const API_ROWS: readonly ApiRow[] = table.rows as readonly ApiRow[];

/** How an API is written in prose: functions with parentheses, commands as they are typed. */
export function apiName(api: string): string {
  return api.includes(" ") || api === "rendering" ? api : `${api}()`;
}
