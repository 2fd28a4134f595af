import type { ValueRule } from "./value-rule.js";

/** A partition in an ARN, by its shape: all that AWS has. Which one it must be, `partition` says. */
const PARTITION = "aws(-[a-z]+)*";

/** What stands between the slashes of an IAM path: any visible ASCII character but `" $ * / ? \`. */
const PATH_CHARACTERS = "[!#%-)+-.0->@-[\\]-~]";

const PATH_NOTE =
  'Between the slashes of a path stands any visible ASCII character but " $ * / ? and \\.';

/** Of visible characters, what a policy may have and what can stand in quotes. */
const POLICY_CHARACTERS_NOTE =
  "IAM takes no character beyond U+00FF in a policy; double quotes and invisible characters are left out as well.";

/** The beginning of a directive in Terraform's templates. It is harmless to IAM. */
const DIRECTIVE = "%[{]";

/**
 * The name of a user.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html
 */
export const USER_NAME: ValueRule = {
  subject: "a user's name",
  pattern: "^[A-Za-z0-9_+=,.@-]+$",
  maxLength: 64,
  refused: { pattern: "remotion user" },
  requirement: "give 1 to 64 letters, digits or any of _+=,.@- and no ARN or path.",
};

/**
 * The name of a role. An ARN is refused: attachments and `iam:PassRole` are made from the name.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
export const ROLE_NAME: ValueRule = {
  subject: "a role's name",
  pattern: "^[A-Za-z0-9_+=,.@-]+$",
  maxLength: 64,
  refused: { pattern: "arn:aws:iam::123456789012:role/api" },
  requirement: "give 1 to 64 letters, digits or any of _+=,.@- and no ARN or path.",
};

/**
 * A role by its name or its ARN, whose last part is the name.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
export const ROLE_NAME_OR_ARN: ValueRule = {
  subject: "a role's name or ARN",
  pattern: `^(arn:${PARTITION}:iam::[0-9]{12}:role/(${PATH_CHARACTERS}+/)*)?[A-Za-z0-9_+=,.@-]{1,64}$`,
  note: PATH_NOTE,
  forbiddenInSource: DIRECTIVE,
  refused: { pattern: "role/*" },
  requirement:
    "give its name, of 1 to 64 letters, digits or any of _+=,.@- and no wildcard, or its whole ARN, as in arn:aws:iam::123456789012:role/api.",
};

/**
 * The name of a managed or an inline policy.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html
 */
export const POLICY_NAME: ValueRule = {
  subject: "a policy's name",
  pattern: "^[A-Za-z0-9_+=,.@-]+$",
  maxLength: 128,
  refused: { pattern: "remotion policy" },
  requirement: "give 1 to 128 letters, digits or any of _+=,.@- and no space, ARN or path.",
};

/** The name of a managed policy that others follow, which have a hyphen and their number behind it. */
export const NUMBERED_POLICY_NAME: ValueRule = {
  subject: "a policy's name with room for a number",
  pattern: "^[A-Za-z0-9_+=,.@-]+$",
  maxLength: 120,
  refused: { pattern: "remotion grants" },
  requirement: "give 1 to 120 letters, digits or any of _+=,.@- and no space, ARN or path.",
};

/** What names of users, roles and policies begin with; empty for nothing. */
export const NAME_PREFIX: ValueRule = {
  subject: "a prefix of names",
  pattern: "^[A-Za-z0-9_+=,.@-]*$",
  maxLength: 32,
  refused: { pattern: "*" },
  requirement:
    'give up to 32 letters, digits or any of _+=,.@- and no wildcard, ARN or path, as in "staging-"; or leave it empty.',
};

