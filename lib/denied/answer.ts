import type { DeniedRequest } from "./denial.js";

/**
 * On whose side it is.
 *
 * - `input`: an input of a module allows it
 * - `principal`: Remotion makes the call as somebody else
 * - `no policy`: no policy of Remotion's allows it, and Remotion needs another way
 * - `another policy`: some other policy denies it
 * - `boundary`, `organization`, `session`, `resource`, `endpoint`, `public access`, `trust`, `credentials`, `acls`:
 *   what is called so
 * - `not Remotion`: no call of Remotion's
 * - `untold`: the text does not tell
 */
export type Side =
  | "input"
  | "principal"
  | "no policy"
  | "another policy"
  | "boundary"
  | "organization"
  | "session"
  | "resource"
  | "endpoint"
  | "public access"
  | "trust"
  | "credentials"
  | "acls"
  | "not Remotion"
  | "untold";

/** A call of Remotion's that a message may be about. */
export interface MadeCall {
  /** As it is written in prose: `deployFunction()`, `remotion lambda render`, `rendering`. */
  readonly api: string;
  readonly situation: string;
  /** Who makes it: a user or caller, or the deployed function. */
  readonly by: "caller" | "function";
  readonly action: string;
  /** The condition under which it is made, as a sentence. */
  readonly when?: string;
  /** What happens without it, where Remotion goes on. */
  readonly otherwise?: string;
}

/** A module that allows it. */
export interface AllowedBy {
  readonly module: string;
  /** The arguments, as they stand in the module's block; none where the module alone allows it. */
  readonly inputs: readonly string[];
  /** The input for the profile, where the profile decides. */
  readonly profile?: AllowingProfiles;
}

/** Which values of a module's input for the profile allow a request, the narrowest first. */
interface AllowingProfiles {
  readonly input: string;
  readonly having: readonly string[];
  readonly lacking: readonly string[];
}

/** What is to be said of a refusal. */
export interface Answer {
  readonly side: Side;
  /** What was refused, and why, as a sentence. */
  readonly sentence: string;
  /** The request, with the words of the text. */
  readonly denied: Omit<DeniedRequest, "kind"> | undefined;
  readonly calls: readonly MadeCall[];
  readonly allowedBy: readonly AllowedBy[];
  /** What else to know and to do, as sentences. */
  readonly advice: readonly string[];
  /** Commands that prove it, or that tell more. */
  readonly commands: readonly string[];
}
