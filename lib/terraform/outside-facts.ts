import type { UnknownPart } from "../iam/evaluate/unknown-part.js";

/* What decides beside the policies of users and roles, from a file or given beside it. */

/** The name of a bucket: what is known of it, where the file does not tell all. */
export type BucketName = string | UnknownPart;

/** A policy of an organization. */
export interface OrganizationPolicy {
  readonly kind: "service control policy" | "resource control policy";
  /** The path of its file, or its address. */
  readonly name: string;
  /** The root, the unit or the account that it is attached to: of those of one level one must allow. */
  readonly level: string;
  /** The document, as in `PrincipalPolicy`. */
  readonly document: unknown;
  /** The account that it is attached to, twelve digits. @default it counts for every account */
  readonly account?: string;
  /** Why it is open whether it counts for an account. @default it counts */
  readonly doubt?: UnknownPart;
  /** Why it is open whether others of its level allow more. @default those that are known are all */
  readonly more?: UnknownPart;
}

/** A bucket policy. */
export interface BucketPolicy {
  readonly bucket: BucketName;
  /** The path of its file, or its address. */
  readonly name: string;
  readonly document: unknown;
}

/** The key that a bucket is encrypted by, where that is a customer's own. */
export interface BucketKey {
  readonly bucket: BucketName;
  /** The address of what says so. */
  readonly name: string;
  /** The ARN, id or alias of the key, as the file has it, or the address of the key; "" where neither is told. */
  readonly key: string;
  /** Why it is open whether that is so. @default it is so */
  readonly doubt?: UnknownPart;
}

/** The policy of a KMS key. */
export interface KeyPolicy {
  /** Its ARN, id, alias and address, as far as they are told. */
  readonly keys: readonly string[];
  /** The path of its file, or its address. */
  readonly name: string;
  /** Undefined for the policy that KMS gives a key of itself: identity policies decide. */
  readonly document: unknown | undefined;
}

/** A bucket that takes no ACLs, or none that are public. */
export interface DisabledAcls {
  readonly bucket: BucketName;
  /** Whether it takes those that are not public. @default it takes none */
  readonly isOfPublic?: true;
  /** The address of what says so. */
  readonly name: string;
  /** Why it is open whether that is so. @default it is so */
  readonly doubt?: UnknownPart;
}

/** All that decides beside the policies of users and roles. */
export interface OutsideFacts {
  readonly organization: readonly OrganizationPolicy[];
  /** Id of the organization that the account belongs to, as in `o-a1b2c3d4e5`. @default not told */
  readonly organizationId?: string;
  /** The management account, which policies of its organization do not concern. @default not told */
  readonly managementAccount?: string;
  readonly bucketPolicies: readonly BucketPolicy[];
  readonly bucketKeys: readonly BucketKey[];
  readonly keyPolicies: readonly KeyPolicy[];
  readonly disabledAcls: readonly DisabledAcls[];
  /** The kinds of policies of which all is known that there is. @default none */
  readonly complete?: readonly PolicyKinds[];
}

/** Kinds of policies, as a report names them. */
export type PolicyKinds =
  | "service control policies"
  | "resource control policies"
  | "bucket policies"
  | "key policies";

/** That nothing of it is known. */
export const NOTHING_OUTSIDE: OutsideFacts = {
  organization: [],
  bucketPolicies: [],
  bucketKeys: [],
  keyPolicies: [],
  disabledAcls: [],
};

/** What several sources know, together. */
export function togetherOutside(one: OutsideFacts, other: OutsideFacts): OutsideFacts {
  const managementAccount = one.managementAccount ?? other.managementAccount;
  const organizationId = one.organizationId ?? other.organizationId;
  return {
    organization: [...one.organization, ...other.organization],
    ...(organizationId === undefined ? {} : { organizationId }),
    ...(managementAccount === undefined ? {} : { managementAccount }),
    bucketPolicies: [...one.bucketPolicies, ...other.bucketPolicies],
    bucketKeys: [...one.bucketKeys, ...other.bucketKeys],
    keyPolicies: [...one.keyPolicies, ...other.keyPolicies],
    disabledAcls: [...one.disabledAcls, ...other.disabledAcls],
    complete: [...(one.complete ?? []), ...(other.complete ?? [])],
  };
}
