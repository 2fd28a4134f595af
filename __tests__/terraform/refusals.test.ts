import { afterAll, beforeAll, expect, it } from "vitest";
import { startAws } from "../support/aws.js";
import { EDITIONS } from "../support/module-sources.js";
import type { Moto } from "../support/moto.js";
import { partOf } from "../support/part.js";
import { type ModuleCall, refusalsOf } from "../support/refusals.js";
import { describeAws } from "../support/suites.js";

/** A call that must be refused, with what the message must hold. */
interface Refusal extends ModuleCall {
  readonly message: readonly string[];
}

const BUCKET_RULE = "Give the name alone, no ARN and no wildcard";

const badBucket = (name: string, rule = BUCKET_RULE): [string, Refusal] => [
  `bucket ${name.slice(0, 20)}`,
  {
    module: "remotion-bucket-grants",
    inputs: `output_buckets = [{ name = ${JSON.stringify(name).replaceAll("${", () => "$${")}, prefix = "", access = "write" }]`,
    message: [`output_buckets has invalid names: ${JSON.stringify(name)}. `, rule],
  },
];

const USER_ARN = "arn:aws:iam::123456789012:user/api";

const GITHUB_ARN = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";

/** A call of the module for callers, that must be refused. */
const badTrust = (
  inputs: string,
  ...message: readonly string[]
): readonly [name: string, Refusal] => [
  inputs.slice(0, 60),
  { module: "remotion-execution-role", inputs, message },
];

const badOidc = (
  oidc: Partial<Record<"arn" | "audiences" | "subjects" | "claims" | "owner", unknown>>,
) => {
  const { arn = GITHUB_ARN, ...rest } = oidc;
  const trust = {
    audiences: ["sts.amazonaws.com"],
    subjects: ["repo:acme/video:*"],
    claims: {},
    ...rest,
  };
  const parts = Object.entries(trust).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  return `trusted_oidc = [{ provider_arn = "${arn}", ${parts.join(", ").replaceAll("${", () => "$${")} }]`;
};

const providerOf = (issuer: string) => `arn:aws:iam::123456789012:oidc-provider/${issuer}`;

const badSubject = (subject: string, ...message: readonly string[]) =>
  badTrust(badOidc({ subjects: ["repo:acme/video:*", subject] }), `"${subject}"`, ...message);

const TRUST_REFUSALS = [
  badTrust('trusted_services = ["*"]', 'trusted_services has invalid values: "*"', "no wildcard"),
  badTrust(
    'trusted_services = ["lambda"]',
    'trusted_services has invalid values: "lambda"',
    "service's own name",
  ),
  badTrust(
    'trusted_principal_arns = ["*"]',
    'trusted_principal_arns has invalid values: "*"',
    "no wildcard",
  ),
  badTrust(
    'trusted_principal_arns = ["arn:aws:iam::123456789012:role/*"]',
    'trusted_principal_arns has invalid values: "arn:aws:iam::123456789012:role/*"',
  ),
  badTrust('external_id = "*"', 'external_id is "*"', "no wildcard"),
  badTrust(`external_id = "${"x".repeat(1225)}"`, "external_id is", "2 to 1224"),
  badTrust(
    badOidc({ arn: "token.actions.githubusercontent.com" }),
    'trusted_oidc has invalid providers: "token.actions.githubusercontent.com"',
    "in IAM",
  ),
  badTrust(
    badOidc({ audiences: [] }),
    "trusted_oidc has empty lists in items, counted from 0: 0. Without audiences",
  ),
  badTrust(
    badOidc({ subjects: [] }),
    "every identity of the provider",
    "give at least one of each",
  ),
  badTrust(badOidc({ audiences: ["*"] }), 'trusted_oidc has invalid audiences: "*"', "no wildcard"),
  badTrust(badOidc({ subjects: ["repo:${aws:x}/video"] }), "No policy variables"),
  badSubject("repo:ācme/video", "nothing above U+00FF, which IAM takes in no policy"),
  badTrust(
    badOidc({ claims: { repository_id: [] } }),
    "empty lists in items, counted from 0: 0.",
    "leave such a claim out",
  ),
  ...["*", "45*", "${aws:x}"].map((value) =>
    badTrust(badOidc({ claims: { repository_id: [value] } }), "would match nothing"),
  ),
  badTrust(badOidc({ owner: "" }), 'trusted_oidc has invalid owners: ""'),
  badTrust(badOidc({ owner: "acme*" }), 'trusted_oidc has invalid owners: "acme*"', "No wildcard"),
  badTrust('source_account = "12"', 'source_account is "12"', "twelve digits"),
  badTrust(
    'source_arns = ["*"]',
    'source_arns has invalid values: "*"',
    "Give an ARN with its account",
  ),
  badTrust('session_tag_keys = ["*"]', 'session_tag_keys has invalid values: "*"', "no wildcard"),
  badTrust("max_trust_policy_size = 9000", "max_trust_policy_size is 9000", "from 2048 to 8192"),
  badTrust(
    `trusted_oidc = [{ provider_arn = "${GITHUB_ARN}", audiences = ["a"], subjects = ["repo:acme/video"] }]`,
    'attribute "claims" is required',
  ),
  badTrust(
    'policy_arns = { all = "arn:aws:iam::123456789012:policy/*" }',
    'policy_arns has invalid values: "arn:aws:iam::123456789012:policy/*"',
  ),
  badTrust(
    'log_function_names = ["*"]',
    'log_function_names has invalid values: "*"',
    "no ARN or wildcard",
  ),
];

