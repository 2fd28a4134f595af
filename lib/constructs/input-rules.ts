import { QUOTAS } from "../iam/quotas.js";
import {
  BUCKET_NAME,
  KEY_PREFIX,
  KMS_KEY_ARN,
  OIDC_AUDIENCE,
  OIDC_CLAIM_VALUE,
  OIDC_OWNER,
  OIDC_PROVIDER_ARN,
  OIDC_SUBJECT,
  TAG_KEY,
  TAG_VALUE,
} from "../iam/rules.js";
import { quotedChoices } from "../iam/shown.js";
import { BUCKET_ACCESSES, CALLER_ACCESSES, WRITER_ACCESSES } from "../remotion/output-bucket.js";
import { everyOfManyRule } from "./many-strings-rule.js";
import {
  type CheckedValue,
  everyRule,
  forFirstNumbers,
  isOneOf,
  itemsRule,
  NO_CHOICE,
  type TerraformRule,
  type TerraformValue,
} from "./terraform-rule.js";

/** Refuses tags that AWS would not take. */
export function tagRules({ name, value }: CheckedValue): TerraformRule[] {
  return [
    {
      condition: `\${length(${value}) <= ${QUOTAS.tags}}`,
      errorMessage: `${name} has \${length(${value})} tags: AWS allows ${QUOTAS.tags}.`,
      refused: {
        value: `\${{${forFirstNumbers(QUOTAS.tags + 1, '"key-${number}" => ""')}}}`,
        message: `${name} has ${QUOTAS.tags + 1} tags: AWS allows ${QUOTAS.tags}.`,
      },
    },
    ...everyRule(TAG_KEY, {
      each: "key",
      of: `keys(${value})`,
      what: `${name} has invalid keys`,
      holding: (key) => ({ [key]: "video" }),
    }),
    ...everyRule(TAG_VALUE, {
      each: "value",
      named: "key, value",
      of: value,
      what: `${name} has invalid values`,
      shown: '"${key} = ${jsonencode(value)}"',
      holding: (text) => ({ team: text }),
      shownIn: (text) => `team = ${JSON.stringify(text)}`,
    }),
  ];
}

/** Refuses output buckets of which anything breaks its rule. Their attributes are in snake case. */
export function outputBucketRules(checked: CheckedValue): TerraformRule[] {
  return bucketRules(checked, BUCKET_ACCESSES, `give ${quotedChoices(BUCKET_ACCESSES)}.`);
}

/** The same where there may be thousands of them. */
export function manyBucketRules(checked: CheckedValue): TerraformRule[] {
  return bucketRules(checked, BUCKET_ACCESSES, `give ${quotedChoices(BUCKET_ACCESSES)}.`, true);
}

/** The same of the buckets of a caller, which reads and deletes, and never writes. */
export function callerBucketRules(checked: CheckedValue): TerraformRule[] {
  return bucketRules(
    checked,
    CALLER_ACCESSES,
    `give ${quotedChoices(CALLER_ACCESSES)}. The role that writes videos takes ${quotedChoices(WRITER_ACCESSES)}, in the modules remotion-lambda-role and remotion-bucket-grants.`,
  );
}

/** @param wayOut of a bucket with another access @param many whether there may be thousands of them */
function bucketRules(
  { name, value }: CheckedValue,
  accesses: readonly string[],
  wayOut: string,
  many = false,
): TerraformRule[] {
  const [access = ""] = accesses;
  const bucket = (wrong: { readonly [attribute: string]: TerraformValue }) => [
    { name: "acme-videos", prefix: "", access, ...wrong },
  ];
  const names = {
    of: `${value}[*].name`,
    what: `${name} has invalid names`,
    holding: (text: string) => bucket({ name: text }),
  };
  return [
    ...(many
      ? everyOfManyRule(BUCKET_NAME, names)
      : everyRule(BUCKET_NAME, { ...names, each: "name" })),
    // Many buckets have few prefixes, accesses and keys: each is looked at once, as Terraform compiles a pattern
    // with every call.
    ...everyRule(KEY_PREFIX, {
      each: "prefix",
      of: `toset(${value}[*].prefix)`,
      what: `${name} has invalid prefixes`,
      holding: (prefix) => bucket({ prefix }),
    }),
    itemsRule({
      each: "access",
      of: `toset(${value}[*].access)`,
      holds: isOneOf(accesses, "access"),
      what: `${name} has invalid values of access`,
      wayOut,
      refused: { value: bucket({ access: NO_CHOICE }), shown: JSON.stringify(NO_CHOICE) },
    }),
    aclRule({ name, value }, accesses, many),
    ...everyRule(KMS_KEY_ARN, {
      each: "arn",
      of: `toset(${value}[*].kms_key_arn)`,
      what: `${name} has invalid keys`,
      nullable: true,
      holding: (arn) => bucket({ kms_key_arn: arn }),
    }),
  ];
}

