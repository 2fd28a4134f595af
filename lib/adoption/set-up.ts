import type { Partition } from "../iam/partition.js";

/** The policy of a user or a role, as it is in AWS. */
export type OwnPolicy =
  | { readonly type: "inline"; readonly name: string }
  | { readonly type: "managed"; readonly name: string; readonly arn: string };

/** A user or a role that exists. */
export interface PrincipalSetUp {
  readonly name: string;
  /** Undefined where it has none that the module would hold. */
  readonly policy: OwnPolicy | undefined;
}

/** A user that exists, with the access keys whose secrets Terraform has already. */
export interface UserSetUp extends PrincipalSetUp {
  /** Id of its only one, which is active and has no name. @default none */
  readonly accessKeyId?: string;
  /** Those that need a name. @default none */
  readonly namedAccessKeys?: readonly NamedAccessKey[];
}

/** An access key as a module knows it by a name. */
export interface NamedAccessKey {
  readonly name: string;
  readonly id: string;
  readonly status: "active" | "inactive";
}

/** The managed policy for callers that exists, and those who have it. */
export interface CallersSetUp {
  readonly policyName: string;
  readonly policyArn: string;
  /** Key of the attachment → name of the role. */
  readonly roleNames: Readonly<Record<string, string>>;
}

/** Settings that the module keeps as they are only if it is told them. */
export interface Settings {
  /** IAM path of everything. */
  readonly path: string;
  readonly partition: Partition;
  readonly tags?: Readonly<Record<string, string>>;
  readonly permissionsBoundaryArn?: string;
  readonly maxSessionDuration?: number;
  readonly forceDestroy?: boolean;
}

/** What exists of a Remotion set-up, as far as the module would hold it. */
export interface SetUp {
  readonly user: UserSetUp | undefined;
  readonly role: PrincipalSetUp | undefined;
  readonly callers: CallersSetUp | undefined;
  /** Name of the role that Remotion's functions run as, whoever holds it. */
  readonly lambdaRoleName: string;
  readonly settings: Settings;
}