const badBuckets = (
  name: string,
  module: string,
  buckets: string,
  ...message: readonly string[]
): readonly [string, Refusal] => [name, { module, inputs: `output_buckets = ${buckets}`, message }];

/** What would make a grant wider than it reads, or is of another type. Some is Terraform's own message. */
const WIDTH_REFUSALS = [
  badBuckets(
    "misspelt attributes, which Terraform drops",
    "remotion-lambda",
    '[{ name = "acme-videos", acess = "read", perfix = "finished/" }]',
    'element 0: attributes "access" and "prefix" are required.',
  ),
  badBuckets(
    "a bucket without a prefix",
    "remotion-bucket-grants",
    '[{ name = "acme-videos", access = "read" }]',
    'element 0: attribute "prefix" is required.',
  ),
  badBuckets(
    "a bucket without an access",
    "remotion-lambda-role",
    '[{ name = "acme-videos", prefix = "" }]',
    'element 0: attribute "access" is required.',
  ),
  badBuckets(
    "null for the whole bucket",
    "remotion-lambda-role",
    '[{ name = "acme-videos", prefix = null, access = "write" }]',
    "output_buckets has invalid prefixes: null. ",
    'Write "" for the whole bucket',
  ),
  badBuckets(
    "null for an access",
    "remotion-lambda-role",
    '[{ name = "acme-videos", prefix = "", access = null }]',
    'output_buckets has invalid values of access: null. Give "write", "put", "read" or "delete".',
  ),
  badBuckets(
    "a word for a switch",
    "remotion-lambda-role",
    '[{ name = "acme-videos", prefix = "", access = "write", acl = "yes" }]',
    "a bool is required",
  ),
  badBuckets(
    "names in place of objects",
    "remotion-lambda-role",
    '["acme-videos"]',
    "element 0: object required",
  ),
  badBuckets(
    "an object in place of a list",
    "remotion-lambda-role",
    '{ name = "acme-videos", prefix = "", access = "write" }',
    "list of object required",
  ),
  badBuckets(
    "a list of maps with a misspelt key",
    "remotion-lambda-role",
    '[tomap({ name = "acme-videos", prefix = "", acess = "read" })]',
    'required attribute "access"',
  ),
  ...["remotion-user", "remotion-executionrole-policy"].flatMap((module) =>
    ["write", "put"].map((access) =>
      badBuckets(
        `${access} for a caller, in ${module}`,
        module,
        `[{ name = "acme-videos", prefix = "", access = "${access}" }]`,
        `output_buckets has invalid values of access: "${access}". Give "read" or "delete". The role that writes videos takes "write" or "put"`,
        "in the modules remotion-lambda-role and remotion-bucket-grants.",
      ),
    ),
  ),
  badBuckets(
    "a letter that IAM takes in no policy",
    "remotion-lambda-role",
    '[{ name = "acme-videos", prefix = "видео/", access = "write" }]',
    'output_buckets has invalid prefixes: "видео/"',
    "none above U+00FF, which IAM takes in no policy",
  ),
  badBuckets(
    "a space that cannot be seen",
    "remotion-lambda-role",
    '[{ name = "acme-videos", prefix = "videos /", access = "write" }]',
    'output_buckets has invalid prefixes: "videos /"',
    "no space beside a slash",
  ),
];

