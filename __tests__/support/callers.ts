import type { Trust } from "../../lib/iam/trust-policy.js";

/** The account that the examples are applied in, as the mock calls it. */
export const ACCOUNT = "123456789012";

/** The account that the example `another-account` trusts a role of. */
export const OTHER_ACCOUNT = "210987654321";

/** GitHub's OIDC provider in that account. */
export const GITHUB = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;

/** Each kind of caller has an example of its name; this is whom the example's role trusts. */
export const CALLERS = {
  lambda: { services: ["lambda.amazonaws.com"] },
  ec2: { services: ["ec2.amazonaws.com"] },
  fargate: { services: ["ecs-tasks.amazonaws.com"] },
  "github-actions": {
    oidc: [
      {
        providerArn: GITHUB,
        audiences: ["sts.amazonaws.com"],
        subjects: [
          "repo:acme@123456/video@456789:ref:refs/heads/main",
          "repo:acme@123456/video@456789:environment:*",
          "repo:acme/video:ref:refs/heads/main",
          "repo:acme/video:environment:*",
        ],
        claims: {},
      },
    ],
  },
  "another-account": {
    principalArns: [`arn:aws:iam::${OTHER_ACCOUNT}:role/video-api`],
    externalId: "acme-4f1c9e07",
  },
} as const satisfies Readonly<Record<string, Trust>>;

/** A kind of caller. */
export type Caller = keyof typeof CALLERS;