/**
 * The path of a user, role or policy: of the visible ASCII characters, as IAM has it, but for some. A `*`
 * or `?` in the path of a role would turn `iam:PassRole` on it into a wildcard, a `$` might begin a
 * variable; double quotes and backslashes would have to be escaped wherever a path is written.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
export const IAM_PATH: ValueRule = {
  subject: "an IAM path",
  pattern: `^/(${PATH_CHARACTERS}+/)*$`,
  note: PATH_NOTE,
  forbiddenInSource: DIRECTIVE,
  maxLength: 512,
  refused: { pattern: "video" },
  requirement:
    'begin and end with a slash, as in "/" or "/video/", with visible ASCII characters between, 512 in all: no space, no two slashes in a row, no wildcard (* or ?), dollar sign, double quote or backslash.',
};

/**
 * The ARN of a managed policy, as a permissions boundary takes it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export const POLICY_ARN: ValueRule = {
  subject: "the ARN of a managed policy",
  pattern: `^arn:${PARTITION}:iam::([0-9]{12}|aws):policy/(${PATH_CHARACTERS}+/)*[A-Za-z0-9_+=,.@-]+$`,
  note: PATH_NOTE,
  forbiddenInSource: DIRECTIVE,
  refused: { pattern: "boundary" },
  requirement: "give one, as in arn:aws:iam::123456789012:policy/boundary, or null for none.",
};

/**
 * The name of a general purpose bucket. Wildcards, ARNs and policy variables do not pass, so a
 * name never grants more than one bucket.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export const BUCKET_NAME = {
  subject: "a bucket's name",
  pattern: "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$",
  forbidden:
    "[.][.]|^[0-9]+([.][0-9]+){3}$|^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|[.]mrap|--x-s3|--table-s3)$",
  forbiddenBecause:
    "S3 takes no two dots in a row and no IP address, and keeps these beginnings and ends for itself: xn--, sthree-, amzn-s3-demo-, -s3alias, --ol-s3, .mrap, --x-s3, --table-s3.",
  patternRequirement:
    "give the name alone, no ARN and no wildcard: 3 to 63 lower-case letters, digits, dots or hyphens, with a letter or digit at both ends.",
  refused: { pattern: "acme_videos", forbidden: "192.168.0.1" },
  requirement:
    "give the name alone, no ARN and no wildcard: 3 to 63 lower-case letters, digits, dots or hyphens, a letter or digit at both ends, no two dots in a row, not an IP address, none of the prefixes and suffixes that S3 reserves.",
} satisfies ValueRule;

/**
 * The folder in a bucket that a grant is for. Must end in a slash: `video` would also grant
 * `video-private/`. Of the characters above ASCII those that IAM takes in a policy and that can be seen:
 * U+00A1 to U+00FF without the soft hyphen. A space at the end of a name cannot be seen either. Braces are
 * for placeholders, here and in Terraform.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html
 */
export const KEY_PREFIX: ValueRule = {
  subject: "a key prefix",
  pattern: "^([ !#-~¡-¬®-ÿ]+/)?$",
  note: POLICY_CHARACTERS_NOTE,
  forbidden: "[*?{}$\\\\]|//|(^|/) | /|^/|^arn:",
  forbiddenBecause:
    "No wildcard (* or ?), dollar sign, brace or backslash, no slash at the beginning and no two in a row, no space beside a slash, and no ARN.",
  maxLength: 512,
  patternRequirement:
    'write "" for the whole bucket, or name a folder that ends in a slash, as in "videos/" or "year=2024/", 512 characters at most: none above U+00FF, which IAM takes in no policy, no double quote, and no invisible character.',
  refused: { pattern: "videos", forbidden: "videos//finished/" },
  requirement:
    'write "" for the whole bucket, or name a folder that ends in a slash, as in "videos/" or "year=2024/", 512 characters at most: none above U+00FF, which IAM takes in no policy, no invisible character, no space beside a slash, no wildcard (* or ?), dollar sign, brace, double quote or backslash, and no ARN.',
};

/** What is said of a tag's key that begins so. */
const AWS_KEYS = 'Keys must not begin with "aws:", which AWS has for itself.';

/** The key of a tag. Keys that begin with `aws:` belong to AWS. */
export const TAG_KEY: ValueRule = {
  subject: "a tag's key",
  pattern: "^[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{1,128}$",
  forbidden: "^[aA][wW][sS]:",
  forbiddenBecause: AWS_KEYS,
  patternRequirement: "give 1 to 128 letters, digits, spaces or any of _.:/=+-@.",
  refused: { pattern: "cost,center", forbidden: "aws:owner" },
  requirement:
    'give 1 to 128 letters, digits, spaces or any of _.:/=+-@; it must not begin with "aws:".',
};

/** The value of a tag; may be empty. */
export const TAG_VALUE: ValueRule = {
  subject: "a tag's value",
  pattern: "^[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{0,256}$",
  refused: { pattern: "video;render" },
  requirement: "give at most 256 letters, digits, spaces or any of _.:/=+-@.",
};

/** The number of an AWS account. */
export const ACCOUNT_ID: ValueRule = {
  subject: "an account's number",
  pattern: "^[0-9]{12}$",
  refused: { pattern: "1234" },
  requirement: "give its twelve digits as a string, or nothing for every account.",
};

/** The name of a region, by its shape: AWS opens new ones. */
export const REGION: ValueRule = {
  subject: "a region's name",
  pattern: "^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$",
  refused: { pattern: "*" },
  requirement: "give a name like us-east-1 or eu-central-1, and no wildcard.",
};

/**
 * The name of a function, without version or alias.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
 */
export const FUNCTION_NAME: ValueRule = {
  subject: "a function's name",
  pattern: "^[A-Za-z0-9_-]{1,64}$",
  refused: { pattern: "render:live" },
  requirement: "give 1 to 64 letters, digits, hyphens or underscores, and no ARN or wildcard.",
};