const REFUSALS: readonly (readonly [string, Refusal])[] = [
  ...[
    "*",
    "my_bucket",
    "My-Bucket",
    "arn:aws:s3:::x",
    "a${b}",
    "-x",
    "a",
    "b".repeat(64),
    "a?c",
  ].map((name) => badBucket(name)),
  badBucket("192.168.0.1", "S3 takes no two dots in a row and no IP address"),
  badBucket("xn--bucket", "keeps these beginnings and ends for itself: xn--"),
  [
    "more bad buckets than a message has room for",
    {
      module: "remotion-bucket-grants",
      inputs:
        'output_buckets = [for index in range(100) : { name = "Bad-${index}", prefix = "", access = "write" }]',
      message: [
        `invalid names: ${Array.from({ length: 10 }, (_, index) => `"Bad-${index}"`).join(", ")} and 90 more. Give`,
      ],
    },
  ],
  [
    "bad buckets among good ones",
    {
      module: "remotion-bucket-grants",
      inputs:
        'output_buckets = [for name in ["good-one", "Bad-One", "a,b", "x\\"y", "d..e", "good-two", null, "good-three"] : { name = name, prefix = "", access = "write" }]',
      message: [
        'output_buckets has invalid names: "Bad-One", "a,b", "x\\"y", null. ',
        BUCKET_RULE,
        'output_buckets has invalid names: "d..e". S3 takes no two dots',
      ],
    },
  ],
  [
    "a prefix without a slash at its end",
    {
      module: "remotion-lambda-role",
      inputs: 'output_buckets = [{ name = "good-one", prefix = "video", access = "write" }]',
      message: [
        'output_buckets has invalid prefixes: "video"',
        "name a folder that ends in a slash",
      ],
    },
  ],
  [
    "a prefix with a wildcard",
    {
      module: "remotion-executionrole-policy",
      inputs: 'output_buckets = [{ name = "good-one", prefix = "*/", access = "read" }]',
      message: ['output_buckets has invalid prefixes: "*/"', "No wildcard"],
    },
  ],
  [
    "an access that does not exist",
    {
      module: "remotion-lambda-role",
      inputs: 'output_buckets = [{ name = "good-one", prefix = "", access = "all" }]',
      message: [
        'output_buckets has invalid values of access: "all"',
        'Give "write", "put", "read" or "delete".',
      ],
    },
  ],
  [
    "ACLs for a caller, which writes nothing",
    {
      module: "remotion-lambda",
      inputs: 'output_buckets = [{ name = "good-one", prefix = "", access = "read", acl = true }]',
      message: [
        'output_buckets has acl beside an access that does not write, for: "good-one"',
        'Leave acl out, or give the access "write" or "put".',
      ],
    },
  ],
  [
    "ACLs in a module of callers, where no access would do",
    {
      module: "remotion-user",
      inputs: 'output_buckets = [{ name = "good-one", prefix = "", access = "read", acl = true }]',
      message: [
        'output_buckets has acl for: "good-one"',
        "Leave it out: it is for the role that writes videos, in the modules remotion-lambda-role and remotion-bucket-grants.",
      ],
    },
  ],
  [
    "an empty key",
    {
      module: "remotion-bucket-grants",
      inputs:
        'output_buckets = [{ name = "good-one", prefix = "", access = "write", kms_key_arn = "" }]',
      message: ['output_buckets has invalid keys: ""'],
    },
  ],
  [
    "the alias of a key",
    {
      module: "remotion-bucket-grants",
      inputs:
        'output_buckets = [{ name = "good-one", prefix = "", access = "write", kms_key_arn = "arn:aws:kms:us-east-1:123456789012:alias/videos" }]',
      message: [
        'output_buckets has invalid keys: "arn:aws:kms:us-east-1:123456789012:alias/videos"',
        "and no alias.",
      ],
    },
  ],
  [
    "a user's name of 65",
    {
      module: "remotion-user",
      inputs: `name = "${"u".repeat(65)}"`,
      message: [`name is "${"u".repeat(65)}"`, "give 1 to 64 letters"],
    },
  ],
  [
    "a prefix of 33",
    {
      module: "remotion-lambda",
      inputs: `name_prefix = "${"p".repeat(33)}"`,
      message: [`name_prefix is "${"p".repeat(33)}"`, "give up to 32 letters"],
    },
  ],
  [
    "a prefix that would turn the role that may be passed into a pattern",
    {
      module: "remotion-lambda",
      inputs: 'name_prefix = "*"',
      message: ['name_prefix is "*"', "no wildcard"],
    },
  ],
  [
    "an armoured key",
    {
      module: "remotion-user",
      inputs: 'pgp_key = "-----BEGIN PGP PUBLIC KEY BLOCK-----\\n"',
      message: ['pgp_key begins with "-----BEGIN P"', "no armour"],
    },
  ],
  [
    "a private key, of which the message shows the beginning alone",
    {
      module: "remotion-user",
      inputs: `pgp_key = "lQVY${"SECRET99".repeat(20)}"`,
      message: ['pgp_key begins with "lQVYSECRET99", which is not', "no private key"],
    },
  ],
  [
    "a path without slashes",
    {
      module: "remotion-user",
      inputs: 'path = "video"',
      message: ['path is "video"', "begin and end with a slash"],
    },
  ],
  [
    "a path with a wildcard for the role that may be passed",
    {
      module: "remotion-user",
      inputs: 'lambda_role_path = "/*/"',
      message: ['lambda_role_path is "/*/"', "begin and end with a slash"],
    },
  ],
  [
    "a wildcard for the role that may be passed",
    {
      module: "remotion-executionrole-policy",
      inputs: 'lambda_role_name = "*"',
      message: ['lambda_role_name is "*"', "give 1 to 64 letters"],
    },
  ],
  [
    "a policy's name with a space",
    {
      module: "remotion-lambda-role",
      inputs: 'policy_name = "my policy"',
      message: ['policy_name is "my policy"', "no space"],
    },
  ],
  [
    "the ARN of a user where a role belongs",
    {
      module: "remotion-executionrole-policy",
      inputs: `role_names = { api = "${USER_ARN}" }`,
      message: [
        `role_names has invalid values: "${USER_ARN}"`,
        "or its whole ARN, as in arn:aws:iam::",
      ],
    },
  ],
  [
    "a partition that Remotion does not run in",
    {
      module: "remotion-user",
      inputs: 'partition = "aws-us-gov"',
      message: ['partition is "aws-us-gov"', 'give "aws" or "aws-cn"'],
    },
  ],
  [
    "a boundary that is no policy's ARN",
    {
      module: "remotion-user",
      inputs: 'permissions_boundary_arn = "boundary"',
      message: ['permissions_boundary_arn is "boundary"', "give one, as in arn:aws:iam::"],
    },
  ],
  [
    "a session of a minute",
    {
      module: "remotion-lambda-role",
      inputs: "max_session_duration = 60",
      message: ["max_session_duration is 60", "from 3600 to 43200"],
    },
  ],
  [
    "51 tags",
    {
      module: "remotion-user",
      inputs: 'tags = { for index in range(51) : "tag-${index}" => "x" }',
      message: ["tags has 51 tags", "AWS allows 50"],
    },
  ],
  [
    "a tag of AWS's own",
    {
      module: "remotion-user",
      inputs: 'tags = { "aws:owner" = "x" }',
      message: ['tags has invalid keys: "aws:owner"', 'not begin with "aws:"'],
    },
  ],
  [
    "a policy type that does not exist",
    {
      module: "remotion-user",
      inputs: 'policy_type = "attached"',
      message: ['policy_type is "attached"', 'give "inline" or "managed"'],
    },
  ],
  [
    "three access keys",
    {
      module: "remotion-user",
      inputs: 'access_keys = { first = "active", second = "active", third = "inactive" }',
      message: [
        "access_keys has 3 keys (first, second, third), and IAM allows a user 2",
        "take out one that nothing uses any more.",
      ],
    },
  ],
  ...["Active", "on", ""].map((status): [string, Refusal] => [
    `an access key that is to be "${status}"`,
    {
      module: "remotion-lambda",
      inputs: `access_keys = { first = "active", second = "${status}" }`,
      message: [
        `access_keys has invalid statuses: second = "${status}". Give "active" or "inactive".`,
      ],
    },
  ]),
  [
    "an access key of which nothing is said",
    {
      module: "remotion-user",
      inputs: "access_keys = { first = null }",
      message: ['access_keys has invalid statuses: first = null. Give "active" or "inactive".'],
    },
  ],
  [
    "an access key with a space in its name",
    {
      module: "remotion-user",
      inputs: 'access_keys = { "the first" = "active" }',
      message: ['access_keys has invalid names: "the first"', "Give 1 to 64 letters", "no space"],
    },
  ],
  ...TRUST_REFUSALS,
  ...WIDTH_REFUSALS,
];

