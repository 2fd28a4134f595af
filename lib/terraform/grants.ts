/** Who can have policies. */
export type HolderKind = "user" | "role" | "group";

/** The arguments of a resource that name those whom it is for. */
export interface HolderArgument {
  readonly kind: HolderKind;
  readonly argument: string;
}

/** The resource types that are somebody who can have policies. */
export const HOLDERS: Readonly<Record<string, HolderKind>> = {
  aws_iam_user: "user",
  aws_iam_role: "role",
  aws_iam_group: "group",
};

/** The resource types that are a policy inside somebody. */
export const INLINE_POLICIES: Readonly<Record<string, HolderArgument>> = {
  aws_iam_user_policy: { kind: "user", argument: "user" },
  aws_iam_role_policy: { kind: "role", argument: "role" },
  aws_iam_group_policy: { kind: "group", argument: "group" },
};

/** The resource types that attach managed policies. */
export const ATTACHMENTS: Readonly<
  Record<string, { readonly holders: readonly HolderArgument[]; readonly policies: string }>
> = {
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
  // These attach what they name, and detach the rest.
  aws_iam_user_policy_attachments_exclusive: {
    holders: [{ kind: "user", argument: "user_name" }],
    policies: "policy_arns",
  },
  aws_iam_role_policy_attachments_exclusive: {
    holders: [{ kind: "role", argument: "role_name" }],
    policies: "policy_arns",
  },
  aws_iam_group_policy_attachments_exclusive: {
    holders: [{ kind: "group", argument: "group_name" }],
    policies: "policy_arns",
  },
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
