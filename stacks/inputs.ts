import type { Construct } from "constructs";
import { POLICY_TYPES } from "../lib/constructs/policy-type.js";
import { PARTITIONS } from "../lib/iam/partition.js";
import { QUOTAS } from "../lib/iam/quotas.js";
import {
  ACCOUNT_ID,
  BUCKET_NAME,
  FUNCTION_NAME,
  IAM_PATH,
  LAYER_VERSION_ARN,
  NAME_PREFIX,
  NUMBERED_POLICY_NAME,
  PGP_KEY,
  POLICY_ARN,
  POLICY_NAME,
  REGION,
  ROLE_NAME,
  ROLE_NAME_OR_ARN,
  USER_NAME,
} from "../lib/iam/rules.js";
import type { ValueRule } from "../lib/iam/value-rule.js";
import { ModuleVariable, type Validation } from "../lib/module/module-variable.js";
import { DEFAULT_NAMES } from "../lib/remotion/default-names.js";
import { ROLE_PROFILES, USER_PROFILES } from "../lib/remotion/profile-names.js";
import { attributes } from "./attributes.js";
import {
  callerBucketRules,
  choiceRule,
  everyRule,
  listRule,
  manyBucketRules,
  outputBucketRules,
  stringRule,
  tagRules,
  wholeNumberRule,
} from "./validations.js";

/**
 * The inputs of the modules, each declared once: the same input is one variable with one rule in
 * every module, whatever it is called there.
 */
export type Input = (scope: Construct, id: string) => ModuleVariable;

/** An input that is a name or a path, kept to a rule. */
export function textInput(rule: ValueRule, description: string, defaultValue: string): Input {
  return (scope, id) =>
    new ModuleVariable(scope, id, {
      type: "string",
      description,
      default: defaultValue,
      validations: [stringRule(id, rule)],
    });
}

/** An input that is on or off. */
export function switchInput(description: string, defaultValue: boolean): Input {
  return (scope, id) =>
    new ModuleVariable(scope, id, { type: "bool", description, default: defaultValue });
}

export const namePrefix = textInput(
  NAME_PREFIX,
  'Begins the name of every user, role and policy that the module creates, as in "staging-"; the role that may be passed follows.',
  "",
);

export const userName = textInput(USER_NAME, "Name of the user.", DEFAULT_NAMES.user);

export const userPolicyName = textInput(
  POLICY_NAME,
  "Name of the user's policy.",
  DEFAULT_NAMES.userPolicy,
);

export const lambdaRoleName = textInput(
  ROLE_NAME,
  "Name of the role that Remotion's functions run as.",
  DEFAULT_NAMES.lambdaRole,
);

export const passedRoleName = textInput(
  ROLE_NAME,
  "Name of the role that Remotion's functions run as. This role, and no other, may be passed to Lambda.",
  DEFAULT_NAMES.lambdaRole,
);

export const passedRolePath = textInput(
  IAM_PATH,
  "IAM path of the role that Remotion's functions run as.",
  "/",
);

export const lambdaRolePolicyName = textInput(
  POLICY_NAME,
  "Name of the role's policy.",
  DEFAULT_NAMES.lambdaRolePolicy,
);

export const executionRolePolicyName = textInput(
  POLICY_NAME,
  "Name of the managed policy for callers.",
  DEFAULT_NAMES.executionRolePolicy,
);

export const bucketGrantsName = textInput(
  NUMBERED_POLICY_NAME,
  "Name of the managed policy that holds the grants. Where one is not enough, the others have a hyphen and their number behind it.",
  DEFAULT_NAMES.bucketGrants,
);

export const path = textInput(
  IAM_PATH,
  "IAM path of everything that the module creates, a slash at both ends.",
  "/",
);

/** Inline or managed, with the space that each has. */
export function policyType(owner: "user" | "role"): Input {
  const inline = owner === "user" ? QUOTAS.inlinePoliciesOfUser : QUOTAS.inlinePoliciesOfRole;
  return (scope, id) =>
    new ModuleVariable(scope, id, {
      type: "string",
      description: `Where the ${owner}'s policy lives: "inline", inside the ${owner} (${inline} characters), or "managed", a policy of its own that is attached (${QUOTAS.managedPolicy} characters).`,
      default: "inline",
      validations: [choiceRule(id, POLICY_TYPES)],
    });
}