const LONG_NAME = "n".repeat(60);
const LONG_POLICY_NAME = "n".repeat(125);

/** Names that keep their rule alone and are too long behind the prefix. */
const tooLong = (kind: string, input: string, name: string, limit: number): [string, Refusal] => [
  `a prefix before ${input}, too long together`,
  {
    module: "remotion-lambda",
    inputs: `name_prefix = "staging-"\n  ${input} = "${name}"`,
    message: [
      `The ${kind}'s name staging-${name} has ${name.length + 8} characters`,
      `AWS allows ${limit}: shorten the prefix or the name.`,
    ],
  },
];

const GITHUB_WAY = "to be written as repo:acme@123456/video@456789:ref:refs/heads/main";

/** Whom a role trusts, where that takes more than one value to tell. */
const TRUST_PRECONDITIONS = [
  ...[
    "*",
    "**",
    "?*",
    "*:*",
    "repo:*",
    "repo:*/app:ref:refs/heads/main",
    "repo:acme*",
    "REPO:*",
  ].map((subject) =>
    badSubject(subject, "token.actions.githubusercontent.com", GITHUB_WAY, "a stranger could"),
  ),
  badSubject("environment:production", GITHUB_WAY),
  badTrust(
    badOidc({ arn: providerOf("gitlab.com"), subjects: ["project_path:*"] }),
    '"project_path:*" of gitlab.com, to be written as project_path:acme/video:ref_type:branch:ref:main',
  ),
  ...["account:*:pipeline:*", "org:*", "auth0|*"].map((subject) =>
    badTrust(
      badOidc({ arn: providerOf("login.acme.example"), subjects: [subject] }),
      `"${subject}" of login.acme.example, to be written as a subject without wildcards, or with one at its end behind the owner`,
    ),
  ),
  badTrust(
    badOidc({
      arn: providerOf("login.acme.example"),
      subjects: ["account:acme*"],
      owner: "account:acme",
    }),
    '"account:acme*" of login.acme.example',
  ),
  badTrust(
    badOidc({ subjects: ["repo:acme/video2:ref:refs/heads/main"], owner: "repo:acme/video" }),
    '"repo:acme/video2:ref:refs/heads/main" of token.actions.githubusercontent.com, to be written as a subject of the owner "repo:acme/video"',
  ),
  badTrust(
    badOidc({
      arn: providerOf("Token.Actions.GitHubUserContent.com"),
      subjects: ["repo:*"],
      owner: "repo",
    }),
    `"repo:*" of Token.Actions.GitHubUserContent.com, ${GITHUB_WAY}`,
  ),
  badTrust(
    badOidc({ arn: providerOf("OIDC.vercel.com/"), subjects: ["owner:acme:project:video"] }),
    '"sts.amazonaws.com" of OIDC.vercel.com/, to be written as https://vercel.com/acme',
  ),
  badTrust(
    badOidc({ arn: providerOf("oidc.vercel.com"), subjects: ["owner:acme:project:video:*"] }),
    '"sts.amazonaws.com" of oidc.vercel.com, to be written as https://vercel.com/acme',
    "the audience tells its customers apart",
  ),
  badTrust(
    badOidc({ claims: { repo: ["acme/video"] } }),
    '"repo" of token.actions.githubusercontent.com, which may have actor, actor_id, enterprise_id',
    "nobody could assume the role",
  ),
  badTrust(
    badOidc({
      arn: providerOf("Token.Actions.GitHubUserContent.com/"),
      claims: { repo: ["acme/video"] },
    }),
    '"repo" of Token.Actions.GitHubUserContent.com/, which may have actor, actor_id, enterprise_id',
  ),
  badTrust(
    badOidc({
      arn: providerOf("cognito-identity.amazonaws.com"),
      audiences: ["aws:acme"],
      subjects: ["us-east-1:acme"],
    }),
    '"aws:acme" of cognito-identity.amazonaws.com, to be written as us-east-1:12345678-1234-1234-1234-123456789012',
  ),
  badTrust(
    badOidc({
      arn: providerOf("login.acme.example"),
      subjects: ["a:b"],
      claims: { environment: ["production"] },
    }),
    '"environment" of login.acme.example, which may have none',
  ),
  badTrust(
    'trusted_services = ["lambda.amazonaws.com", "scheduler.amazonaws.com"]\n  source_account = "123456789012"',
    "are for services that say for whom they act (ecs-tasks.amazonaws.com",
    'trusted_services has ["lambda.amazonaws.com","scheduler.amazonaws.com"]',
  ),
  badTrust(
    'trusted_principal_arns = ["arn:aws:iam::123456789012:root"]\n  source_arns = ["arn:aws:ecs:*:123456789012:*"]',
    "trusted_services has []: leave them out",
  ),
  badTrust(
    'trusted_services = ["scheduler.amazonaws.com"]\n  source_account = "123456789012"\n  source_arns = ["arn:aws:scheduler:*:210987654321:schedule-group/video"]',
    "source_arns has arn:aws:scheduler:*:210987654321:schedule-group/video",
    'source_account is "123456789012": nobody acts for both',
  ),
  badTrust(
    'trusted_services = ["scheduler.amazonaws.com", "ecs-tasks.amazonaws.com"]\n  source_arns = ["arn:aws:scheduler:*:123456789012:schedule-group/video"]',
    "source_arns has no ARN of ecs-tasks.amazonaws.com",
  ),
  ...['external_id = "acme"', 'session_tag_keys = ["team"]'].map((asked) =>
    badTrust(
      `trusted_services = ["lambda.amazonaws.com"]\n  ${asked}`,
      "external_id and session_tag_keys would do nothing, as trusted_principal_arns is empty",
    ),
  ),
];

