import claimData from "./oidc-claims.json" with { type: "json" };

/*
 * What the issuers of OIDC tokens put into them, as of November 2026. Patterns are written in what JavaScript and
 * RE2 have in common, for Terraform compares with them, too.
 */

/** An issuer whose subjects have a known shape. */
export interface OidcIssuer {
  /** Who it is, as in a message. */
  readonly name: string;
  /** What the issuer must match, without `https://`, in lower case and without a slash at its end. */
  readonly issuer: string;
  /**
   * What a subject must match beside its characters: the customer's place is literal, and what wildcards it has
   * stand behind it.
   */
  readonly subject: string;
  /** A subject as it is written. */
  readonly example: string;
  /** Where it is described. */
  readonly page: string;
}

/** An issuer whose audience tells its customers apart. */
export interface OidcAudience {
  readonly name: string;
  /** What the issuer must match, without `https://`, in lower case and without a slash at its end. */
  readonly issuer: string;
  /** What an audience must match. */
  readonly audience: string;
  /** An audience as it is written. */
  readonly example: string;
}

const GITHUB_HELP = "https://docs.github.com/en/actions/reference/security/oidc";

/** A claim of another name, with a literal value: a colon in it is written `%3A` by GitHub. */
export const GITHUB_CLAIM = "([a-z_]+|repo_property_[A-Za-z0-9_-]+):[^:*?]*:";

/** Such claims may stand before the one that names the owner, and once `pull_request`, which has no value. */
const GITHUB_CLAIMS_BEFORE = `^(${GITHUB_CLAIM})*(pull_request:(${GITHUB_CLAIM})*)?`;

/**
 * One of the claims of a GitHub subject that only its owner can be given. Names may have a number behind an `@`,
 * which repositories have that were made, renamed or transferred after 15 July 2026.
 */
export const GITHUB_OWNERS: readonly string[] = [
  "(repo|repository|job_workflow_ref):[A-Za-z0-9_-]+(@[0-9]+)?/[^/]",
  "(repository_owner|enterprise):[A-Za-z0-9_-]+(@[0-9]+)?(:|$)",
  "(repository_owner_id|repository_id|enterprise_id):[0-9]+(:|$)",
];

/** What a subject of GitHub must match. */
export const GITHUB_SUBJECT = `${GITHUB_CLAIMS_BEFORE}(${GITHUB_OWNERS.join("|")})`;

/** No wildcard, or one at the end, behind a part that is literal. */
export const OF_ONE_CUSTOMER = "^[^*?]+$|^[^*?]+[:/|][^*?]*[*]$";

/** What stands for a name that an issuer's customer has chosen. */
const NAME = "[A-Za-z0-9_-]+";

/**
 * The issuers that more than one of the tables is about, each with what it must match: without `https://`, in lower
 * case and without a slash at its end.
 */
export const OIDC_ISSUER_PATTERNS = {
  github: "^token[.]actions[.]githubusercontent[.]com$",
  github_enterprise: anyOf([
    "^token[.]actions[.]githubusercontent[.]com/.+$",
    `^token[.]actions[.]${NAME}[.]ghe[.]com(/.+)?$`,
    `^github[.]com/enterprises/${NAME}$`,
  ]),
  gitlab: "^gitlab[.]com(/.*)?$",
  buildkite: `^agent[.](buildkite[.]com|${NAME}[.]buildkite[.](dev|site))$`,
  circleci: `^oidc[.]circleci[.]com/org/${NAME}$`,
  vercel: "^oidc[.]vercel[.]com$",
} as const;

/**
 * The issuers whose subjects have a known shape: the shared ones, whose tokens everybody gets, and those behind
 * which one customer alone stands, where no subject is a stranger's. The first that matches counts.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
 */
