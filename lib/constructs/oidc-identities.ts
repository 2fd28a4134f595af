import { TerraformLocal } from "cdktf";
import type { Construct } from "constructs";
import { ISSUER_SEPARATOR } from "../iam/oidc-issuers.js";
import { comment } from "./comment.js";
import { CONCERNS, concern } from "./concern.js";
import { type ExpressionPart, expression } from "./expression.js";

const ID = "oidc_identities";

/**
 * The OIDC identities that only Terraform knows, each with its `issuer` and `normalized_issuer` (that of `plainIssuer`) beside what is given of it, in one local for
 * whoever asks in the scope.
 *
 * @param trusted a list of objects, as the input `trusted_oidc` has them
 * @returns the local's reference
 */
export function oidcIdentities(scope: Construct, trusted: ExpressionPart): string {
  const existing = scope.node.tryFindChild(ID);
  if (existing instanceof TerraformLocal) {
    return existing.fqn;
  }
  const local = new TerraformLocal(
    scope,
    ID,
    expression`[
  for trust in ${trusted} : merge(trust, {
    issuer            = split("${ISSUER_SEPARATOR}", trust.provider_arn)[1]
    normalized_issuer = trimsuffix(lower(split("${ISSUER_SEPARATOR}", trust.provider_arn)[1]), "/")
  })
]`,
  );
  concern(local, CONCERNS.trustedOidc);
  comment(
    local,
    "The identities that are trusted, each with its issuer: as keys of conditions have it, and as the tables do.",
  );
  return local.fqn;
}
