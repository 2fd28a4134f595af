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
import { type ExpressionPart, expression, isSoleToken, listPart, textPart } from "./expression.js";
import type { PolicyText } from "./policy-text.js";

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
      { operator: "StringEquals", key: "aws:SourceAccount", values: oneOrNone(sourceAccount) },
      { operator: "ArnLike", key: "aws:SourceArn", values: listPart(arns) },
    ],
  );
  const all = listPart(services);
  const ofServices = (comparison: "==" | "!=") =>
    expression`[for service in ${all} : service if service ${comparison} "${POD_IDENTITY}"]`;
  const actions = new TerraformLocal(scope, "trusted_services", [
    { services: ofServices("!="), actions: ["sts:AssumeRole"] },
    { services: ofServices("=="), actions: ["sts:AssumeRole", "sts:TagSession"] },
  ]);
  comment(actions, "What runs in these services; EKS gives the sessions of pods tags.");
  const local = new TerraformLocal(
    scope,
    "service_trust_statements",
    expression`[
  for trusted in ${actions.fqn} : merge(
    {
      Effect    = "Allow"
      Principal = { Service = trusted.services }
      Action    = trusted.actions
    },
    { for element, value in { Condition = ${condition} } : element => value if length(value) > 0 },
  ) if length(trusted.services) > 0
]`,
  );
  return { list: local.fqn };
}

function principalsOf(scope: Construct, props: TrustProps): Statements {
  const { trustedPrincipalArns: arns = [], externalId, sessionTagKeys: keys = [] } = props;
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
      { operator: "StringEquals", key: "sts:ExternalId", values: oneOrNone(externalId) },
      { operator: "ForAllValues:StringEquals", key: "aws:TagKeys", values: listPart(keys) },
    ],
  );
  const all = listPart(arns);
  const local = new TerraformLocal(
    scope,
    "principal_trust_statements",
    expression`[
  for arns in [${all}] : merge(
    {
      Effect    = "Allow"
      Principal = { AWS = arns }
      Action    = concat(["sts:AssumeRole"], length(${listPart(keys)}) > 0 ? ["sts:TagSession"] : [])
    },
    { for element, value in { Condition = ${condition} } : element => value if length(value) > 0 },
  ) if length(arns) > 0
]`,
  );
  comment(local, "These roles, users and accounts.");
  return { list: local.fqn };
}

/** A key of a condition, with the list of its values as Terraform knows it. */
interface ConditionPart {
  readonly operator: string;
  readonly key: string;
  readonly values: ExpressionPart;
}

/** A condition in a local, without the operators whose keys have no value. */
function conditionLocal(
  scope: Construct,
  id: string,
  text: string,
  parts: readonly ConditionPart[],
): string {
  const width = Math.max(...parts.map(({ operator }) => quoted(operator).length));
  const rows = parts.reduce(
    (rest, { operator, key, values }) =>
      expression`${rest}\n    ${hcl(quoted(operator).padEnd(width))} = { "${hcl(key)}" = ${values} }`,
    expression``,
  );
  const local = new TerraformLocal(
    scope,
    id,
    expression`{
  for operator, keys in {${rows}
  } : operator => keys if length(flatten(values(keys))) > 0
}`,
  );
  comment(local, text);
  return local.fqn;
}

/** A name as the key of an object in HCL. */
function quoted(name: string): string {
  return /^\w+$/.test(name) ? name : `"${name}"`;
}

/** HCL text of our own as a part of an expression. */
function hcl(text: string): ExpressionPart {
  return text;
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
  const issuer = `\${split("${ISSUER_SEPARATOR}", trust.provider_arn)[1]}`;
  const local = new TerraformLocal(
    scope,
    "oidc_trust_statements",
    expression`[
  for trust in ${trusted} : {
    Effect    = "Allow"
    Principal = { Federated = [trust.provider_arn] }
    Action    = ["sts:AssumeRoleWithWebIdentity"]
    Condition = {
      StringEquals = merge(
        { "${issuer}:aud" = trust.audiences },
        { for claim, values in trust.claims : "${issuer}:\${claim}" => values },
      )
      StringLike = { "${issuer}:sub" = trust.subjects }
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

/** Whether a list is one that is known as one; its strings may be tokens all the same. */
function isKnown<Item>(list: readonly Item[] | IResolvable): list is readonly Item[] {
  return !Token.isUnresolved(list);
}

/** A string that may be null as a list of one or none. */
function oneOrNone(value: string | undefined): ExpressionPart {
  return value === undefined
    ? "[]"
    : isSoleToken(value) // A text with tokens in it cannot turn out to be null.
      ? expression`${value} == null ? [] : [${value}]`
      : expression`[${textPart(value)}]`;
}

/** The policy's size, unless a part of it is known to Terraform only. */
function sizeOf(statements: readonly TrustStatement[]): number | undefined {
  return Token.isUnresolved(JSON.stringify(statements))
    ? undefined
    : policySize({ Version: POLICY_VERSION, Statement: statements });
}
