import {
  IAM_PATH,
  NAME_PREFIX,
  NUMBERED_POLICY_NAME,
  POLICY_ARN,
  POLICY_NAME,
  ROLE_NAME,
  ROLE_NAME_OR_ARN,
  USER_NAME,
} from "../iam/rules.js";
import type { ValueRule } from "../iam/value-rule.js";
import { DEFAULT_NAMES } from "../remotion/default-names.js";

/** An input of a module by which the policy of whoever applies it differs. */
export interface ModuleInput {
  /** What the module takes unless told otherwise. @default nothing */
  readonly default?: string;
  /** What it may be. @default anything: it only counts that something is given */
  readonly values?: readonly string[] | ValueRule;
  /** Whether it is several values, with commas between. @default one */
  readonly several?: boolean;
}

const text = (value: string, values: ValueRule): ModuleInput => ({ default: value, values });
const flag = (value: boolean): ModuleInput => ({
  default: String(value),
  values: ["true", "false"],
});
const given: ModuleInput = {};
const severalOf = (values: ValueRule): ModuleInput => ({ values, several: true });

const policyType: ModuleInput = { default: "inline", values: ["inline", "managed"] };
const common = { path: text("/", IAM_PATH), tags: given };
const boundary: Readonly<Record<string, ModuleInput>> = {
  permissions_boundary_arn: { values: POLICY_ARN },
};

/**
 * The published modules, and of their inputs those that tell what the AWS provider calls for them and on what. All
 * others decide what the policies say that it writes, and nothing else.
 */
export const MODULE_INPUTS = {
  "remotion-user": {
    name: text(DEFAULT_NAMES.user, USER_NAME),
    policy_name: text(DEFAULT_NAMES.userPolicy, POLICY_NAME),
    policy_type: policyType,
    create_access_key: flag(false),
    access_keys: given,
    force_destroy: flag(false),
    ...common,
    ...boundary,
  },
  "remotion-lambda-role": {
    name: text(DEFAULT_NAMES.lambdaRole, ROLE_NAME),
    policy_name: text(DEFAULT_NAMES.lambdaRolePolicy, POLICY_NAME),
    policy_type: policyType,
    ...common,
    ...boundary,
  },
  "remotion-execution-role": {
    name: text(DEFAULT_NAMES.executionRole, ROLE_NAME),
    policy_arns: severalOf(POLICY_ARN),
    log_function_names: given,
    create_instance_profile: flag(false),
    ...common,
    ...boundary,
  },
  "remotion-executionrole-policy": {
    name: text(DEFAULT_NAMES.executionRolePolicy, POLICY_NAME),
    role_names: severalOf(ROLE_NAME_OR_ARN),
    ...common,
  },
  "remotion-bucket-grants": {
    policy_name: text(DEFAULT_NAMES.bucketGrants, NUMBERED_POLICY_NAME),
    role_names: severalOf(ROLE_NAME_OR_ARN),
    ...common,
  },
  "remotion-lambda": {
    name_prefix: text("", NAME_PREFIX),
    create_user: flag(true),
    user_name: text(DEFAULT_NAMES.user, USER_NAME),
    user_policy_name: text(DEFAULT_NAMES.userPolicy, POLICY_NAME),
    user_policy_type: policyType,
    create_access_key: flag(false),
    access_keys: given,
    user_force_destroy: flag(false),
    lambda_role_name: text(DEFAULT_NAMES.lambdaRole, ROLE_NAME),
    lambda_role_policy_name: text(DEFAULT_NAMES.lambdaRolePolicy, POLICY_NAME),
    lambda_role_policy_type: policyType,
    create_executionrole_policy: flag(true),
    executionrole_policy_name: text(DEFAULT_NAMES.executionRolePolicy, POLICY_NAME),
    role_names: severalOf(ROLE_NAME_OR_ARN),
    create_execution_role: flag(false),
    execution_role_name: text(DEFAULT_NAMES.executionRole, ROLE_NAME),
    execution_role_policy_arns: severalOf(POLICY_ARN),
    log_function_names: given,
    create_instance_profile: flag(false),
    ...common,
    ...boundary,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, ModuleInput>>>>;

/** A published module. */
export type ModuleName = keyof typeof MODULE_INPUTS;

/** The published modules. */
export const MODULES = Object.keys(MODULE_INPUTS) as readonly ModuleName[];