const CHINA_KEY = "arn:aws-cn:kms:cn-north-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const SET_PARTITION =
  'Give what belongs to it, or set partition: Remotion runs in "aws" and "aws-cn" alone.';

const outside = (values: string, partition = "aws") =>
  `These are not in the partition "${partition}": ${values}. ${SET_PARTITION}`;

const together = (
  name: string,
  module: string,
  inputs: string,
  ...message: readonly string[]
): readonly [string, Refusal] => [name, { module, inputs, message }];

/** Inputs that are right by themselves, and wrong together; timestamp() is not known before the apply. */
const TOGETHER_REFUSALS = [
  together(
    "a key without a user",
    "remotion-lambda",
    "create_user = false\n  create_access_key = true",
    "create_access_key is true, and create_user is false: there is no user to have the key.",
    "Set create_user to true, or leave create_access_key out.",
  ),
  together(
    "what callers read, without callers",
    "remotion-lambda",
    'create_user = false\n  create_executionrole_policy = false\n  output_buckets = [{ name = md5(timestamp()), prefix = "", access = "read" }]',
    "output_buckets has the accesses read, and create_user and create_executionrole_policy are false: nobody would get them.",
    "Set one of them to true, or leave what callers do out.",
  ),
  together(
    "who may assume a role that is not made",
    "remotion-lambda",
    'trusted_services = ["lambda.amazonaws.com"]\n  log_function_names = ["api"]',
    "trusted_services, log_function_names would do nothing, as create_execution_role is false",
    "Set it to true, or leave the others out.",
  ),
  ...[
    ["trusted_principal_arns", '["arn:aws:iam::123456789012:root"]'],
    ["external_id", '"abc"'],
    ["execution_role_policy_arns", '{ logs = "arn:aws:iam::123456789012:policy/logs" }'],
    ["create_instance_profile", "true"],
  ].map(([input, value]) =>
    together(
      `${input} for a role that is not made`,
      "remotion-lambda",
      `${input} = ${value}`,
      `${input} would do nothing, as create_execution_role is false: there is no role for callers.`,
    ),
  ),
  together(
    "roles for a policy that is not made",
    "remotion-lambda",
    "create_executionrole_policy = false\n  role_names = { api = md5(timestamp()) }",
    "role_names has api, and create_executionrole_policy is false: there is no policy to attach.",
  ),
  together(
    "buckets for nobody",
    "remotion-bucket-grants",
    'output_buckets = [{ name = md5(timestamp()), prefix = "", access = "write" }]',
    "output_buckets is given, and role_names is empty: nobody would get the grants.",
    "Name a role, or leave the module out.",
  ),
  together(
    "roles without a bucket",
    "remotion-bucket-grants",
    "role_names = { writer = md5(timestamp()) }",
    "role_names has writer, and output_buckets is empty: there is nothing to grant.",
    "Name a bucket, or leave the module out.",
  ),
  together(
    "a region in China",
    "remotion-user",
    'regions = ["us-east-1", "cn-north-1"]',
    outside("cn-north-1"),
  ),
  together(
    "a region for the government",
    "remotion-lambda-role",
    'regions = ["us-gov-west-1", "eusc-de-east-1"]',
    outside("us-gov-west-1, eusc-de-east-1"),
  ),
  together(
    "a region outside of China",
    "remotion-executionrole-policy",
    'partition = "aws-cn"\n  regions = ["us-east-1"]',
    outside("us-east-1", "aws-cn"),
  ),
  ...["remotion-user", "remotion-executionrole-policy", "remotion-lambda"].map((module) =>
    together(
      `the further regions of Lambda Insights in China, in ${module}`,
      module,
      'partition = "aws-cn"\n  all_insights_regions = true',
      'all_insights_regions would do nothing, as partition is "aws-cn"',
    ),
  ),
  ...["remotion-user", "remotion-executionrole-policy"].flatMap((module) =>
    ["all_insights_regions = true", "custom_layer_arns = [md5(timestamp())]"].map((option) =>
      together(
        `an option for deploying with the profile render, in ${module}: ${option}`,
        module,
        `profile = "render"\n  ${option}`,
        'custom_layer_arns and all_insights_regions are for deploying functions, which the profile "render" does not:',
        'give the profile "full" or "deploy", or leave them out.',
      ),
    ),
  ),
  ...[
    'user_profile = "render"\n  executionrole_policy_profile = "render"',
    'user_profile = "render"\n  create_executionrole_policy = false',
    'create_user = false\n  executionrole_policy_profile = "render"',
  ].map((profiles) =>
    together(
      `an option for deploying where nobody does: ${profiles}`,
      "remotion-lambda",
      `${profiles}\n  all_insights_regions = true`,
      "are for deploying functions, which neither the user nor the managed policy for callers does:",
      'give user_profile or executionrole_policy_profile as "full" or "deploy", or leave them out.',
    ),
  ),
  together(
    "a boundary in another partition",
    "remotion-user",
    'permissions_boundary_arn = "arn:aws-us-gov:iam::123456789012:policy/boundary"',
    outside("arn:aws-us-gov:iam::123456789012:policy/boundary"),
  ),
  together(
    "a layer in another partition",
    "remotion-executionrole-policy",
    'custom_layer_arns = ["arn:aws-cn:lambda:cn-north-1:123456789012:layer:fonts:3"]',
    outside("arn:aws-cn:lambda:cn-north-1:123456789012:layer:fonts:3"),
  ),
  together(
    "a bucket's key in another partition",
    "remotion-bucket-grants",
    `role_names = { writer = "writer" }\n  output_buckets = [{ name = "acme-videos", prefix = "", access = "write", kms_key_arn = "${CHINA_KEY}" }]`,
    outside(CHINA_KEY),
  ),
  together(
    "a role in another partition",
    "remotion-executionrole-policy",
    'role_names = { api = "arn:aws-cn:iam::123456789012:role/api" }',
    `arn:aws-cn:iam::123456789012:role/api is not in the partition "aws". ${SET_PARTITION}`,
  ),
  together(
    "a trusted role in another partition",
    "remotion-execution-role",
    'trusted_principal_arns = ["arn:aws-cn:iam::123456789012:role/api"]',
    outside("arn:aws-cn:iam::123456789012:role/api"),
  ),
  together(
    "a policy in another partition",
    "remotion-execution-role",
    'trusted_services = ["lambda.amazonaws.com"]\n  policy_arns = { logs = "arn:aws-eusc:iam::aws:policy/Logs" }',
    `arn:aws-eusc:iam::aws:policy/Logs is not in the partition "aws". ${SET_PARTITION}`,
  ),
  together(
    "folders whose characters take six each",
    "remotion-user",
    `policy_type = "inline"\n  output_buckets = [{ name = "acme-videos", prefix = "${"&".repeat(30)}/", access = "delete" }]`,
    "The policy remotion-user-policy would have 2",
    "AWS allows 2048",
  ),
];

