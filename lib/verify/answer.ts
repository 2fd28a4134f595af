import type { Fix } from "./fix.js";
import type { Part } from "./part.js";

/**
 * What is said of a call that Remotion makes.
 *
 * - `allowed`: the policies of the file allow it wherever it is made
 * - `missing`: they do not, and Remotion stops there
 * - `tolerated`: they do not, and Remotion goes on without it
 * - `untold`: what decides is not in the file, or is not known before the apply
 */
export type Answer = "allowed" | "missing" | "tolerated" | "untold";

/** One call of an API, and what is said of it. */
export interface CallAnswer {
  readonly action: string;
  /** The resource that the answer is about: the first one where it is checked on several. */
  readonly resource: string;
  readonly answer: Answer;
  /** The condition under which Remotion makes the call. @default always */
  readonly when?: string;
  /** Where the answer holds: regions, buckets and functions. @default everywhere that was checked */
  readonly where?: readonly string[];
  /** Why it is so; not of what is allowed. */
  readonly because?: string;
  /** What would allow it: an input of the modules. Of what is missing. */
  readonly input?: string;
  /** What to give for a certain answer. Of what is untold. */
  readonly give?: string;
  /** What happens then. Of what is tolerated. */
  readonly consequence?: string;
  /** Whether what happens then is a matter of security. @default false */
  readonly security?: true;
}

/** One API in one situation. */
export interface ApiAnswer {
  readonly api: string;
  readonly situation: string;
  /** The worst of its calls: missing, untold, tolerated, allowed. */
  readonly answer: Answer;
  readonly calls: readonly CallAnswer[];
}

/** Something beside the calls of APIs that Remotion needs, such as a trust policy. */
export interface Finding {
  readonly answer: "missing" | "untold";
  readonly sentence: string;
  readonly give?: string;
}

/** Something that a policy allows and its profile does not. */
export interface Excess {
  readonly policy: string;
  /** An action or a pattern of actions; after "not " where a statement allows all but it. */
  readonly action: string;
  /** A resource or a pattern of resources, likewise. */
  readonly resource: string;
}

/** What the samples of resources are made of, for one principal. */
export interface CheckedIn {
  readonly account: string;
  readonly regions: readonly string[];
  readonly buckets: readonly string[];
  readonly functions: readonly string[];
  /** What of it was read from its policies, because nothing was given: "region", "bucket", … */
  readonly narrowed: readonly Dimension[];
}

/** What a policy can be narrowed to. */
export type Dimension = "account" | "region" | "bucket" | "function";

/**
 * Why a principal counts.
 *
 * - `meant`: it is there for Remotion: what it lacks fails the run
 * - `able`: it may call by wildcards alone: it is told, and fails nothing
 */
export type Standing = "meant" | "able";

/** What a principal may do of what Remotion needs. */
export interface Verification {
  readonly principal: string;
  readonly address: string;
  readonly part: Part;
  /** Why it has this part, and this profile. */
  readonly reasons: readonly string[];
  readonly standing: Standing;
  readonly checkedIn: CheckedIn;
  readonly apis: readonly ApiAnswer[];
  readonly findings: readonly Finding[];
  readonly excess: readonly Excess[];
  /** What it is granted of actions that nobody is to have. */
  readonly forbidden: readonly Excess[];
  readonly notes: readonly string[];
  /** What gives it what is missing, where that is asked for and something is. */
  readonly fix?: Fix;
}

/** The worse of two answers: missing, untold, tolerated, allowed. */
export function worse(one: Answer, other: Answer): Answer {
  return RANK.indexOf(one) <= RANK.indexOf(other) ? one : other;
}

const RANK: readonly Answer[] = ["missing", "untold", "tolerated", "allowed"];

/** Whether an API works: Remotion goes on without what is tolerated. */
export function works({ answer }: ApiAnswer): boolean {
  return answer === "allowed" || answer === "tolerated";
}
