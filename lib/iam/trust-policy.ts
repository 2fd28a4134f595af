import { POLICY_VERSION, type TrustPolicy, type TrustStatement } from "./policy-document.js";

/** An OIDC provider, with whom of its identities to trust. All of the three are required. */
export interface OidcTrust {
  /** ARN of the provider in IAM. */
  readonly providerArn: string;
  /** Audiences, in full, of which a token must have one. */
  readonly audiences: readonly string[];
  /** Subjects of which a token must match one; `*` stands for any text, `?` for one character. */
  readonly subjects: readonly string[];
}

/** Who may assume a role. */
export interface Trust {
  /** Principals of services, as in `lambda.amazonaws.com`. @default none */
  readonly services?: readonly string[];
  /** ARNs of roles, users and accounts. @default none */
  readonly principalArns?: readonly string[];
  /** What those must say when they assume the role. @default nothing */
  readonly externalId?: string;
  /** Identities from outside AWS. @default none */
  readonly oidc?: readonly OidcTrust[];
}

/** What stands between an account and the issuer in the ARN of an OIDC provider. */
export const ISSUER_SEPARATOR = ":oidc-provider/";

/** Where the ARNs of GitHub's OIDC provider end, or go on with an enterprise. */
export const GITHUB_PROVIDER = `${ISSUER_SEPARATOR}token.actions.githubusercontent.com`;

/** What runs in AWS services may assume the role. */
export function serviceTrust(services: readonly string[]): TrustStatement {
  return { Effect: "Allow", Principal: { Service: services }, Action: ["sts:AssumeRole"] };
}

/**
 * Roles, users and accounts may assume the role.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function principalTrust(
  principalArns: readonly string[],
  externalId?: string,
): TrustStatement {
  return {
    Effect: "Allow",
    Principal: { AWS: principalArns },
    Action: ["sts:AssumeRole"],
    ...(externalId === undefined
      ? {}
      : { Condition: { StringEquals: { "sts:ExternalId": [externalId] } } }),
  };
}

/**
 * Identities of an OIDC provider may assume the role.
 *
 * @param issuer the provider's issuer without `https://`, where it cannot be read from the ARN.
 * @default the end of the ARN
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
 */
export function oidcTrust(
  { providerArn, audiences, subjects }: OidcTrust,
  issuer = issuerOf(providerArn),
): TrustStatement {
  return {
    Effect: "Allow",
    Principal: { Federated: [providerArn] },
    Action: ["sts:AssumeRoleWithWebIdentity"],
    Condition: {
      StringEquals: { [`${issuer}:aud`]: audiences },
      StringLike: { [`${issuer}:sub`]: subjects },
    },
  };
}

/** The trust policy of a role, without a statement that trusts nobody. */
export function trustPolicy(trust: Trust): TrustPolicy {
  const { services = [], principalArns = [], externalId, oidc = [] } = trust;
  return {
    Version: POLICY_VERSION,
    Statement: [
      ...(services.length > 0 ? [serviceTrust(services)] : []),
      ...(principalArns.length > 0 ? [principalTrust(principalArns, externalId)] : []),
      ...oidc.map((each) => oidcTrust(each)),
    ],
  };
}

/** The issuer of an OIDC provider, as it stands in the keys of conditions. */
function issuerOf(providerArn: string): string {
  return providerArn.slice(providerArn.indexOf(ISSUER_SEPARATOR) + ISSUER_SEPARATOR.length);
}