/** Refused by preconditions, which Terraform reaches only where every variable is valid. */
const PRECONDITION_REFUSALS: readonly (readonly [string, Refusal])[] = [
  ...TOGETHER_REFUSALS,
  tooLong("user", "user_name", LONG_NAME, 64),
  tooLong("role", "lambda_role_name", LONG_NAME, 64),
  tooLong("policy", "user_policy_name", LONG_POLICY_NAME, 128),
  tooLong("policy", "lambda_role_policy_name", LONG_POLICY_NAME, 128),
  tooLong("policy", "executionrole_policy_name", LONG_POLICY_NAME, 128),
  ...TRUST_PRECONDITIONS,
  ...["remotion-user", "remotion-lambda"].map((module): [string, Refusal] => [
    `an access key beside two that have names, in ${module}`,
    {
      module,
      inputs: 'create_access_key = true\n  access_keys = { first = "active", second = "inactive" }',
      message: [
        "create_access_key makes one more key beside the 2 in access_keys, and IAM allows a user 2",
        "give that key a name in access_keys, too, or leave create_access_key out.",
      ],
    },
  ]),
  [
    "access keys without a user",
    {
      module: "remotion-lambda",
      inputs: 'create_user = false\n  access_keys = { first = "active" }',
      message: [
        "access_keys has first, and create_user is false: there is no user to have the keys.",
        "Set create_user to true, or leave access_keys out.",
      ],
    },
  ],
  badTrust("", "Nobody could assume the role remotion-execution-role", "give trusted_services"),
  badTrust(
    'trusted_services = ["lambda.amazonaws.com"]\n  create_instance_profile = true',
    "No EC2 instance could use the instance profile remotion-execution-role",
    "add ec2.amazonaws.com to trusted_services",
  ),
  badTrust(
    'trusted_principal_arns = [for index in range(60) : "arn:aws:iam::123456789012:role/caller-${index}"]',
    "The trust policy of remotion-execution-role would have 2",
    "AWS allows 2048",
    "trust an account in place of its roles",
  ),
  [
    "grants that push a role over 10,240",
    {
      module: "remotion-lambda-role",
      inputs:
        'output_buckets = [for index in range(120) : { name = "a-bucket-of-a-customer-${index}", prefix = "", access = "write" }]',
      message: [
        "The policy remotion-lambda-policy would have 1",
        "AWS allows 10240",
        "through the module remotion-bucket-grants",
      ],
    },
  ],
  [
    "more grants than ten managed policies hold",
    {
      module: "remotion-bucket-grants",
      inputs: `role_names = { writer = "writer" }
  output_buckets = [for index in range(1000) : { name = "a-bucket-of-a-customer-\${index}", prefix = "", access = "write" }]`,
      message: [
        "The buckets need 15 managed policies, and a role may have 10: grant whole buckets",
        "have AWS raise the quota and set max_policies_per_role.",
      ],
    },
  ],
  [
    "buckets to read that push a user over 2,048",
    {
      module: "remotion-lambda",
      inputs: `output_buckets = [
    { name = "acme-videos", prefix = "", access = "read" },
    { name = "acme-archive-of-finished-videos", prefix = "", access = "read" },
    { name = "acme-archive-of-finished-videos", prefix = "", access = "delete" },
  ]`,
      message: [
        "The policy remotion-user-policy would have 2",
        "AWS allows 2048",
        "managed policy",
      ],
    },
  ],
  [
    "a path that pushes a user over 2,048",
    {
      module: "remotion-user",
      inputs: `lambda_role_path = "/${"p".repeat(300)}/"`,
      message: ["The policy remotion-user-policy would have", "AWS allows 2048", "managed policy"],
    },
  ],
];

describeAws("Bad input is refused at plan, with the value, the rule and the way out", () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startAws();
  });
  afterAll(() => moto.stop());

  it.each([
    ["values", REFUSALS],
    ["preconditions", PRECONDITION_REFUSALS],
  ])("by its %s, each in an edition, and in the other one a day later", async (kind, cases) => {
    // Every other one in HCL and the rest in JSON; on the next day the other way round.
    const inBoth = cases.flatMap(([name, refusal], index) =>
      (index % 2 === 0 ? EDITIONS : EDITIONS.toReversed()).map((edition) => ({
        ...refusal,
        name,
        edition,
      })),
    );
    const played = partOf(`${kind} that are refused, in both editions`, inBoth, EDITIONS.length);

    const messages = await refusalsOf(moto, played);

    for (const [index, { name, edition, message }] of played.entries()) {
      for (const part of message) {
        expect(messages[index], `${name} (${edition})`).toContain(part);
      }
    }
    expect(new Set(played.map(({ name, inputs }) => `${name} ${inputs}`)).size).toBe(
      new Set(cases.map(([name, { inputs }]) => `${name} ${inputs}`)).size,
    );
  });
});
