import type { Unknown } from "../terraform-expression/unknown.js";
import {
  ATTACHMENTS,
  BOUNDARIES,
  EXCLUSIVE_NAMES,
  HOLDERS,
  type HolderKind,
  INLINE_POLICIES,
  MEMBERSHIPS,
} from "./grants.js";
import type { PolicyReference } from "./managed-policies.js";
import type { UnreadPolicy } from "./principal.js";

/** One resource instance of IAM, or of what runs as a role, from whichever kind of file. */
export interface IamResource {
  /** Address with the modules that it is in: `module.remotion.aws_iam_user.user[0]`. */
  readonly address: string;
  /** Address of its module; "" for the root module. */
  readonly module: string;
  /** Resource type: `aws_iam_user`. */
  readonly type: string;
  /** The value of an argument; undefined where it is not set, `Unknown` where it is and is not told. */
  readonly argument: (name: string) => unknown | Unknown;
  /** Addresses of the resources that an argument is made from, known or not. */
  readonly origins: (name: string) => readonly string[];
  /**
   * What the apply does to it: makes it, keeps it as the thing that it is, or puts another thing in its
   * place.
   */
  readonly fate: "made" | "kept" | "replaced";
  /** Why it is open whether the resource is made at all. @default it is made */
  readonly caveat?: string;
}

/** A managed policy that the file only looks up. */
export interface LookedUpPolicy {
  readonly address: string;
  readonly text: string;
}

/** All of IAM that a file holds, before it is known who has which policy. */
export interface IamFile {
  readonly resources: readonly IamResource[];
  /** What runs as a role, and instance profiles. */
  readonly compute: readonly IamResource[];
  /** What decides beside IAM: buckets, keys, and policies of an organization. @default there is none */
  readonly outside?: readonly IamResource[];
  /** ARN → a managed policy made elsewhere. */
  readonly lookedUp: ReadonlyMap<string, LookedUpPolicy>;
  /** The AWS partition, for ARNs that AWS has not made yet. */
  readonly partition: string;
  /** What to give where the file does not tell: "the plan after the apply". */
  readonly give: string;
  /** `source` of the call of each module around an address, the outermost first. */
  readonly moduleSources: (module: string) => readonly string[];
  /**
   * Whether the apply takes something from somebody, although a resource gives it. @default nothing is taken
   *
   * @param key that of `takenKey`
   */
  readonly takingOf?: (
    resource: IamResource,
    holder: IamResource,
    key: string,
  ) => Taking | undefined;
  /** Address of somebody → policies that it may have besides. @default none */
  readonly untold?: ReadonlyMap<string, readonly UnreadPolicy[]>;
  /** ARNs of managed policies that others have or are limited by, who are not told. @default none */
  readonly heldElsewhere?: Iterable<string>;
  /** Is told what is asked about those who are not held. @default all are held */
  readonly notHeld?: NotHeld;
  /** Addresses without keys of users and roles whose policies the configuration names. @default none */
  readonly configured?: Iterable<string>;
  /** Why others may be there who are not in the file, as a sentence. @default nothing says so */
  readonly incomplete?: string;
}

/** Those of a file who are not held: what is asked about them while the others are joined, they are needed for. */
export interface NotHeld {
  /** Somebody is asked for who has this name, or anybody of a kind. */
  readonly askFor: (kind: HolderKind, name?: string) => void;
  /** Whatever has one of these addresses is asked for. */
  readonly askForOrigins: (kind: HolderKind, addresses: readonly string[]) => void;
  /** One of `heldElsewhere` is found. */
  readonly findPolicy: (arn: string, found: PolicyReference) => void;
}

/** The resource types that say who may do what. */
export const IAM_TYPES: ReadonlySet<string> = new Set([
  "aws_iam_policy",
  ...[HOLDERS, INLINE_POLICIES, ATTACHMENTS, EXCLUSIVE_NAMES, BOUNDARIES, MEMBERSHIPS].flatMap(
    (types) => Object.keys(types),
  ),
]);

/** The resource types that say what decides beside the policies of users and roles. */
export const OUTSIDE_TYPES: ReadonlySet<string> = new Set([
  "aws_kms_alias",
  "aws_kms_key",
  "aws_kms_key_policy",
  "aws_organizations_organization",
  "aws_organizations_policy",
  "aws_organizations_policy_attachment",
  "aws_s3_bucket",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_server_side_encryption_configuration",
]);

/** What an apply takes by another resource, or by the old one of the same address. */
export interface Taking {
  readonly address: string;
  /** Whether that is deleted; or else updated. */
  readonly isDeleted: boolean;
  /** Whether what is deleted is the remains of a replacement that broke off. @default false */
  readonly isDeposed?: boolean;
  /** Whether it is gone at the end; or else that is open. */
  readonly isSure: boolean;
}

/** What is taken: the name of an inline policy or the ARN of a managed one, and whose it was. */
export function takenKey(kind: string, holder: string, policy: string): string {
  return JSON.stringify([kind, holder, policy]);
}
