import type { OidcTrust } from "../../lib/iam/trust-policy.js";
import { ACCOUNT } from "./callers.js";

/** The claims of a token, `sub` and `aud` among them. */
export type Token = Readonly<Record<string, string>>;

/** Whom a role trusts of an issuer, and who comes. */
export interface IssuerTokens {
  /** The issuer, without `https://`. */
  readonly issuer: string;
  readonly trust: Omit<OidcTrust, "providerArn">;
  /** Tokens that are let in. */
  readonly right: readonly Token[];
  /** What of the subject only the customer can be given. */
  readonly owner: string;
}

const UUID = "11111111-2222-3333-4444-555555555555";
const AWS = "sts.amazonaws.com";

/** One row an issuer, or one a form of its subjects. */
export const ISSUER_TOKENS: readonly IssuerTokens[] = [
  {
    issuer: "token.actions.githubusercontent.com",
    owner: "acme@123456/video@456789",
    trust: {
      audiences: [AWS],
      subjects: ["repo:acme@123456/video@456789:*"],
      claims: { repository_id: ["456789"], environment: ["production", "staging"] },
    },
    right: ["production", "staging"].map((environment) => ({
      aud: AWS,
      sub: `repo:acme@123456/video@456789:environment:${environment}`,
      repository_id: "456789",
      environment,
    })),
  },
  {
    issuer: "token.actions.githubusercontent.com",
    owner: "acme/video",
    trust: {
      audiences: [AWS],
      subjects: ["repo:acme/video:ref:refs/heads/*", "environment:production:repo:acme/video"],
      claims: {},
    },
    right: [
      { aud: AWS, sub: "repo:acme/video:ref:refs/heads/main" },
      { aud: AWS, sub: "environment:production:repo:acme/video" },
    ],
  },
  {
    issuer: "token.actions.githubusercontent.com/acme-inc",
    owner: "acme/video",
    trust: {
      audiences: [AWS],
      subjects: ["repo:acme/video:*"],
      claims: { ref: ["refs/heads/main"] },
    },
    right: [{ aud: AWS, sub: "repo:acme/video:ref:refs/heads/main", ref: "refs/heads/main" }],
  },
  {
    issuer: "token.actions.acme.ghe.com",
    owner: "acme/video",
    trust: { audiences: [AWS], subjects: ["repo:acme/video:pull_request"], claims: {} },
    right: [{ aud: AWS, sub: "repo:acme/video:pull_request" }],
  },
  {
    issuer: "gitlab.com",
    owner: "acme/video",
    trust: {
      audiences: ["https://gitlab.com"],
      subjects: ["project_path:acme/video:ref_type:branch:ref:*"],
      claims: { project_id: ["42"] },
    },
    right: [
      {
        aud: "https://gitlab.com",
        sub: "project_path:acme/video:ref_type:branch:ref:main",
        project_id: "42",
      },
    ],
  },
  {
    issuer: "app.terraform.io",
    owner: "acme",
    trust: {
      audiences: ["aws.workload.identity"],
      subjects: ["organization:acme:project:video:workspace:*:run_phase:apply"],
      claims: {},
    },
    right: [
      {
        aud: "aws.workload.identity",
        sub: "organization:acme:project:video:workspace:renders:run_phase:apply",
      },
    ],
  },
  {
    issuer: "agent.buildkite.com",
    owner: "acme",
    trust: {
      audiences: [AWS],
      subjects: ["organization:acme:pipeline:video:*"],
      claims: { build_branch: ["main"] },
    },
    right: [
      {
        aud: AWS,
        sub: "organization:acme:pipeline:video:ref:refs/heads/main:commit:abc:step:",
        build_branch: "main",
      },
    ],
  },
  {
    issuer: `oidc.circleci.com/org/${UUID}`,
    owner: UUID,
    trust: {
      audiences: [UUID],
      subjects: [`org/${UUID}/project/*`],
      claims: { "oidc.circleci.com/project-id": ["video"] },
    },
    right: [
      {
        aud: UUID,
        sub: `org/${UUID}/project/video/user/ada`,
        "oidc.circleci.com/project-id": "video",
      },
    ],
  },
  {
    issuer: "oidc.vercel.com",
    owner: "acme",
    trust: {
      audiences: ["https://vercel.com/acme"],
      subjects: ["owner:acme:project:video:environment:*"],
      claims: {},
    },
    right: [
      { aud: "https://vercel.com/acme", sub: "owner:acme:project:video:environment:production" },
    ],
  },
  {
    issuer: "oidc.vercel.com/acme",
    owner: "acme",
    trust: {
      audiences: ["https://vercel.com/acme"],
      subjects: ["owner:acme:project:video:*"],
      claims: {},
    },
    right: [
      { aud: "https://vercel.com/acme", sub: "owner:acme:project:video:environment:production" },
    ],
  },
  {
    issuer: "api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc",
    owner: `{${UUID}}`,
    trust: { audiences: ["ari:cloud:bitbucket"], subjects: [`{${UUID}}:*`], claims: {} },
    right: [{ aud: "ari:cloud:bitbucket", sub: `{${UUID}}:{step}` }],
  },
  {
    issuer: "oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF",
    owner: "video",
    trust: { audiences: [AWS], subjects: ["system:serviceaccount:video:*"], claims: {} },
    right: [{ aud: AWS, sub: "system:serviceaccount:video:render" }],
  },
  {
    issuer: "gitlab.acme.com",
    owner: "acme/video",
    trust: {
      audiences: ["https://gitlab.acme.com"],
      subjects: ["project_path:acme/video:*"],
      claims: {},
    },
    right: [
      {
        aud: "https://gitlab.acme.com",
        sub: "project_path:acme/video:ref_type:branch:ref:main",
      },
    ],
  },
  {
    issuer: "acme.eu.auth0.com/",
    owner: "117890123456",
    trust: { audiences: ["video"], subjects: ["auth0|117890123456"], claims: {} },
    right: [{ aud: "video", sub: "auth0|117890123456" }],
  },
  {
    issuer: "accounts.google.com",
    owner: "117890123456",
    trust: {
      audiences: ["video.apps.googleusercontent.com"],
      subjects: ["117890123456"],
      claims: { "google/organization_number": ["9876"] },
    },
    right: [
      {
        aud: "video.apps.googleusercontent.com",
        sub: "117890123456",
        "google/organization_number": "9876",
      },
    ],
  },
  {
    issuer: "api.pulumi.com/oidc",
    owner: "acme",
    trust: {
      audiences: ["aws:acme"],
      subjects: ["pulumi:deploy:org:acme:project:*"],
      claims: {},
      owner: "pulumi:deploy:org:acme",
    },
    right: [{ aud: "aws:acme", sub: "pulumi:deploy:org:acme:project:video:stack:prod" }],
  },
  {
    issuer: "login.acme.example",
    owner: "acme",
    trust: {
      audiences: ["video"],
      subjects: ["account:acme:pipeline:*"],
      claims: {},
      owner: "account:acme",
    },
    right: [{ aud: "video", sub: "account:acme:pipeline:render" }],
  },
];

