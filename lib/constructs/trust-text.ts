import { type IResolvable, TerraformLocal, Token } from "cdktf";
import type { Construct } from "constructs";
import { ISSUER_SEPARATOR } from "../iam/oidc-issuers.js";
import { POLICY_VERSION, type TrustStatement } from "../iam/policy-document.js";
import { policySize } from "../iam/quotas.js";
import {
  type OidcTrust,
  oidcTrust,
  POD_IDENTITY,
  principalTrust,
  serviceTrust,
} from "../iam/trust-policy.js";
import { comment } from "./comment.js";
import { concatenation } from "./concatenation.js";
import { CONCERNS, concern } from "./concern.js";
import type { Condition } from "./condition.js";
import { type ExpressionPart, expression, listPart, textPart } from "./expression.js";
import { oidcIdentities } from "./oidc-identities.js";
import type { PolicyText } from "./policy-text.js";
import { conditionLocal, isKnown, withCondition } from "./trust-condition.js";

/** Who may assume a role. Every string and list may be a token. */
export interface TrustProps {
  /** Principals of services, as in `lambda.amazonaws.com`. @default none */
  readonly trustedServices?: readonly string[] | IResolvable;
  /**
   * Number of the account that those services must act for: of ECS tasks, EventBridge and Step Functions.
   * @default any
   */
  readonly sourceAccount?: string;
  /** ARNs of what they must act for, perhaps with wildcards behind the account. @default anything */
  readonly sourceArns?: readonly string[] | IResolvable;
  /** ARNs of roles, users and accounts. @default none */
  readonly trustedPrincipalArns?: readonly string[] | IResolvable;
  /** What those must say when they assume the role: 2 to 1,224 characters. @default nothing */
  readonly externalId?: string;
  /** Keys of the tags that those may give to their sessions. @default none */
  readonly sessionTagKeys?: readonly string[] | IResolvable;
  /**
   * Identities of OIDC providers. A token stands for objects with `provider_arn`, `audiences`,
   * `subjects`, `claims` and `owner`. @default none
   */
  readonly trustedOidc?: readonly OidcTrust[] | IResolvable;
}

/** A trust policy put together in Terraform's locals. */
export interface TrustText extends Pick<PolicyText, "json" | "length" | "size"> {
  /** Token of the number of statements: without any, nobody could assume the role. */
  readonly count: ExpressionPart;
}

/** Statements of a policy: in TypeScript where all of them are known, else an expression of their list. */
type Statements =
  | { readonly known: readonly TrustStatement[]; readonly reason: string }
  | { readonly list: ExpressionPart };

/**
 * Puts a trust policy together in locals of the scope. There is no data source in it, so a plan shows
 * the text even where the caller's module has `depends_on`.
 */
export function trustText(scope: Construct, props: TrustProps): TrustText {
  const parts = [
    servicesOf(scope, props),
    principalsOf(scope, props),
    ...oidcOf(scope, props),
  ].filter((part) => "list" in part || part.known.length > 0);
  const known = parts.flatMap((part) => ("known" in part ? [part] : []));
  const lists = [
    ...(known.length === 0 ? [] : [knownLocal(scope, known)]),
    ...parts.flatMap((part) => ("list" in part ? [part.list] : [])),
  ];
  const policy = new TerraformLocal(scope, "trust_policy", {
    Version: POLICY_VERSION,
    Statement: expression`${concatenation(lists)}`,
  });
  const text = new TerraformLocal(
    scope,
    "trust_policy_json",
    expression`jsonencode(${policy.fqn})`,
  );
  const length = new TerraformLocal(scope, "trust_policy_size", expression`length(${text.fqn})`);
  return {
    json: text.asString,
    length: length.fqn,
    size: known.length === parts.length ? sizeOf(known.flatMap((part) => part.known)) : undefined,
    count: expression`length(${policy.fqn}.Statement)`,
  };
}

function knownLocal(
  scope: Construct,
  parts: readonly Extract<Statements, { known: unknown }>[],
): ExpressionPart {
  const statements = parts.flatMap(({ known, reason }) =>
    known.map((statement) => ({ statement, reason })),
  );
  const local = new TerraformLocal(
    scope,
    "trust_statements",
    statements.map(({ statement }) => statement),
  );
  comment(local, "Who may assume the role.");
  for (const [index, { reason }] of statements.entries()) {
    comment(local, reason, `/${index}`);
  }
  return local.fqn;
}

