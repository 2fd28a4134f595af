import type { Construct } from "constructs";
import { POLICY_TYPES } from "../lib/constructs/policy-type.js";
import { PARTITIONS } from "../lib/iam/partition.js";
import { QUOTAS } from "../lib/iam/quotas.js";
import {
  BUCKET_NAME,
  IAM_PATH,
  KEY_PREFIX,
  POLICY_ARN,
  POLICY_NAME,
  ROLE_NAME,
  TAG_KEY,
  TAG_VALUE,
  USER_NAME,
} from "../lib/iam/rules.js";
import type { ValueRule } from "../lib/iam/value-rule.js";
import { ModuleVariable } from "../lib/module/module-variable.js";
import { DEFAULT_NAMES } from "../lib/remotion/default-names.js";
import { BUCKET_ACCESSES } from "../lib/remotion/output-bucket.js";
import {
  choiceRule,
  everyHolds,
  everyRule,
  hclStrings,
  quotedChoices,
  stringRule,
  wholeNumberRule,
} from "./validations.js";

/**
 * The inputs of the modules, each declared once: the same input is one variable with one rule in
 * every module, whatever it is called there.
 */
type Input = (scope: Construct, id: string) => ModuleVariable;

/** An input that is a name or a path, kept to a rule. */
function textInput(rule: ValueRule, description: string, defaultValue: string): Input {
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
  POLICY_NAME,
  "Name of the managed policy that holds the grants.",
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

export const permissionsBoundaryArn: Input = (scope, id) =>
  new ModuleVariable(scope, id, {
    type: "string",
    description:
      "ARN of the managed policy that limits what the principal can ever do; null for none.",
    default: null,
    nullable: true,
    validations: [stringRule(id, POLICY_ARN, true)],
  });

export const tags: Input = (scope, id) =>
  new ModuleVariable(scope, id, {
    type: "map(string)",
    description: `Tags for everything that can have them, ${QUOTAS.tags} at most.`,
    default: {},
    validations: [
      {
        condition: `\${length(var.${id}) <= ${QUOTAS.tags}}`,
        errorMessage: `${id} has \${length(var.${id})} tags: AWS allows ${QUOTAS.tags} on a user, role or policy.`,
      },
      everyRule(id, TAG_KEY, {
        each: "key",
        of: `keys(var.${id})`,
        what: `${id} has the keys`,
      }),
      everyRule(id, TAG_VALUE, {
        each: "value",
        what: `${id} has the values`,
      }),
    ],
  });

export const roleNames: Input = (scope, id) =>
  new ModuleVariable(scope, id, {
    type: "map(string)",
    description:
      "Roles to attach the policy to: a key of your choice, fixed in the code, to the role's name. The name may come from a role of the same apply.",
    default: {},
    validations: [
      everyRule(id, ROLE_NAME, {
        each: "name",
        what: `${id} names`,
      }),
    ],
  });

export const maxSessionDuration: Input = (scope, id) =>
  new ModuleVariable(scope, id, {
    type: "number",
    description: "Seconds that a session of the role may last.",
    default: 3600,
    validations: [wholeNumberRule(id, 3600, 43_200, "seconds")],
  });

export const outputBuckets: Input = (scope, id) =>
  new ModuleVariable(scope, id, {
    type: `list(object({
  name   = string
  prefix = optional(string, "")
  access = optional(string, "write")
  acl    = optional(bool, false)
}))`,
    description:
      'Buckets beside Remotion\'s own that renders write to. "prefix" limits the grant to a folder; "access" is "write" (put, read and list) or "put" (put alone); "acl" adds s3:PutObjectAcl, which renders need unless their privacy is no-acl.',
    default: [],
    validations: [
      everyRule(id, BUCKET_NAME, {
        each: "bucket",
        value: "bucket.name",
        what: `${id} names`,
      }),
      everyRule(id, KEY_PREFIX, {
        each: "bucket",
        value: "bucket.prefix",
        what: `${id} has the prefixes`,
      }),
      {
        condition: everyHolds(
          "bucket",
          `var.${id}`,
          `contains(${hclStrings(BUCKET_ACCESSES)}, bucket.access)`,
        ),
        errorMessage: `${id} has the accesses \${join(", ", [for bucket in var.${id} : jsonencode(bucket.access) if !contains(${hclStrings(BUCKET_ACCESSES)}, bucket.access)])}: give ${quotedChoices(BUCKET_ACCESSES)}.`,
      },
    ],
  });

export const createAccessKey = switchInput(
  "Create an access key. Its secret then lies in the state in plain text.",
  false,
);

export const forceDestroy = switchInput(
  "When the user is destroyed, also remove access keys and logins that Terraform did not make.",
  false,
);