/** The ARN of the issuer's provider in IAM. */
export function providerOf(issuer: string): string {
  return `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}`;
}

/** A stranger, and the token that an issuer gives to it. */
export interface Stranger {
  readonly who: string;
  readonly token: Token;
  /** Of another issuer, where that is the difference. */
  readonly issuer?: string;
}

/** Ten strangers, who differ from a right token by as little as they can. */
export function strangersTo({ issuer, owner, right, trust }: IssuerTokens): readonly Stranger[] {
  const [token = {}] = right;
  const { sub = "", aud = "" } = token;
  const as = (other: string) => ({ ...token, sub: sub.replace(owner, () => other) });
  const claim = Object.keys(trust.claims)[0];
  return [
    { who: "another customer", token: as("evil") },
    { who: "one whose name begins alike", token: as(`${owner}-evil`) },
    { who: "one whose name ends alike", token: as(`evil-${owner}`) },
    { who: "one whose name differs in case, or by a letter", token: as(cased(owner)) },
    { who: "one without a name", token: as("") },
    { who: "the right subject inside another one", token: { ...token, sub: `evil:${sub}` } },
    { who: "the right name in a later place", token: { ...token, sub: `x:evil:${owner}:${sub}` } },
    { who: "a token for somebody else", token: { ...token, aud: `${aud}.evil` } },
    claim === undefined
      ? { who: "a token without a subject", token: { aud } }
      : { who: `another ${claim}`, token: { ...token, [claim]: "evil" } },
    { who: "another issuer", token, issuer: `${issuer}.evil` },
  ];
}

function cased(name: string): string {
  const upper = name.toUpperCase();
  return upper === name ? `${name}0` : upper;
}
