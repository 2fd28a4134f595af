import { Token } from "cdktf";
import type { Construct } from "constructs";
import {
  EXTERNAL_ID,
  GITHUB_SUBJECT,
  OIDC_AUDIENCE,
  OIDC_PROVIDER_ARN,
  OIDC_SUBJECT,
  PRINCIPAL_ARN,
  SERVICE_PRINCIPAL,
} from "../iam/rules.js";
import { GITHUB_PROVIDER, type OidcTrust } from "../iam/trust-policy.js";
import { checkEvery, checkRule } from "./checks.js";
import { nobodyTrusted, openOidcTrust } from "./errors.js";
import type { TrustProps } from "./trust-text.js";

/** Checks who may assume a role. @throws when a value breaks its rule, or nobody is trusted */
export function checkTrust(scope: Construct, props: TrustProps): void {
  const { trustedServices = [], trustedPrincipalArns = [], trustedOidc = [] } = props;
  for (const [index, service] of known(trustedServices).entries()) {
    checkRule(scope, `trustedServices[${index}]`, service, SERVICE_PRINCIPAL);
  }
  for (const [index, arn] of known(trustedPrincipalArns).entries()) {
    checkRule(scope, `trustedPrincipalArns[${index}]`, arn, PRINCIPAL_ARN);
  }
  checkRule(scope, "externalId", props.externalId, EXTERNAL_ID, true);
  for (const [index, trust] of known(trustedOidc).entries()) {
    checkOidcTrust(scope, `trustedOidc[${index}]`, trust);
  }
  const all = [trustedServices, trustedPrincipalArns, trustedOidc];
  if (all.every((list) => !Token.isUnresolved(list) && known<unknown>(list).length === 0)) {
    throw nobodyTrusted(scope.node.path);
  }
}

function checkOidcTrust(scope: Construct, prop: string, trust: OidcTrust): void {
  const { providerArn, audiences, subjects } = trust;
  checkRule(scope, `${prop}.providerArn`, providerArn, OIDC_PROVIDER_ARN);
  for (const [name, values] of Object.entries({ audiences, subjects })) {
    if (values.length === 0) {
      throw openOidcTrust(scope.node.path, `${prop}.${name}`);
    }
  }
  checkEvery(scope, `${prop}.audiences`, audiences, OIDC_AUDIENCE);
  const rules = providerArn.includes(GITHUB_PROVIDER)
    ? [OIDC_SUBJECT, GITHUB_SUBJECT]
    : [OIDC_SUBJECT];
  for (const [index, subject] of known(subjects).entries()) {
    for (const rule of rules) {
      checkRule(scope, `${prop}.subjects[${index}]`, subject, rule);
    }
  }
  if (Token.isUnresolved(subjects)) {
    for (const rule of rules) {
      checkEvery(scope, `${prop}.subjects`, subjects, rule);
    }
  }
}

/** The items of a list; none where only Terraform knows them. */
function known<Item>(list: readonly Item[] | object): readonly Item[] {
  return Token.isUnresolved(list) ? [] : (list as readonly Item[]);
}