function servicesOf(scope: Construct, props: TrustProps): Statements {
  const { trustedServices: services = [], sourceAccount, sourceArns: arns = [] } = props;
  if (isKnown(services) && !Token.isUnresolved(sourceAccount) && isKnown(arns)) {
    return {
      known: serviceTrust({
        services,
        ...(sourceAccount === undefined ? {} : { sourceAccount }),
        sourceArns: arns,
      }),
      reason: "What runs in these services.",
    };
  }
  const condition = conditionLocal(
    scope,
    "source_condition",
    "For whom a service must act when it assumes the role.",
    [
      { operator: "StringEquals", key: "aws:SourceAccount", values: sourceAccount },
      { operator: "ArnLike", key: "aws:SourceArn", values: arns },
    ],
  );
  const all = listPart(services);
  const ofServices = (comparison: "==" | "!=") =>
    expression`[for service in ${all} : service if service ${comparison} "${POD_IDENTITY}"]`;
  const actions = new TerraformLocal(scope, "trusted_services", [
    { services: ofServices("!="), actions: ["sts:AssumeRole"] },
    { services: ofServices("=="), actions: ["sts:AssumeRole", "sts:TagSession"] },
  ]);
  comment(
    actions,
    "EKS Pod Identity gives the sessions of pods tags, and needs sts:TagSession for it.",
  );
  const local = new TerraformLocal(
    scope,
    "service_trust_statements",
    expression`[
  for trusted in ${actions.fqn} : ${withCondition(
    expression`{
      Effect    = "Allow"
      Principal = { Service = trusted.services }
      Action    = trusted.actions
    }`,
    condition,
  )} if length(trusted.services) > 0
]`,
  );
  return { list: local.fqn };
}

function principalsOf(scope: Construct, props: TrustProps): Statements {
  const { trustedPrincipalArns: arns = [], externalId, sessionTagKeys: keys = [] } = props;
  if (isKnown(arns) && arns.length === 0) {
    return { known: [], reason: "" };
  }
  if (isKnown(arns) && !Token.isUnresolved(externalId) && isKnown(keys)) {
    return {
      known: principalTrust({
        principalArns: arns,
        ...(externalId === undefined ? {} : { externalId }),
        sessionTagKeys: keys,
      }),
      reason: "These roles, users and accounts.",
    };
  }
  const condition = conditionLocal(
    scope,
    "principal_condition",
    "What roles, users and accounts must say, and may say, when they assume the role.",
    [
      { operator: "StringEquals", key: "sts:ExternalId", values: externalId },
      { operator: "ForAllValues:StringEquals", key: "aws:TagKeys", values: keys },
    ],
  );
  const tags = isKnown(keys) ? keys.length > 0 : expression`length(${keys}) > 0`;
  const statement = withCondition(
    expression`{
      Effect    = "Allow"
      Principal = { AWS = ${listPart(arns)} }
      Action    = ${assumedBy(tags)}
    }`,
    condition,
  );
  const list = expression`[\n  ${statement},\n]`;
  const local = new TerraformLocal(
    scope,
    "principal_trust_statements",
    isKnown(arns) ? list : expression`length(${arns}) == 0 ? [] : ${list}`,
  );
  return { list: local.fqn };
}

/** The actions of whoever assumes a role, and may tag the session where the condition holds. */
function assumedBy(tags: Condition): ExpressionPart {
  const [alone, tagging] = ['["sts:AssumeRole"]', '["sts:AssumeRole", "sts:TagSession"]'];
  return typeof tags === "boolean"
    ? tags
      ? tagging
      : alone
    : expression`${tags} ? ${tagging} : ${alone}`;
}

function oidcOf(scope: Construct, { trustedOidc = [] }: TrustProps): readonly Statements[] {
  return isKnown(trustedOidc)
    ? trustedOidc.map((trust) => ({
        known: [oidcStatement(trust)],
        reason:
          "Identities of this OIDC provider: these audiences, subjects and claims, and no others.",
      }))
    : [{ list: oidcLocal(scope, trustedOidc).fqn }];
}

function oidcStatement(trust: OidcTrust): TrustStatement {
  const { providerArn } = trust;
  const issuer = Token.isUnresolved(providerArn)
    ? expression`split("${ISSUER_SEPARATOR}", ${textPart(providerArn)})[1]`.toString()
    : undefined;
  return oidcTrust(trust, issuer);
}

function oidcLocal(scope: Construct, trusted: IResolvable): TerraformLocal {
  const local = new TerraformLocal(
    scope,
    "oidc_trust_statements",
    expression`[
  for trust in ${oidcIdentities(scope, trusted)} : {
    Effect    = "Allow"
    Principal = { Federated = [trust.provider_arn] }
    Action    = ["sts:AssumeRoleWithWebIdentity"]
    Condition = {
      StringEquals = merge(
        { "\${trust.issuer}:aud" = trust.audiences },
        { for claim, values in trust.claims : "\${trust.issuer}:\${claim}" => values },
      )
      StringLike = { "\${trust.issuer}:sub" = trust.subjects }
    }
  }
]`,
  );
  concern(local, CONCERNS.trustedOidc);
  comment(
    local,
    "Identities of OIDC providers: these audiences, subjects and claims, and no others.",
  );
  return local;
}

/** The policy's size, unless a part of it is known to Terraform only. */
function sizeOf(statements: readonly TrustStatement[]): number | undefined {
  return Token.isUnresolved(JSON.stringify(statements))
    ? undefined
    : policySize({ Version: POLICY_VERSION, Statement: statements });
}
