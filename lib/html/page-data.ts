/*
 * What a page is drawn from: the JSON in it, which its own script reads. Numbers refer to places in the lists of the
 * whole, so that what thousands of principals share is written once.
 */

/** What is said of an API: allowed, tolerated, missing, untold. */
export type Sign = "a" | "t" | "m" | "u";

/** What a page shows. */
export interface PageData {
  /**
   * `verify`: principals of a file, and what is allowed to them. `explain`: profiles, and what of Remotion works with
   * them.
   */
  readonly about: "verify" | "explain";
  /** The program, its version, and the release of Remotion whose calls are meant. */
  readonly tool: string;
  readonly version: string;
  readonly remotion: string;
  readonly title: string;
  /** What was read, or whose profiles they are. */
  readonly source: string;
  readonly sign: Sign;
  /** Sentences about the whole. */
  readonly remarks: readonly string[];
  /** What APIs are about, in the order of the columns. */
  readonly groups: readonly string[];
  readonly apis: readonly PageApi[];
  readonly actions: readonly string[];
  /** Conditions under which calls are made, as sentences. */
  readonly conditions: readonly string[];
  readonly shapes: readonly Shape[];
  readonly answers: readonly Answers[];
  readonly profiles: readonly Profile[];
  readonly shares: readonly (readonly (readonly number[])[])[];
  readonly excess: readonly (readonly PageExcess[])[];
  readonly subjects: readonly Subject[];
  /** Names of those who have nothing to do with Remotion. */
  readonly bystanders: readonly string[];
  /** How many more of them there are. */
  readonly furtherBystanders: number;
}

/** An API in a situation: a column of the matrix. */
export interface PageApi {
  readonly name: string;
  /** "" where there is but one. */
  readonly situation: string;
  /** Place in `groups`. */
  readonly group: number;
}

/** The APIs that somebody is asked for, in order, each with its calls: place in `actions`, and in `conditions` or -1. */
export type Shape = readonly (readonly [
  api: number,
  calls: readonly (readonly [action: number, condition: number])[],
])[];

/** What is said of the APIs of a shape. */
export interface Answers {
  /** A sign for each API, in their order. */
  readonly signs: string;
  /** Likewise a sign for each of its calls; "" where all are allowed. */
  readonly calls: readonly string[];
  /** What is to be done, the worst first. */
  readonly tasks: readonly PageTask[];
}

/** What is to be done, and what is open for want of it. */
export interface PageTask {
  readonly sign: Sign;
  /** The input of the modules, what to give, or what Remotion goes on without. */
  readonly what: string;
  readonly security: boolean;
  readonly lacks: readonly PageLack[];
}

/** An action that is not allowed, or not known to be. */
export interface PageLack {
  readonly action: number;
  readonly resources: readonly string[];
  /** How many more resources there are. */
  readonly further: number;
  readonly because: string;
  /** In which regions, buckets or functions; empty for everywhere. */
  readonly where: readonly string[];
  readonly apis: readonly number[];
  /** When it is needed, as sentences; empty for always. */
  readonly when: readonly string[];
}

/** A profile, statement by statement. */
export interface Profile {
  readonly name: string;
  readonly permissions: readonly Permission[];
}

/** What one statement of a profile is for. */
export interface Permission {
  readonly sid: string;
  readonly actions: readonly number[];
  readonly scope: string;
  readonly reason: string;
  /** Names of APIs. */
  readonly neededBy: readonly string[];
  /** The option that it is there for; "" where it always is. */
  readonly option: string;
}

/** Something that a policy allows and the profile does not. */
export interface PageExcess {
  readonly policy: string;
  readonly action: string;
  readonly resource: string;
}

/** A principal, or a profile. */
export interface Subject {
  readonly name: string;
  /** Where it is, as in Terraform; "" for nowhere. */
  readonly address: string;
  readonly part: string;
  /** The profile that it is held to. */
  readonly held: string;
  /** Whether what it lacks fails nothing. */
  readonly able: boolean;
  readonly reasons: readonly string[];
  /** What was checked: "region us-east-1" and the like. */
  readonly checked: readonly string[];
  readonly sign: Sign;
  /** APIs that work, of how many; how many things are missing, untold, and work with a warning. */
  readonly counts: readonly [
    working: number,
    of: number,
    missing: number,
    untold: number,
    warned: number,
  ];
  readonly shape: number;
  readonly answers: number;
  /** Place in `profiles`. */
  readonly profile: number;
  readonly policies: readonly PagePolicy[];
  readonly findings: readonly PageFinding[];
  /** Place in `excess`. */
  readonly excess: number;
  /** How much more is in excess. */
  readonly furtherExcess: number;
  readonly forbidden: readonly PageExcess[];
  readonly notes: readonly string[];
  /** What somebody lives with for a time. */
  readonly accepted: readonly string[];
}

/** A policy of a principal, or a statement of a profile. */
export interface PagePolicy {
  readonly name: string;
  readonly address: string;
  /** "inline", "managed", "boundary", "statement", or "" where it is not told. */
  readonly is: string;
  /** Why its text is not told; "" where it is. */
  readonly untold: string;
  /** Place in `shares`: of each API of the shape, the places of the calls that it allows by itself. */
  readonly share: number;
}

/** Something beside the calls of APIs that Remotion needs. */
interface PageFinding {
  readonly sign: Sign;
  readonly sentence: string;
  readonly give: string;
}