/**
 * The ARN of one version of a layer, as `customLayerArns` takes it.
 *
 * @see https://www.remotion.dev/docs/lambda/custom-layers
 */
export const LAYER_VERSION_ARN: ValueRule = {
  subject: "the ARN of a layer's version",
  pattern: `^arn:${PARTITION}:lambda:[a-z0-9-]+:[0-9]{12}:layer:[A-Za-z0-9_-]{1,140}:[0-9]+$`,
  refused: { pattern: "arn:aws:lambda:us-east-1:123456789012:layer:fonts" },
  requirement:
    "give the whole ARN with the version, as in arn:aws:lambda:us-east-1:123456789012:layer:fonts:3.",
};

/**
 * The ARN of a KMS key. An alias does not serve: IAM matches keys by their own ARN.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-ARN
 */
export const KMS_KEY_ARN: ValueRule = {
  subject: "the ARN of a KMS key",
  pattern: `^arn:${PARTITION}:kms:[a-z0-9-]+:[0-9]{12}:key/(mrk-)?[0-9a-f-]{32,36}$`,
  refused: { pattern: "arn:aws:kms:us-east-1:123456789012:alias/videos" },
  requirement:
    "give the key's whole ARN, as in arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab, and no alias.",
};

/**
 * A PGP public key to encrypt secrets with, as Terraform takes it. A private key is refused, whose
 * first octet is another: it would lie in the state beside what it decrypts.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_access_key#pgp_key-1
 * @see https://www.rfc-editor.org/rfc/rfc4880#section-4.2
 */
export const PGP_KEY: ValueRule = {
  subject: "a PGP public key",
  note: "In base64, a packet with a public key begins with m, or with xg to xv.",
  pattern:
    "^(keybase:[A-Za-z0-9_]{2,16}|m[A-Za-z0-9+/]{100,}={0,2}|x[g-v][A-Za-z0-9+/]{100,}={0,2})$",
  shownLength: 12,
  refused: { pattern: "-----BEGIN PGP PUBLIC KEY BLOCK-----" },
  requirement:
    "give the binary key in base64, as gpg --export KEY | base64 -w0 writes it, no armour and no private key, or keybase:USERNAME.",
};

/**
 * The ARN of a managed policy that a role is to have.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html
 */
export const ATTACHED_POLICY_ARN: ValueRule = {
  subject: POLICY_ARN.subject,
  pattern: POLICY_ARN.pattern,
  note: PATH_NOTE,
  forbiddenInSource: DIRECTIVE,
  refused: { pattern: "arn:aws:iam::123456789012:policy/*" },
  requirement: "give one, as in arn:aws:iam::123456789012:policy/video, and no wildcard.",
};

/** What a module calls an access key: it is part of the key's address, and AWS never sees it. */
export const ACCESS_KEY_NAME: ValueRule = {
  subject: "a name for an access key",
  pattern: "^[A-Za-z0-9_.-]{1,64}$",
  refused: { pattern: "first key" },
  requirement: "give 1 to 64 letters, digits or any of _.- and no space.",
};

/**
 * The principal of an AWS service, in a region's own form too.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services
 */
export const SERVICE_PRINCIPAL: ValueRule = {
  subject: "a service's principal",
  pattern: "^[a-z0-9-]+([.][a-z0-9-]+)*[.]amazonaws[.]com([.]cn)?$",
  refused: { pattern: "lambda" },
  requirement:
    "give the service's own name, as in lambda.amazonaws.com or ecs-tasks.amazonaws.com, and no wildcard.",
};

/**
 * The ARN of a role, a user or a whole account that may assume a role. Sessions are refused: their
 * names are chosen by whoever begins them.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export const PRINCIPAL_ARN: ValueRule = {
  subject: "the ARN of a role or user or account",
  pattern: `^arn:${PARTITION}:iam::[0-9]{12}:(root|(role|user)/(${PATH_CHARACTERS}+/)*[A-Za-z0-9_+=,.@-]+)$`,
  note: PATH_NOTE,
  forbiddenInSource: DIRECTIVE,
  refused: { pattern: "*" },
  requirement:
    "give the whole ARN of a role or a user, or of an account as in arn:aws:iam::123456789012:root, and no wildcard.",
};

/**
 * What another account says to prove for whom it assumes a role. RE2 counts to 1,000 at most.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export const EXTERNAL_ID: ValueRule = {
  subject: "an external id",
  pattern: "^[A-Za-z0-9_+=,.@:/-]{2,}$",
  maxLength: 1224,
  refused: { pattern: "*" },
  requirement:
    "give 2 to 1224 letters, digits or any of _+=,.@:/- and no wildcard, or null for none.",
};

/**
 * The ARN of an OIDC identity provider in IAM; it ends in the issuer without `https://`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 */
