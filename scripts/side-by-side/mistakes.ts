import type { RootWay } from "./roots.js";

/** A piece of a root, which stands there once, and what a user writes in its place by mistake. */
interface Edit {
  readonly from: string;
  readonly to: string;
}

/** A mistake that can be made each way. */
export interface Mistake {
  readonly what: string;
  /** Whose roots it is made in. */
  readonly module: string;
  /** What comes of it where the plan says nothing. */
  readonly otherwise: string;
  readonly edits: Readonly<Record<RootWay, Edit>>;
}

const USER = "remotion-user";
const EXECUTION_ROLE = "remotion-execution-role";
const EXECUTION_ROLE_POLICY = "remotion-executionrole-policy";
const GRANTS = "remotion-bucket-grants";
const PROVIDER_ARN = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";

const LONG_NAME = {
  from: '"${var.name_prefix}remotion-user"',
  to: '"remotion-user-of-the-department-for-moving-images-and-film-berlin"',
};

/** The same text is wrong in both ways that have the policy as JSON. */
const inPolicy = (from: string, to: string) => ({
  "by-hand": { from, to },
  "with-terraform-aws-modules": { from, to },
});

/** Ten of them: one that all plans refuse, one that none does, and eight between. */
export const MISTAKES: readonly Mistake[] = [
  {
    what: "A role's ARN where its name is wanted, for `iam:PassRole`",
    module: USER,
    otherwise: "`deployFunction()` is denied `iam:PassRole`",
    edits: {
      "with-module": {
        from: '"${var.name_prefix}remotion-lambda-role"',
        to: '"arn:aws:iam::123456789012:role/remotion-lambda-role"',
      },
      ...inPolicy(
        "role/${var.name_prefix}remotion-lambda-role",
        "role/arn:aws:iam::123456789012:role/remotion-lambda-role",
      ),
    },
  },
  {
    what: "A misspelt key in an object: `acess`, `Resorce`",
    module: GRANTS,
    otherwise: "IAM refuses the policy at the apply",
    edits: {
      "with-module": { from: '"finished/", access', to: '"finished/", acess' },
      ...inPolicy(
        'Resource = ["arn:aws:s3:::acme-videos/*"',
        'Resorce = ["arn:aws:s3:::acme-videos/*"',
      ),
    },
  },
  {
    what: "A bucket's name with `s3://`",
    module: GRANTS,
    otherwise: "The render is denied its bucket",
    edits: {
      "with-module": { from: '"acme-archive"', to: '"s3://acme-archive"' },
      ...inPolicy(
        "arn:aws:s3:::acme-archive/finished/*",
        "arn:aws:s3:::s3://acme-archive/finished/*",
      ),
    },
  },
  {
    what: "A GitHub subject without the slash behind the owner: `repo:acme*`",
    module: EXECUTION_ROLE,
    otherwise: "`acme-inc`, a stranger, gets the role",
    edits: {
      "with-module": {
        from: 'trusted_services        = ["ec2.amazonaws.com"]',
        to: `trusted_oidc = [{
    provider_arn = "${PROVIDER_ARN}"
    audiences    = ["sts.amazonaws.com"]
    subjects     = ["repo:acme*"]
    claims       = {}
  }]`,
      },
      "by-hand": {
        from: `Principal = {
          Service = "ec2.amazonaws.com"
        }
        Action = "sts:AssumeRole"`,
        to: `Principal = { Federated = "${PROVIDER_ARN}" }
        Action    = "sts:AssumeRoleWithWebIdentity"
        Condition = {
          StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" }
          StringLike   = { "token.actions.githubusercontent.com:sub" = "repo:acme*" }
        }`,
      },
      "with-terraform-aws-modules": {
        from: `iam-assumable-role"
  version = "5.60.0"

  create_role             = true
  role_name               = "\${var.name_prefix}remotion-execution-role"
  role_requires_mfa       = false
  trusted_role_services   = ["ec2.amazonaws.com"]
  trusted_role_actions    = []
  custom_role_policy_arns = [aws_iam_policy.render.arn]
  create_instance_profile = true
`,
        to: `iam-github-oidc-role"
  version = "5.60.0"

  name     = "\${var.name_prefix}remotion-execution-role"
  subjects = ["acme*"]
  policies = { render = aws_iam_policy.render.arn }
`,
      },
    },
  },
  {
    what: "300 buckets by name, over the 6,144 characters of a policy",
    module: EXECUTION_ROLE_POLICY,
    otherwise: "IAM refuses the policy at the apply",
    edits: {
      "with-module": {
        from: "role_names       =",
        to: 'bucket_names = [for index in range(300) : "acme-videos-${index}"]\n  role_names =',
      },
      ...inPolicy(
        '["arn:aws:s3:::remotionlambda-*"]',
        '[for index in range(300) : "arn:aws:s3:::acme-videos-${index}"]',
      ),
    },
  },
  {
    what: "An account's number of 11 digits, among those trusted",
    module: EXECUTION_ROLE,
    otherwise: "IAM refuses the role at the apply",
    edits: {
      "with-module": {
        from: 'trusted_services        = ["ec2.amazonaws.com"]',
        to: 'trusted_principal_arns = ["arn:aws:iam::12345678901:root"]',
      },
      "by-hand": {
        from: 'Service = "ec2.amazonaws.com"',
        to: 'AWS = "arn:aws:iam::12345678901:root"',
      },
      "with-terraform-aws-modules": {
        from: 'trusted_role_services   = ["ec2.amazonaws.com"]',
        to: 'trusted_role_arns = ["arn:aws:iam::12345678901:root"]',
      },
    },
  },
  {
    what: "A user's name of 65 characters, one too many",
    module: USER,
    otherwise: "IAM refuses the user at the apply",
    edits: {
      "with-module": LONG_NAME,
      ...inPolicy(LONG_NAME.from, LONG_NAME.to),
    },
  },
  {
    what: "A misspelt permission: the profile `rendr`, the action `s3:ListAllMyBukets`",
    module: USER,
    otherwise: "IAM takes it, and `getBuckets()` is denied",
    edits: {
      "with-module": { from: "lambda_role_name =", to: 'profile = "rendr"\n  lambda_role_name =' },
      ...inPolicy("s3:ListAllMyBuckets", "s3:ListAllMyBukets"),
    },
  },
  {
    what: "A policy's name where its ARN is wanted",
    module: EXECUTION_ROLE,
    otherwise: "",
    edits: {
      "with-module": {
        from: "{ render = aws_iam_policy.render.arn }",
        to: '{ render = "render" }',
      },
      "by-hand": { from: "policy_arn = aws_iam_policy.render.arn", to: 'policy_arn = "render"' },
      "with-terraform-aws-modules": { from: "[aws_iam_policy.render.arn]", to: '["render"]' },
    },
  },
  {
    what: "A misspelt region: `us-esat-1`",
    module: "remotion-lambda-role",
    otherwise: "The functions are denied to call each other",
    edits: {
      "with-module": { from: "policy_name =", to: 'regions = ["us-esat-1"]\n  policy_name =' },
      ...inPolicy("arn:aws:lambda:*:*:function", "arn:aws:lambda:us-esat-1:*:function"),
    },
  },
];

/**
 * A root with the mistake in it.
 *
 * @throws Error where the root no longer has what the mistake is made of
 */
export function mistaken(text: string, { from, to }: Edit): string {
  const pieces = text.split(from);
  if (pieces.length !== 2) {
    throw new Error(`${from} is there ${pieces.length - 1} times, and should be once.`);
  }
  return pieces.join(to);
}