export const partition: Input = (scope, id) =>
  new ModuleVariable(scope, id, {
    type: "string",
    description: 'AWS partition: "aws", or "aws-cn" for the regions in China.',
    default: "aws",
    validations: [choiceRule(id, PARTITIONS)],
  });

/** @param whom it limits */
export function permissionsBoundaryArn(whom: string): Input {
  return (scope, id) =>
    new ModuleVariable(scope, id, {
      type: "string",
      description: `ARN of the managed policy that limits ${whom} as permissions boundary; null for none.`,
      default: null,
      nullable: true,
      validations: [stringRule(id, POLICY_ARN, true)],
    });
}

export const tags: Input = (scope, id) =>
  new ModuleVariable(scope, id, {
    type: "map(string)",
    description: `Tags for everything that can have them, ${QUOTAS.tags} at most.`,
    default: {},
    validations: tagRules(id),
  });

export const roleNames: Input = (scope, id) =>
  new ModuleVariable(scope, id, {
    type: "map(string)",
    description:
      "Roles of this account to attach the policy to: a key of your choice, fixed in the code, to the role's name or ARN. Either may come from a role of the same apply.",
    default: {},
    validations: everyRule(ROLE_NAME_OR_ARN, {
      each: "name",
      of: `var.${id}`,
      what: `${id} has invalid values`,
      holding: (name) => ({ api: name }),
    }),
  });

/** How long a session may last. @param role what the role is, as its module's inputs call it */
function sessionDuration(role: string): Input {
  return (scope, id) =>
    new ModuleVariable(scope, id, {
      type: "number",
      description: `Longest session of ${role}, in seconds: 3600 to 43200. A session lasts an hour unless more is asked for.`,
      default: 3600,
      validations: [wholeNumberRule(id, 3600, 43_200, "seconds")],
    });
}

export const lambdaRoleSessionDuration = sessionDuration(
  "the role that Remotion's functions run as",
);

export const executionRoleSessionDuration = sessionDuration("the role for callers");

const ANY_ACCESS = grantAttributes(
  '"write" (put, read and list), "put" (put alone), "read" (read and list) or "delete".',
);

export const outputBuckets = bucketsInput(ANY_ACCESS, outputBucketRules);

/** Of the module that spreads grants over several policies, so that there may be thousands. */
export const manyOutputBuckets = bucketsInput(ANY_ACCESS, manyBucketRules);

/** Of the module that makes both who writes videos and who calls. */
export const sharedOutputBuckets = bucketsInput(
  grantAttributes(
    '"write" (put, read and list) or "put" (put alone) for the role that writes videos, "read" (read and list) or "delete" for callers.',
  ),
  outputBucketRules,
);

function grantAttributes(access: string): string {
  return attributes("Buckets beside Remotion's own, each with:", {
    name: "its name.",
    prefix:
      'the folder of the objects, as in "videos/"; "" is the whole bucket. Listing always covers the whole bucket.',
    access,
    acl: "s3:PutObjectAcl beside write and put, which renders need unless their privacy is no-acl.",
    kms_key_arn: "the key that the bucket encrypts with.",
  });
}

/** Of the modules whose principals call Remotion, and write no video. */
export const callerOutputBuckets = bucketsInput(
  attributes("Buckets beside Remotion's own that renders went to, each with:", {
    name: "its name.",
    prefix:
      'the folder of the objects, as in "videos/"; "" is the whole bucket. Listing always covers the whole bucket.',
    access: '"read" (read and list) or "delete".',
    acl: "must stay false, for callers write no video: it is for the role, in the modules remotion-lambda-role and remotion-bucket-grants.",
    kms_key_arn: "the key that the bucket encrypts with.",
  }),
  callerBucketRules,
);

/**
 * An input that is a list of buckets. Terraform drops attributes that it does not know: what would
 * widen a grant by being misspelt, and so left at its default, has none.
 */
function bucketsInput(description: string, rulesOf: (id: string) => Validation[]): Input {
  return (scope, id) =>
    new ModuleVariable(scope, id, {
      type: `list(object({
  name        = string
  prefix      = string
  access      = string
  acl         = optional(bool, false)
  kms_key_arn = optional(string)
}))`,
      description,
      default: [],
      validations: rulesOf(id),
    });
}