export const OIDC_PROVIDER_ARN: ValueRule = {
  subject: "the ARN of an OIDC provider",
  pattern: `^arn:${PARTITION}:iam::[0-9]{12}:oidc-provider/[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+(/[A-Za-z0-9_.~-]+)*/?$`,
  refused: { pattern: "token.actions.githubusercontent.com" },
  requirement:
    "give the ARN of a provider in IAM, as in arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com, and no wildcard.",
};

/** Who a token of an OIDC issuer is meant for. */
export const OIDC_AUDIENCE: ValueRule = {
  subject: "an audience",
  pattern: "^[A-Za-z0-9_.,~:/@=+#-]{1,255}$",
  refused: { pattern: "*" },
  requirement: "give it in full, as in sts.amazonaws.com, and no wildcard.",
};

/**
 * Whom a token of an OIDC issuer is about: IAM takes characters up to U+00FF, and what cannot be seen is refused.
 * Whose it may be is another question, which depends on the issuer: see `OIDC_ISSUERS`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
 */
export const OIDC_SUBJECT: ValueRule = {
  subject: "a subject",
  pattern: "^[ !#-~¡-¬®-ÿ]+$",
  note: POLICY_CHARACTERS_NOTE,
  forbidden: "[$\\\\]|^ | $",
  forbiddenBecause:
    "No policy variables, so no dollar sign, no backslash, and no space at either end.",
  forbiddenInSource: DIRECTIVE,
  patternRequirement:
    'give it as the token has it, as in "repo:acme@123456/video@456789:ref:refs/heads/main": no double quotes, no invisible characters, and nothing above U+00FF, which IAM takes in no policy.',
  refused: { pattern: 'repo:"acme"/video', forbidden: "repo:acme/$video" },
  requirement:
    'give it as the token has it, as in "repo:acme@123456/video@456789:ref:refs/heads/main": no double quotes, no backslashes, no policy variables, no invisible characters, and nothing above U+00FF, which IAM takes in no policy.',
};

/** The literal beginning of a subject that only its customer can be given. */
export const OIDC_OWNER: ValueRule = {
  subject: "an owner",
  pattern: "^[!#-~¡-¬®-ÿ]+$",
  note: POLICY_CHARACTERS_NOTE,
  forbidden: "[*?$\\\\]|[:/|]$",
  forbiddenBecause: "No wildcard, dollar sign or backslash, and without the separator behind it.",
  forbiddenInSource: DIRECTIVE,
  patternRequirement:
    'give the beginning of the subject that only you can be given, as in "account:acme": no space, no double quotes, and nothing above U+00FF, which IAM takes in no policy.',
  refused: { pattern: "acme video", forbidden: "acme:" },
  requirement:
    'give the beginning of the subject that only you can be given, without the separator behind it, as in "account:acme", and no wildcard.',
};

/** What a claim of a token has to be: IAM compares it as it stands, so a wildcard would match nothing. */
export const OIDC_CLAIM_VALUE: ValueRule = {
  subject: "the value of a claim",
  pattern: "^[ !#-~¡-¬®-ÿ]+$",
  note: POLICY_CHARACTERS_NOTE,
  forbidden: "[*?$\\\\]|^ | $",
  forbiddenBecause:
    'Claims are compared as they stand, so "*", "?" and policy variables would match nothing; no backslash, and no space at either end.',
  forbiddenInSource: DIRECTIVE,
  patternRequirement:
    'give it in full, as in "456789": no double quotes, no invisible characters, and nothing above U+00FF, which IAM takes in no policy.',
  refused: { pattern: '"main"', forbidden: "refs/heads/*" },
  requirement:
    'give it in full, as in "456789": claims are compared as they stand, so "*", "?" and policy variables would match nothing.',
};

/**
 * What a service says it acts for, perhaps with wildcards behind the account.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourcearn
 */
export const SOURCE_ARN: ValueRule = {
  subject: "the ARN of a source",
  pattern: `^arn:${PARTITION}:[a-z0-9-]+:[a-z0-9*-]*:[0-9]{12}:[A-Za-z0-9_.*/:=@+-]+$`,
  refused: { pattern: "*" },
  requirement:
    "give an ARN with its account, as in arn:aws:scheduler:us-east-1:123456789012:schedule-group/video; a wildcard may stand for the region, and behind the account.",
};

/** The key of a tag that a session is given. */
export const SESSION_TAG_KEY: ValueRule = {
  subject: "the key of a session tag",
  pattern: "^[A-Za-z0-9 _.:/=+@-]{1,128}$",
  forbidden: "^[aA][wW][sS]:",
  forbiddenBecause: AWS_KEYS,
  refused: { pattern: "cost,center", forbidden: "aws:team" },
  requirement: "give 1 to 128 letters, digits, spaces or any of _.:/=+-@ and no wildcard.",
};
