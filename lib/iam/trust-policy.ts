import { issuerOf } from "./oidc-issuers.js";
import { POLICY_VERSION, type TrustPolicy, type TrustStatement } from "./policy-document.js";

/** An OIDC provider, with whom of its identities to trust. */
export interface OidcTrust {
  /** ARN of the provider in IAM. */
  readonly providerArn: string;
  /** Audiences, in full, of which a token must have one. */
  readonly audiences: readonly string[];
  /** Subjects of which a token must match one; `*` stands for any text, `?` for one character. */
  readonly subjects: readonly string[];
  /**
   * Claims of a token that AWS evaluates beside these, each with the values of which it must have one; `{}` for
   * none. Required: a claim under a misspelt name would be no condition.
   */
  readonly claims: Readonly<Record<string, readonly string[]>>;
  /**
   * The literal beginning of the subjects that only you can be given: what an issuer without a known shape needs
   * for a wildcard. @default none
   */
  readonly owner?: string;
}

/** Who may assume a role. */
export interface Trust {
  /** Principals of services, as in `lambda.amazonaws.com`. @default none */
  readonly services?: readonly string[];
  /** The account that a service must act for. @default any */
  readonly sourceAccount?: string;
  /** What a service must act for, as ARNs, perhaps with wildcards. @default anything */
  readonly sourceArns?: readonly string[];
  /** ARNs of roles, users and accounts. @default none */
  readonly principalArns?: readonly string[];
  /** What those must say when they assume the role. @default nothing */
  readonly externalId?: string;
  /** Keys of the tags that those may give their sessions. @default none */
  readonly sessionTagKeys?: readonly string[];
  /** Identities from outside AWS. @default none */
  readonly oidc?: readonly OidcTrust[];
}

/**
 * The service that gives roles to pods, whose sessions have tags.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
export const POD_IDENTITY = "pods.eks.amazonaws.com";

const ASSUME = "sts:AssumeRole";
const TAG = "sts:TagSession";

/** A service that says for whom it acts when it assumes a role. */
export interface SourceService {
  /** The first part of its principal. */
  readonly name: string;
  /** The service in the ARNs of what it acts for. @default the name */
  readonly arns?: string;
  /** AWS's page that shows the keys in a role's trust policy. */
  readonly page: string;
}

/** The services that set `aws:SourceAccount` and `aws:SourceArn` when they assume a role, as AWS's pages say. */
export const SOURCE_SERVICES: readonly SourceService[] = [
  {
    name: "ecs-tasks",
    arns: "ecs",
    page: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
  },
  {
    name: "events",
    page: "https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html",
  },
  {
    name: "pipes",
    page: "https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html",
  },
  {
    name: "scheduler",
    page: "https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html",
  },
  {
    name: "states",
    page: "https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html",
  },
];

/** What the principals of those services match, in a region's own form too. */
export const SOURCE_SERVICE = `^(${SOURCE_SERVICES.map(({ name }) => name).join("|")})([.][a-z0-9-]+)?[.]amazonaws[.]com([.]cn)?$`;

/** The service in the ARNs of what a service acts for, by its principal. */
export function sourceServiceOf(principal: string): string {
  const [name = ""] = principal.split(".");
  return SOURCE_SERVICES.find((service) => service.name === name)?.arns ?? name;
}

/** What runs in AWS services may assume the role: one statement, or two where pods of EKS are among them. */
export function serviceTrust({
  services = [],
  sourceAccount,
  sourceArns = [],
}: Pick<Trust, "services" | "sourceAccount" | "sourceArns">): readonly TrustStatement[] {
  const condition = {
    ...(sourceAccount === undefined
      ? {}
      : { StringEquals: { "aws:SourceAccount": [sourceAccount] } }),
    ...(sourceArns.length === 0 ? {} : { ArnLike: { "aws:SourceArn": sourceArns } }),
  };
  const of = (some: readonly string[], actions: readonly string[]): readonly TrustStatement[] =>
    some.length === 0
      ? []
      : [
          {
            Effect: "Allow",
            Principal: { Service: some },
            Action: actions,
            ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
          },
        ];
  return [
    ...of(
      services.filter((service) => service !== POD_IDENTITY),
      [ASSUME],
    ),
    ...of(
      services.filter((service) => service === POD_IDENTITY),
      [ASSUME, TAG],
    ),
  ];
}

/**
 * Roles, users and accounts may assume the role.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
export function principalTrust({
  principalArns = [],
  externalId,
  sessionTagKeys = [],
}: Pick<Trust, "principalArns" | "externalId" | "sessionTagKeys">): readonly TrustStatement[] {
  if (principalArns.length === 0) {
    return [];
  }
  const tagged = sessionTagKeys.length > 0;
  const condition = {
    ...(externalId === undefined ? {} : { StringEquals: { "sts:ExternalId": [externalId] } }),
    ...(tagged ? { "ForAllValues:StringEquals": { "aws:TagKeys": sessionTagKeys } } : {}),
  };
  return [
    {
      Effect: "Allow",
      Principal: { AWS: principalArns },
      Action: tagged ? [ASSUME, TAG] : [ASSUME],
      ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
    },
  ];
}

/**
 * Identities of an OIDC provider may assume the role.
 *
 * @param issuer the provider's issuer without `https://`, where it cannot be read from the ARN.
 * @default the end of the ARN
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
 */
export function oidcTrust(
  { providerArn, audiences, subjects, claims }: OidcTrust,
  issuer = issuerOf(providerArn),
): TrustStatement {
  return {
    Effect: "Allow",
    Principal: { Federated: [providerArn] },
    Action: ["sts:AssumeRoleWithWebIdentity"],
    Condition: {
      StringEquals: {
        [`${issuer}:aud`]: audiences,
        ...Object.fromEntries(
          Object.entries(claims).map(([claim, values]) => [`${issuer}:${claim}`, values]),
        ),
      },
      StringLike: { [`${issuer}:sub`]: subjects },
    },
  };
}

/** The trust policy of a role, without a statement that trusts nobody. */
export function trustPolicy(trust: Trust): TrustPolicy {
  const { oidc = [] } = trust;
  return {
    Version: POLICY_VERSION,
    Statement: [
      ...serviceTrust(trust),
      ...principalTrust(trust),
      ...oidc.map((each) => oidcTrust(each)),
    ],
  };
}