export const OIDC_ISSUERS: readonly OidcIssuer[] = [
  {
    name: "GitHub Actions",
    issuer: OIDC_ISSUER_PATTERNS.github,
    subject: GITHUB_SUBJECT,
    example: "repo:acme@123456/video@456789:ref:refs/heads/main",
    page: GITHUB_HELP,
  },
  {
    name: "GitLab",
    issuer: OIDC_ISSUER_PATTERNS.gitlab,
    subject: "^project_path:[^:/*?]+/",
    example: "project_path:acme/video:ref_type:branch:ref:main",
    page: "https://docs.gitlab.com/ci/secrets/id_token_authentication/",
  },
  {
    name: "HCP Terraform",
    issuer: "^app[.]terraform[.]io$",
    subject: "^organization:[^:*?]+:",
    example: "organization:acme:project:video:workspace:renders:run_phase:apply",
    page: "https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/workload-identity-tokens",
  },
  {
    name: "Buildkite",
    issuer: OIDC_ISSUER_PATTERNS.buildkite,
    subject: "^organization:[^:*?]+:",
    example: "organization:acme:pipeline:video:*",
    page: "https://buildkite.com/docs/agent/v3/cli-oidc",
  },
  {
    name: "CircleCI",
    issuer: OIDC_ISSUER_PATTERNS.circleci,
    subject: "^org/[^/*?]+/",
    example:
      "org/11111111-2222-3333-4444-555555555555/project/66666666-7777-8888-9999-000000000000/user/*",
    page: "https://circleci.com/docs/openid-connect-tokens/",
  },
  {
    name: "Vercel",
    issuer: OIDC_ISSUER_PATTERNS.vercel,
    subject: "^owner:[^:*?]+:",
    example: "owner:acme:project:video:environment:production",
    page: "https://vercel.com/docs/oidc/reference",
  },
  {
    name: "Bitbucket",
    issuer: "^api[.]bitbucket[.]org/2[.]0/workspaces/[^/]+/pipelines-config/identity/oidc$",
    subject: "^[{][0-9A-Fa-f-]+[}]:",
    example: "{11111111-2222-3333-4444-555555555555}:*",
    page: "https://support.atlassian.com/bitbucket-cloud/docs/integrate-pipelines-with-resource-servers-using-oidc/",
  },
  {
    name: "a GitHub enterprise",
    issuer: OIDC_ISSUER_PATTERNS.github_enterprise,
    subject: `${OF_ONE_CUSTOMER}|${GITHUB_SUBJECT}`,
    example: "repo:acme/video:ref:refs/heads/main",
    page: GITHUB_HELP,
  },
  {
    name: "a GitLab of one's own",
    issuer: "^gitlab[.][A-Za-z0-9.-]+(/.*)?$",
    subject: `${OF_ONE_CUSTOMER}|^project_path:[^:/*?]+/`,
    example: "project_path:acme/video:ref_type:branch:ref:main",
    page: "https://docs.gitlab.com/ci/secrets/id_token_authentication/",
  },
  {
    name: "an Auth0 of one's own",
    issuer: "^[A-Za-z0-9-]+([.][a-z]{2}(-[0-9])?)?[.]auth0[.]com$",
    subject: OF_ONE_CUSTOMER,
    example: "1a2b3c4d5e6f7g8h9i0j@clients",
    page: "https://auth0.com/docs/secure/tokens/access-tokens/access-token-profiles",
  },
  {
    name: "EKS",
    issuer: anyOf([
      "^oidc[.]eks(-fips)?[.][a-z0-9-]+[.]amazonaws[.]com([.]cn)?/id/[0-9A-Za-z]+$",
      "^oidc-eks[.][a-z0-9-]+[.]api[.]aws/id/[0-9A-Za-z]+$",
    ]),
    subject: OF_ONE_CUSTOMER,
    example: "system:serviceaccount:video:render",
    page: "https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html",
  },
  {
    name: "a team of Vercel",
    issuer: "^oidc[.]vercel[.]com/[^/]+$",
    subject: `${OF_ONE_CUSTOMER}|^owner:[^:*?]+:`,
    example: "owner:acme:project:video:environment:production",
    page: "https://vercel.com/docs/oidc/reference",
  },
];

/**
 * The issuers of which AWS demands that the audience is evaluated, for it names the customer.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
 */
export const OIDC_AUDIENCES: readonly OidcAudience[] = [
  {
    name: "Vercel",
    issuer: OIDC_ISSUER_PATTERNS.vercel,
    audience: "^https://vercel[.]com/[A-Za-z0-9_-]+$",
    example: "https://vercel.com/acme",
  },
  {
    name: "Pulumi",
    issuer: "^api[.]pulumi[.]com/oidc$",
    audience: "^(aws:)?[A-Za-z0-9_-]+$",
    example: "aws:acme",
  },
  {
    name: "an identity pool of Cognito",
    issuer: "^cognito-identity[.]amazonaws[.]com$",
    audience: "^[a-z0-9-]+:[0-9a-f]+(-[0-9a-f]+)+$",
    example: "us-east-1:12345678-1234-1234-1234-123456789012",
  },
  {
    name: "sandboxes.cloud",
    issuer: "^sandboxes[.]cloud$",
    audience: "^[A-Za-z0-9_-]+(:[A-Za-z0-9_-]+)*$",
    example: "acme",
  },
];

/** What AWS evaluates of the tokens of some issuers beside `sub` and `aud`. */
export interface OidcClaims {
  /** What the issuer must match, without `https://`. */
  readonly issuer: string;
  /** The claims, as they follow the issuer and a colon in a condition's key. */
  readonly claims: readonly string[];
}

/** Where the claims are taken from: the package and its version. */
export const OIDC_CLAIMS_SOURCE = claimData.source;