/** Beyond what AWS grants: how grants are spread over policies can be looked at without a role that could have them. */
const MOST_POLICIES = 1000;

export const maxPoliciesPerRole: Input = (scope, id) =>
  new ModuleVariable(scope, id, {
    type: "number",
    description: `Managed policies that a role may have in this account. More than ${QUOTAS.managedPoliciesOfRole}, AWS's own quota, only where AWS raised it, which it does up to ${QUOTAS.raisedManagedPoliciesOfRole}.`,
    default: QUOTAS.managedPoliciesOfRole,
    validations: [wholeNumberRule(id, 1, MOST_POLICIES, "policies")],
  });

export const createAccessKey = switchInput(
  "Create an access key. Its secret then lies in the state: in plain text, unless pgp_key encrypts it.",
  false,
);

export const pgpKey: Input = (scope, id) =>
  new ModuleVariable(scope, id, {
    type: "string",
    description:
      "PGP public key that secrets of access keys are encrypted with before they reach the state: the binary key in base64, or keybase:USERNAME; null for none. Another one makes another access key of create_access_key; those of access_keys stay, and it is for new ones.",
    default: null,
    nullable: true,
    validations: [stringRule(id, PGP_KEY, true)],
  });

export const forceDestroy = switchInput(
  "When the user is destroyed, also remove access keys and logins that Terraform did not make.",
  false,
);

export const userProfile: Input = (scope, id) =>
  new ModuleVariable(scope, id, {
    type: "string",
    description:
      'What the policy allows: "full" (Remotion\'s own policy), "render" (start, watch, cancel, presign and download renders) or "deploy" (functions, sites, buckets and quotas).',
    default: "full",
    validations: [choiceRule(id, USER_PROFILES)],
  });

export const roleProfile: Input = (scope, id) =>
  new ModuleVariable(scope, id, {
    type: "string",
    description:
      'What the policy allows: "full" (Remotion\'s own policy) or "minimal" (renders that are started with a bucket\'s name, as Remotion\'s client does).',
    default: "full",
    validations: [choiceRule(id, ROLE_PROFILES)],
  });

/**
 * An input that is a list of strings, each kept to a rule; empty by default.
 *
 * @param each what a string is called in the rule
 */
export function listInput(rule: ValueRule, each: string, description: string): Input {
  return (scope, id) =>
    new ModuleVariable(scope, id, {
      type: "list(string)",
      description,
      default: [],
      validations: listRule(id, rule, each),
    });
}

export const regions = listInput(
  REGION,
  "region",
  "Regions that Remotion is used in, as in us-east-1; empty for every region.",
);

export const bucketNames = listInput(
  BUCKET_NAME,
  "name",
  "Remotion's buckets, by name; empty for every bucket that begins with remotionlambda-.",
);

export const functionNames = listInput(
  FUNCTION_NAME,
  "name",
  "Remotion's functions, by name; empty for every function that begins with remotion-render-.",
);

export const customLayerArns = listInput(
  LAYER_VERSION_ARN,
  "arn",
  "Layers of your own that deployFunction() gives to functions as customLayerArns, with their versions; not for the profile render, which deploys nothing.",
);

export const accountId: Input = (scope, id) =>
  new ModuleVariable(scope, id, {
    type: "string",
    description:
      "Number of the account that the policy is limited to; null for every account. The profile full, which is Remotion's own policy, limits no buckets to it.",
    default: null,
    nullable: true,
    validations: [stringRule(id, ACCOUNT_ID, true)],
  });

export const vpc = switchInput(
  "Allow functions in a VPC: their role makes network interfaces, and whoever deploys looks up subnets and security groups.",
  false,
);

/** Of the modules whose principals deploy functions, and make no role for them. */
export const deployerVpc = switchInput(
  "Allow functions in a VPC: whoever deploys them looks up its subnets and security groups. Does nothing for the profile render, which deploys nothing.",
  false,
);

/** Of the module for the functions alone. */
export const functionsVpc = switchInput(
  "Allow functions in a VPC: they make network interfaces in its subnets.",
  false,
);

export const allInsightsRegions = switchInput(
  "Allow Lambda Insights also in af-south-1, ap-east-1, ap-northeast-3 and eu-south-1, whatever regions says: AWS publishes it there from other accounts. Not for aws-cn, and not for the profile render, which deploys nothing.",
  false,
);
