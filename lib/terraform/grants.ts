/** Who can have policies. */
export type HolderKind = "user" | "role" | "group" | "permission set";

/** The arguments of a resource that name those whom it is for. */
export interface HolderArgument {
  readonly kind: HolderKind;
  readonly argument: string;
}

/** A resource type that is a policy inside somebody. */
export interface InlinePolicyType {
  readonly holder: HolderArgument;
  /** The argument that has the text. */
  readonly text: string;
  /** The name of all such policies. @default each has its own */
  readonly name?: string;
}

/** A resource type that attaches managed policies. */
export interface AttachmentType {
  readonly holders: readonly HolderArgument[];
  /** The argument that names the policies: by their ARNs, or by blocks with names and paths. */
  readonly policies: string;
  /** Whether the apply detaches what is not named. @default false */
  readonly isExclusive?: boolean;
}

/** A resource type that names the inline policies of somebody: the apply deletes all others. */
export interface ExclusiveNamesType {
  readonly holder: HolderArgument;
  readonly names: string;
}

/** The resource types that are somebody who can have policies. */
export const HOLDERS: Readonly<Record<string, HolderKind>> = {
  aws_iam_user: "user",
  aws_iam_role: "role",
  aws_iam_group: "group",
  aws_ssoadmin_permission_set: "permission set",
};

/** What names a permission set, in all that is for one. */
const PERMISSION_SET: HolderArgument = { kind: "permission set", argument: "permission_set_arn" };

/** The argument that names managed policies by blocks with a name and a path. */
export const REFERENCE_BLOCKS = "customer_managed_policy_reference";

/** The resource types that are a policy inside somebody. */
export const INLINE_POLICIES: Readonly<Record<string, InlinePolicyType>> = {
  aws_iam_user_policy: { holder: { kind: "user", argument: "user" }, text: "policy" },
  aws_iam_role_policy: { holder: { kind: "role", argument: "role" }, text: "policy" },
  aws_iam_group_policy: { holder: { kind: "group", argument: "group" }, text: "policy" },
  aws_ssoadmin_permission_set_inline_policy: {
    holder: PERMISSION_SET,
    text: "inline_policy",
    name: "inline policy",
  },
};

/** The resource types that attach managed policies. */
export const ATTACHMENTS: Readonly<Record<string, AttachmentType>> = {
  aws_iam_user_policy_attachment: {
    holders: [{ kind: "user", argument: "user" }],
    policies: "policy_arn",
  },
  aws_iam_role_policy_attachment: {
    holders: [{ kind: "role", argument: "role" }],
    policies: "policy_arn",
  },
  aws_iam_group_policy_attachment: {
    holders: [{ kind: "group", argument: "group" }],
    policies: "policy_arn",
  },
  aws_iam_policy_attachment: {
    holders: [
      { kind: "user", argument: "users" },
      { kind: "role", argument: "roles" },
      { kind: "group", argument: "groups" },
    ],
    policies: "policy_arn",
  },
  aws_iam_user_policy_attachments_exclusive: {
    holders: [{ kind: "user", argument: "user_name" }],
    policies: "policy_arns",
    isExclusive: true,
  },
  aws_iam_role_policy_attachments_exclusive: {
    holders: [{ kind: "role", argument: "role_name" }],
    policies: "policy_arns",
    isExclusive: true,
  },
  aws_iam_group_policy_attachments_exclusive: {
    holders: [{ kind: "group", argument: "group_name" }],
    policies: "policy_arns",
    isExclusive: true,
  },
  aws_ssoadmin_managed_policy_attachment: {
    holders: [PERMISSION_SET],
    policies: "managed_policy_arn",
  },
  aws_ssoadmin_customer_managed_policy_attachment: {
    holders: [PERMISSION_SET],
    policies: REFERENCE_BLOCKS,
  },
  // Of these two, each is exclusive among the policies of its own kind.
  aws_ssoadmin_managed_policy_attachments_exclusive: {
    holders: [PERMISSION_SET],
    policies: "managed_policy_arns",
    isExclusive: true,
  },
  aws_ssoadmin_customer_managed_policy_attachments_exclusive: {
    holders: [PERMISSION_SET],
    policies: REFERENCE_BLOCKS,
    isExclusive: true,
  },
};

/** The resource types that name all inline policies of somebody. */
export const EXCLUSIVE_NAMES: Readonly<Record<string, ExclusiveNamesType>> = {
  aws_iam_user_policies_exclusive: {
    holder: { kind: "user", argument: "user_name" },
    names: "policy_names",
  },
  aws_iam_role_policies_exclusive: {
    holder: { kind: "role", argument: "role_name" },
    names: "policy_names",
  },
  aws_iam_group_policies_exclusive: {
    holder: { kind: "group", argument: "group_name" },
    names: "policy_names",
  },
};

/** The resource types that set the boundary of somebody from outside. */
export const BOUNDARIES: Readonly<Record<string, HolderArgument>> = {
  aws_ssoadmin_permissions_boundary_attachment: PERMISSION_SET,
};

/** The resource types that put users into groups. */
export const MEMBERSHIPS: Readonly<
  Record<string, { readonly users: HolderArgument; readonly groups: HolderArgument }>
> = {
  aws_iam_group_membership: {
    users: { kind: "user", argument: "users" },
    groups: { kind: "group", argument: "group" },
  },
  aws_iam_user_group_membership: {
    users: { kind: "user", argument: "user" },
    groups: { kind: "group", argument: "groups" },
  },
};
