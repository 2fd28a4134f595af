/** Where a module keeps a user or a role with its policy, and what its inputs are called. */
export interface PrincipalPlaces {
  /** Addresses inside the module. */
  readonly principal: string;
  readonly inlinePolicy: string;
  readonly managedPolicy: string;
  readonly attachment: string;
  readonly inputs: {
    readonly name: string;
    readonly policyName: string;
    readonly policyType: string;
    /** The switch that leaves it out. @default the module always creates it */
    readonly create?: string;
  };
}

/** Where a module keeps the user, which may have access keys. */
interface UserPlaces extends PrincipalPlaces {
  readonly accessKey: string;
  /** Address of the access keys that have names, without these. */
  readonly namedAccessKeys: string;
  readonly forceDestroyInput: string;
}

/** Where a module keeps the policy for callers. */
interface CallersPlaces {
  readonly policy: string;
  /** Address of the attachments, without their keys. */
  readonly attachments: string;
  readonly inputs: { readonly name: string; readonly create?: string };
}

/** What a module can take over. */
export interface AdoptingModule {
  readonly user?: UserPlaces;
  readonly role?: PrincipalPlaces;
  readonly callers?: CallersPlaces;
}

/** Names of the modules that hold what Remotion's guides have one make by hand. */
export const ADOPTING_MODULE_NAMES = [
  "remotion-lambda",
  "remotion-user",
  "remotion-lambda-role",
  "remotion-executionrole-policy",
] as const;

/** Name of a module that holds what Remotion's guides have one make by hand. */
export type AdoptingModuleName = (typeof ADOPTING_MODULE_NAMES)[number];

const OWN_INPUTS = { name: "name", policyName: "policy_name", policyType: "policy_type" };

/** Addresses and inputs of the published modules. A test compares them with the modules themselves. */
export const ADOPTING_MODULES: Readonly<Record<AdoptingModuleName, AdoptingModule>> = {
  "remotion-lambda": {
    user: {
      principal: "aws_iam_user.user[0]",
      inlinePolicy: "aws_iam_user_policy.user[0]",
      managedPolicy: "aws_iam_policy.user[0]",
      attachment: "aws_iam_user_policy_attachment.user[0]",
      accessKey: "aws_iam_access_key.user[0]",
      namedAccessKeys: "aws_iam_access_key.user_named",
      forceDestroyInput: "user_force_destroy",
      inputs: {
        name: "user_name",
        policyName: "user_policy_name",
        policyType: "user_policy_type",
        create: "create_user",
      },
    },
    role: {
      principal: "aws_iam_role.lambda_role",
      inlinePolicy: "aws_iam_role_policy.lambda_role[0]",
      managedPolicy: "aws_iam_policy.lambda_role[0]",
      attachment: "aws_iam_role_policy_attachment.lambda_role[0]",
      inputs: {
        name: "lambda_role_name",
        policyName: "lambda_role_policy_name",
        policyType: "lambda_role_policy_type",
      },
    },
    callers: {
      policy: "aws_iam_policy.executionrole_policy[0]",
      attachments: "aws_iam_role_policy_attachment.executionrole_policy",
      inputs: { name: "executionrole_policy_name", create: "create_executionrole_policy" },
    },
  },
  "remotion-user": {
    user: {
      principal: "aws_iam_user.this",
      inlinePolicy: "aws_iam_user_policy.this[0]",
      managedPolicy: "aws_iam_policy.this[0]",
      attachment: "aws_iam_user_policy_attachment.this[0]",
      accessKey: "aws_iam_access_key.this[0]",
      namedAccessKeys: "aws_iam_access_key.named",
      forceDestroyInput: "force_destroy",
      inputs: OWN_INPUTS,
    },
  },
  "remotion-lambda-role": {
    role: {
      principal: "aws_iam_role.this",
      inlinePolicy: "aws_iam_role_policy.this[0]",
      managedPolicy: "aws_iam_policy.this[0]",
      attachment: "aws_iam_role_policy_attachment.this[0]",
      inputs: OWN_INPUTS,
    },
  },
  "remotion-executionrole-policy": {
    callers: {
      policy: "aws_iam_policy.this",
      attachments: "aws_iam_role_policy_attachment.this",
      inputs: { name: "name" },
    },
  },
};
