import { type IResolvable, TerraformLocal, Token } from "cdktf";
import type { Construct } from "constructs";
import { POLICY_VERSION, type TrustStatement } from "../iam/policy-document.js";
import { policySize } from "../iam/quotas.js";
import {
  ISSUER_SEPARATOR,
  type OidcTrust,
  oidcTrust,
  principalTrust,
  serviceTrust,
} from "../iam/trust-policy.js";
import { comment } from "./comment.js";
import { concatenation } from "./concatenation.js";
import { type ExpressionPart, expression, isSoleToken, textPart } from "./expression.js";
import type { PolicyText } from "./policy-text.js";

/** Who may assume a role. Every string and list may be a token. */
export interface TrustProps {
  /** Principals of services, as in `lambda.amazonaws.com`. @default none */
  readonly trustedServices?: readonly string[] | IResolvable;
  /** ARNs of roles, users and accounts. @default none */
  readonly trustedPrincipalArns?: readonly string[] | IResolvable;
  /** What those must say when they assume the role: 2 to 1,224 characters. @default nothing */
  readonly externalId?: string;
  /**
   * Identities of OIDC providers. A token stands for objects with `provider_arn`, `audiences` and
   * `subjects`. @default none
   */
  readonly trustedOidc?: readonly OidcTrust[] | IResolvable;
}

/** A trust policy put together in Terraform's locals. */
export interface TrustText extends Pick<PolicyText, "json" | "length" | "size"> {
  /** Token of the number of statements: without any, nobody could assume the role. */
  readonly count: ExpressionPart;
}

/** A statement with its reason. */
interface ReasonedTrust {
  readonly statement: TrustStatement;
  readonly reason: string;
  /** Whether only Terraform knows if the statement trusts anybody. */
  readonly optional: boolean;
}

/**
 * Puts a trust policy together in locals of the scope. There is no data source in it, so a plan shows
 * the text even where the caller's module has `depends_on`.
 */
export function trustText(scope: Construct, props: TrustProps): TrustText {
  const { trustedOidc = [] } = props;
  const oidc = Token.isUnresolved(trustedOidc) ? [] : (trustedOidc as readonly OidcTrust[]);
  const statements = [
    ...serviceStatements(props),
    ...principalStatements(scope, props),
    ...oidc.map(oidcStatement),
  ];
  const lists: ExpressionPart[] = [];
  if (statements.length > 0) {
    lists.push(statementsLocal(scope, statements));
  }
  if (Token.isUnresolved(trustedOidc)) {
    lists.push(oidcLocal(scope, trustedOidc as IResolvable).fqn);
  }
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
    size: Token.isUnresolved(trustedOidc) ? undefined : sizeOf(statements),
    count: expression`length(${policy.fqn}.Statement)`,
  };
}

/** The statements in a local, without those that turn out to trust nobody. */
function statementsLocal(scope: Construct, statements: readonly ReasonedTrust[]): ExpressionPart {
  const local = new TerraformLocal(
    scope,
    "trust_statements",
    statements.map(({ statement }) => statement),
  );
  const filtered = statements.some(({ optional }) => optional);
  const rest = filtered ? "; statements that trust nobody are left out below" : "";
  comment(local, `Who may assume the role${rest}.`);
  for (const [index, { reason }] of statements.entries()) {
    comment(local, reason, `/${index}`);
  }
  return filtered
    ? expression`[for statement in ${local.fqn} : statement if length(flatten(values(statement.Principal))) > 0]`
    : local.fqn;
}

function serviceStatements({ trustedServices = [] }: TrustProps): ReasonedTrust[] {
  const services = listOf(trustedServices);
  return services.length > 0
    ? [
        {
          statement: serviceTrust(services),
          reason: "What runs in these services.",
          optional: Token.isUnresolved(trustedServices),
        },
      ]
    : [];
}

const PRINCIPALS = "These roles, users and accounts";

/** One statement, or two of which Terraform keeps one where only it knows of an external id. */
function principalStatements(scope: Construct, props: TrustProps): ReasonedTrust[] {
  const { trustedPrincipalArns = [], externalId } = props;
  const arns = listOf(trustedPrincipalArns);
  if (arns.length === 0) {
    return [];
  }
  // A text with tokens in it cannot turn out to be null.
  if (externalId === undefined || !isSoleToken(externalId)) {
    const optional = Token.isUnresolved(trustedPrincipalArns);
    return [{ statement: principalTrust(arns, externalId), reason: `${PRINCIPALS}.`, optional }];
  }
  const all = Token.isUnresolved(trustedPrincipalArns)
    ? (trustedPrincipalArns as IResolvable)
    : new TerraformLocal(scope, "trusted_principal_arns", arns).fqn;
  const id = externalId;
  return [
    {
      statement: principalTrust(Token.asList(expression`${id} == null ? ${all} : []`)),
      reason: `${PRINCIPALS}, where no external id is asked of them.`,
      optional: true,
    },
    {
      statement: principalTrust(Token.asList(expression`${id} == null ? [] : ${all}`), id),
      reason: "The same, where they must say the external id.",
      optional: true,
    },
  ];
}

function oidcStatement(trust: OidcTrust): ReasonedTrust {
  const { providerArn } = trust;
  const issuer = Token.isUnresolved(providerArn)
    ? expression`split("${ISSUER_SEPARATOR}", ${textPart(providerArn)})[1]`.toString()
    : undefined;
  return {
    statement: oidcTrust(trust, issuer),
    reason: "Identities of this OIDC provider: these audiences, these subjects, and no others.",
    optional: false,
  };
}

function oidcLocal(scope: Construct, trusted: IResolvable): TerraformLocal {
  const key = (claim: string) =>
    `"\${split("${ISSUER_SEPARATOR}", trust.provider_arn)[1]}:${claim}"`;
  const local = new TerraformLocal(
    scope,
    "oidc_trust_statements",
    expression`[
  for trust in ${trusted} : {
    Effect    = "Allow"
    Principal = { Federated = [trust.provider_arn] }
    Action    = ["sts:AssumeRoleWithWebIdentity"]
    Condition = {
      StringEquals = { ${key("aud")} = trust.audiences }
      StringLike   = { ${key("sub")} = trust.subjects }
    }
  }
]`,
  );
  comment(local, "Identities of OIDC providers: these audiences, these subjects, and no others.");
  return local;
}

/** A list that Terraform knows as one that stands for it. */
function listOf(list: readonly string[] | IResolvable): readonly string[] {
  return Token.isUnresolved(list) ? Token.asList(list) : (list as readonly string[]);
}

/** The policy's size, unless a part of it is known to Terraform only. */
function sizeOf(statements: readonly ReasonedTrust[]): number | undefined {
  const plain = statements.map(({ statement }) => statement);
  return statements.some(({ optional }) => optional) || Token.isUnresolved(JSON.stringify(plain))
    ? undefined
    : policySize({ Version: POLICY_VERSION, Statement: plain });
}
