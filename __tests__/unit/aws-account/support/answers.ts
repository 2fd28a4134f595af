/* Answers of the `aws` command line, as short as they can be, and nothing left out that AWS has in them. */

const ACCOUNT = "123456789012";

/** The ARN of something in the account, in its path. */
export function arn(kind: "user" | "group" | "role" | "policy", name: string, path = "/"): string {
  return `arn:aws:iam::${ACCOUNT}:${kind}${path}${name}`;
}

/** A policy document with one statement of this Sid. */
export function document(Sid: string, more: object = {}): object {
  const statement = { Sid, Effect: "Allow", Action: "s3:GetObject", Resource: "*", ...more };
  return { Version: "2012-10-17", Statement: [statement] };
}

/** Whom Lambda may be. */
export const LAMBDA_TRUST = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
};

/** A managed policy as it stands in a list of what somebody has. */
export function attached(policyArn: string): object {
  return { PolicyName: policyArn.slice(policyArn.lastIndexOf("/") + 1), PolicyArn: policyArn };
}

/** An inline policy. */
export function inline(name: string, text: unknown = document(name)): object {
  return { PolicyName: name, PolicyDocument: text };
}

/** The boundary that a managed policy is. */
export function boundary(policyArn: string): object {
  return {
    PermissionsBoundaryType: "Policy",
    PermissionsBoundaryArn: policyArn,
  };
}

/** A user; AWS leaves `UserPolicyList` out where it is empty. */
export function user(UserName: string, more: object = {}): object {
  return {
    Path: "/",
    UserName,
    UserId: "AIDA0",
    Arn: arn("user", UserName),
    CreateDate: "2026-01-01T00:00:00+00:00",
    GroupList: [],
    AttachedManagedPolicies: [],
    Tags: [],
    ...more,
  };
}

export function group(GroupName: string, more: object = {}): object {
  return {
    Path: "/",
    GroupName,
    GroupId: "AGPA0",
    Arn: arn("group", GroupName),
    CreateDate: "2026-01-01T00:00:00+00:00",
    GroupPolicyList: [],
    AttachedManagedPolicies: [],
    ...more,
  };
}

export function role(RoleName: string, more: object = {}): object {
  return {
    Path: "/",
    RoleName,
    RoleId: "AROA0",
    Arn: arn("role", RoleName),
    CreateDate: "2026-01-01T00:00:00+00:00",
    AssumeRolePolicyDocument: LAMBDA_TRUST,
    InstanceProfileList: [],
    RolePolicyList: [],
    AttachedManagedPolicies: [],
    Tags: [],
    RoleLastUsed: {},
    ...more,
  };
}

/** A managed policy with one version, unless others are given. */
export function policy(PolicyName: string, more: object = {}): object {
  return {
    PolicyName,
    PolicyId: "ANPA0",
    Arn: arn("policy", PolicyName),
    Path: "/",
    DefaultVersionId: "v1",
    IsAttachable: true,
    PolicyVersionList: [version("v1", document(PolicyName), true)],
    ...more,
  };
}

export function version(VersionId: string, text: unknown, IsDefaultVersion = false): object {
  return { Document: text, VersionId, IsDefaultVersion, CreateDate: "2026-01-01T00:00:00+00:00" };
}

/** Everything of an account, as the command line merges the pages. */
export interface Details {
  readonly UserDetailList?: readonly object[];
  readonly GroupDetailList?: readonly object[];
  readonly RoleDetailList?: readonly object[];
  readonly Policies?: readonly object[];
}

/** The answer of `aws iam get-account-authorization-details`. */
export function details(lists: Details, more: object = {}): string {
  return JSON.stringify(
    {
      UserDetailList: [],
      GroupDetailList: [],
      RoleDetailList: [],
      Policies: [],
      ...lists,
      ...more,
    },
    null,
    4,
  );
}
