import type { Unknown } from "./unknown.js";

/** One resource instance of IAM, from whichever kind of file. */
export interface IamResource {
  /** Address with the modules that it is in: `module.remotion.aws_iam_user.this[0]`. */
  readonly address: string;
  /** Address of its module; "" for the root module. */
  readonly module: string;
  /** Resource type: `aws_iam_user`. */
  readonly type: string;
  /** The value of an argument; undefined where it is not set, `Unknown` where it is and is not told. */
  readonly argument: (name: string) => unknown | Unknown;
  /** Addresses of the resources that an argument is made from, known or not. */
  readonly origins: (name: string) => readonly string[];
  /** A sentence that says why it is open whether the resource is made at all. @default it is made */
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
  /** ARN → a managed policy made elsewhere. */
  readonly lookedUp: ReadonlyMap<string, LookedUpPolicy>;
  /** The AWS partition, for ARNs that AWS has not made yet. */
  readonly partition: string;
}

/** The resource types that say who may do what. */
export const IAM_TYPES: ReadonlySet<string> = new Set([
  "aws_iam_group",
  "aws_iam_group_membership",
  "aws_iam_group_policy",
  "aws_iam_group_policy_attachment",
  "aws_iam_group_policy_attachments_exclusive",
  "aws_iam_policy",
  "aws_iam_policy_attachment",
  "aws_iam_role",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_iam_role_policy_attachments_exclusive",
  "aws_iam_user",
  "aws_iam_user_group_membership",
  "aws_iam_user_policy",
  "aws_iam_user_policy_attachment",
  "aws_iam_user_policy_attachments_exclusive",
]);
