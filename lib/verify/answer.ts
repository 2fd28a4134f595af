import type { Denier } from "./denier.js";
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
  /** What denies it. @default nothing does: only nothing allows it, or it is not missing */
  readonly deniedBy?: Denier;
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

/** What one policy of a principal allows of what Remotion needs, whatever its other policies say. */
export interface PolicyShare {
  /** Its name, or its ARN; "" where the file tells neither. */
  readonly name: string;
  readonly address: string;
  /** Whether it is in the principal itself, managed, or its boundary. @default the file does not say */
  readonly is?: "inline" | "managed" | "boundary";
  /** Why its text is not told, as the rest of a sentence: then it is known to allow nothing. @default it is told */
  readonly untold?: string;
  /** Of each API, in the order of the answers, the places of the calls that it allows wherever they are made. */
  readonly allows: readonly (readonly number[])[];
}

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
  /** What each of its policies allows by itself, where that is asked for. */
  readonly shares?: readonly PolicyShare[];
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