/** An ACL is for what writes: nobody else sends one. */
function aclRule(
  { name, value }: CheckedValue,
  accesses: readonly string[],
  many: boolean,
): TerraformRule {
  const bucket = {
    each: "bucket",
    of: value,
    many,
    shown: "jsonencode(bucket.name)",
    refused: {
      value: [{ name: "acme-videos", prefix: "", access: "read", acl: true }],
      shown: '"acme-videos"',
    },
  };
  return WRITER_ACCESSES.some((access) => accesses.includes(access))
    ? itemsRule({
        ...bucket,
        only: "bucket.acl",
        holds: WRITER_ACCESSES.map((access) => `bucket.access == "${access}"`).join(" || "),
        what: `${name} has acl beside an access that does not write, for`,
        wayOut: `leave acl out, or give the access ${quotedChoices(WRITER_ACCESSES)}.`,
      })
    : itemsRule({
        ...bucket,
        holds: "!bucket.acl",
        what: `${name} has acl for`,
        wayOut:
          "leave it out: it is for the role that writes videos, in the modules remotion-lambda-role and remotion-bucket-grants.",
      });
}

/** That an item of the input limits who of the provider may come: an empty list would match nobody, or everybody. */
const NAMES_IDENTITIES =
  "try(alltrue([for list in concat([trust.audiences, trust.subjects], values(trust.claims)) : length(list) > 0]), false)";

/** Refuses trusted OIDC identities of which anything breaks its rule. Their attributes are in snake case. */
export function oidcTrustRules({ name, value }: CheckedValue): TerraformRule[] {
  const trust = (wrong: { readonly [attribute: string]: TerraformValue }) => [
    {
      provider_arn: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
      audiences: ["sts.amazonaws.com"],
      subjects: ["repo:acme@123456/video@456789:ref:refs/heads/main"],
      claims: {},
      ...wrong,
    },
  ];
  return [
    ...everyRule(OIDC_PROVIDER_ARN, {
      each: "arn",
      of: `${value}[*].provider_arn`,
      what: `${name} has invalid providers`,
      holding: (arn) => trust({ provider_arn: arn }),
    }),
    itemsRule({
      // By their places: the ARN of a provider of the same apply is not known yet.
      each: "trust",
      named: "index, trust",
      of: value,
      holds: NAMES_IDENTITIES,
      shown: "index",
      what: `${name} has empty lists in items, counted from 0`,
      wayOut:
        "without audiences or subjects every identity of the provider could assume the role, and with an empty claim none; give at least one of each, and leave such a claim out.",
      refused: { value: trust({ audiences: [] }), shown: "0" },
    }),
    ...everyRule(OIDC_AUDIENCE, {
      each: "audience",
      of: `flatten(${value}[*].audiences)`,
      what: `${name} has invalid audiences`,
      holding: (audience) => trust({ audiences: [audience] }),
    }),
    ...everyRule(OIDC_SUBJECT, {
      each: "subject",
      of: `flatten(${value}[*].subjects)`,
      what: `${name} has invalid subjects`,
      holding: (subject) => trust({ subjects: [subject] }),
    }),
    ...everyRule(OIDC_CLAIM_VALUE, {
      each: "value",
      of: `flatten([for trust in ${value} : values(trust.claims)])`,
      what: `${name} has invalid values of claims`,
      holding: (claim) => trust({ claims: { repository_id: [claim] } }),
    }),
    ...everyRule(OIDC_OWNER, {
      each: "owner",
      of: `${value}[*].owner`,
      what: `${name} has invalid owners`,
      nullable: true,
      holding: (owner) => trust({ owner }),
    }),
  ];
}
