import type { ApiCall } from "../remotion/api-calls.js";
import type { OutputBucket } from "../remotion/output-bucket.js";
import type { RoleProfile, UserProfile } from "../remotion/profile-names.js";
import type { ResourceScope } from "../remotion/resource-scope.js";
import type { OutsideFacts } from "../terraform/outside-facts.js";
import type { Part } from "./part.js";

/** The part of a principal, as the caller says it. */
export interface NamedPart {
  /** Name of a principal or of a managed policy that it has, or a Terraform address. */
  readonly name: string;
  readonly actor: Part["actor"];
  /** @default the nearest */
  readonly profile?: UserProfile | RoleProfile;
}

/** What a file is verified for. */
export interface VerifyOptions {
  /** What users and callers are for. @default the nearest profile, for each */
  readonly profile?: UserProfile;
  /** What the role that Remotion's functions run as is for. @default the nearest */
  readonly roleProfile?: RoleProfile;
  /** What the principals are to Remotion. @default worked out from all that the file knows */
  readonly actor?: Part["actor"];
  /** Only the principals of this name or address. @default every one that has to do with Remotion */
  readonly principal?: string;
  /** The parts of some of them. */
  readonly named: readonly NamedPart[];
  /** Where Remotion is used. What is left out is read from the policies, or sampled. */
  readonly scope: ResourceScope;
  /** Buckets that renders are written to, and that somebody must be allowed. */
  readonly outputBuckets: readonly OutputBucket[];
  /** Actions that nobody is to have, perhaps with wildcards. */
  readonly forbid: readonly string[];
  /** Whether what is granted beyond the profile fails, so that it has to be told. @default false */
  readonly excessFails?: boolean;
  /** Whether what would give what is missing is worked out. @default false */
  readonly fixes?: boolean;
  /** Whether it is worked out what each policy of a principal allows by itself. @default false */
  readonly tellsShares?: boolean;
  /** Whether the release of Remotion that is used makes this call. @default it makes all */
  readonly makes?: (actor: Part["actor"], call: Pick<ApiCall, "action" | "resource">) => boolean;
  /** What decides beside the policies of principals, and is not in the file. @default nothing is known of it */
  readonly outside?: OutsideFacts;
  /** The same of all that an account has, asked for or not. @default nothing is known of it */
  readonly collected?: OutsideFacts;
  /** The time of the requests: policies may ask for it. */
  readonly now: Date;
}