/** What AWS evaluates beside `sub` and `aud`: nothing of an issuer that is not here. */
export const OIDC_CLAIMS: readonly OidcClaims[] = claimsOf(claimData.claims);

/** Issuers with the same claims make one row. */
function claimsOf(byIssuer: Readonly<Record<string, readonly string[]>>): readonly OidcClaims[] {
  const rows = new Map<
    string,
    { readonly issuers: Set<string>; readonly claims: readonly string[] }
  >();
  for (const [issuer, claims] of Object.entries(byIssuer)) {
    const key = JSON.stringify(claims);
    const row = rows.get(key) ?? { issuers: new Set<string>(), claims };
    rows.set(key, row);
    row.issuers.add(patternOf(issuer));
  }
  return [...rows.values()].map(({ issuers, claims }) => ({
    issuer: anyOf([...issuers]),
    claims,
  }));
}

/** What an issuer of AWS's own list must match: AWS leaves a name open in some, as in `agent.${Domain}.buildkite.dev`. */
function patternOf(issuer: string): string {
  const example = issuer.replaceAll(/\$\{\w+\}/g, "x");
  return (
    Object.values(OIDC_ISSUER_PATTERNS).find((pattern) => new RegExp(pattern).test(example)) ??
    `^${issuer.replaceAll(".", "[.]").replaceAll(/\$\{\w+\}/g, NAME)}$`
  );
}

/** One pattern for several, each of which is anchored at both ends. */
function anyOf(patterns: readonly string[]): string {
  return patterns.join("|");
}

/** The patterns that {@link OidcIssuer.issuer} and its like are put together from. */
export function alternativesOf(pattern: string): readonly string[] {
  return pattern.split(/(?<=\$)\|(?=\^)/);
}

/** The issuer of a provider in IAM, as it begins the keys of conditions. */
export function issuerOf(providerArn: string): string {
  return providerArn.slice(providerArn.indexOf(ISSUER_SEPARATOR) + ISSUER_SEPARATOR.length);
}

/** What stands between an account and the issuer in the ARN of an OIDC provider. */
export const ISSUER_SEPARATOR = ":oidc-provider/";

/**
 * An issuer as the patterns of {@link OIDC_ISSUERS} and {@link OIDC_AUDIENCES} are written: hosts have no case, and
 * a slash at the end makes no other issuer, so neither takes a rule away.
 */
function plainIssuer(issuer: string): string {
  return issuer.toLowerCase().replace(/[/]$/, "");
}

/**
 * The issuer of known shape that an issuer is; undefined for any other.
 *
 * @param issuer without `https://`
 */
export function knownIssuer(issuer: string): OidcIssuer | undefined {
  return OIDC_ISSUERS.find((known) => new RegExp(known.issuer).test(plainIssuer(issuer)));
}

/** The claims that AWS evaluates of an issuer beside `sub` and `aud`. */
export function claimsOfIssuer(issuer: string): readonly string[] {
  return (
    OIDC_CLAIMS.find((known) => new RegExp(known.issuer).test(plainIssuer(issuer)))?.claims ?? []
  );
}

/** What an audience of an issuer must match; undefined where any will do. */
export function audienceOfIssuer(issuer: string): OidcAudience | undefined {
  return OIDC_AUDIENCES.find((known) => new RegExp(known.issuer).test(plainIssuer(issuer)));
}

/** What may follow the owner in a subject of any other issuer: nothing, or a part that may end in a wildcard. */
export const BEHIND_OWNER = "^([:/|][^*?]*[*]?)?$";

/**
 * Whether a subject can be nobody's but a customer's: by its shape where the issuer has one, else by the owner
 * that it begins with, or because it has no wildcard.
 *
 * @param issuer without `https://`
 * @param owner the literal beginning that only the customer can be given
 */
export function isOwnSubject(issuer: string, subject: string, owner: string | undefined): boolean {
  if (owner !== undefined && !beginsWithOwner(subject, owner)) {
    return false;
  }
  const known = knownIssuer(issuer);
  if (known !== undefined) {
    return new RegExp(known.subject).test(subject);
  }
  return owner !== undefined
    ? new RegExp(BEHIND_OWNER).test(subject.slice(owner.length))
    : !/[*?]/.test(subject);
}

/** Whether a subject is its owner's: nothing follows that, or a separator. */
export function beginsWithOwner(subject: string, owner: string): boolean {
  return subject.startsWith(owner) && /^$|^[:/|]/.test(subject.slice(owner.length));
}

/**
 * Whether a subject names its customer in a shape of some shared issuer: for a provider that only Terraform knows.
 */
export function hasSharedShape(subject: string): boolean {
  return OIDC_ISSUERS.some(
    ({ subject: pattern }) =>
      !pattern.startsWith(OF_ONE_CUSTOMER) && new RegExp(pattern).test(subject),
  );
}
