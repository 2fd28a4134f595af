import {
  ACCOUNT_ID,
  EXTERNAL_ID,
  PRINCIPAL_ARN,
  SERVICE_PRINCIPAL,
  SESSION_TAG_KEY,
  SOURCE_ARN,
} from "../iam/rules.js";
import type { OidcTrust } from "../iam/trust-policy.js";
import { kindsOf, orNone } from "../iam/value-kind.js";
import { nullableText, texts } from "./kinds.js";
import type { TrustProps } from "./trust-text.js";

/** Of an OIDC provider the types alone: which subjects are right depends on the issuer. */
const OIDC_TRUST = kindsOf<OidcTrust>()({
  providerArn: { kind: "text" },
  audiences: { kind: "list", items: { kind: "text" } },
  subjects: { kind: "list", items: { kind: "text" } },
  claims: { kind: "map", values: { kind: "list", items: { kind: "text" } } },
  owner: orNone({ kind: "text" }),
});

/** The declaration of the props that say who may assume a role. */
export const TRUST = kindsOf<TrustProps>()({
  trustedServices: texts(SERVICE_PRINCIPAL),
  sourceAccount: nullableText(ACCOUNT_ID),
  sourceArns: texts(SOURCE_ARN),
  trustedPrincipalArns: texts(PRINCIPAL_ARN),
  externalId: nullableText(EXTERNAL_ID),
  sessionTagKeys: texts(SESSION_TAG_KEY),
  trustedOidc: orNone({ kind: "list", items: { kind: "object", props: OIDC_TRUST } } as const),
});
