import { createValidatedPolicy, validateTrustPolicy } from "@cloud-copilot/iam-policy";
import { anonymousPrincipal, runUnsafeSimulation } from "@cloud-copilot/iam-simulate";
import { ACCOUNT } from "../../support/callers.js";

/** Somebody who asks for a role. */
export interface AssumeRequest {
  /** ARN of a user, a role or an OIDC provider, or a service's name; undefined for a stranger who signs nothing. */
  readonly principal: string | undefined;
  readonly action: string;
  /** What STS knows of the request beside: the external id, the claims of a token. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** What the caller's own side allows, so that the trust policy alone decides. */
const EVERYTHING_OF_STS = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:*", Resource: "*" }],
};

/** What is wrong with a trust policy in itself. */
export function trustPolicyErrors(policy: object): readonly unknown[] {
  return validateTrustPolicy(policy);
}

/**
 * Whether a role's trust policy lets somebody assume the role. iam-simulate's checked entry drops the
 * claims `aud` and `sub` of issuers that AWS lists no such keys for, GitHub's among them; the one used
 * here leaves the request as it is. A federated principal is the ARN of its provider there.
 */
export function mayAssume(trustPolicy: object, request: AssumeRequest): boolean {
  const { principal = anonymousPrincipal, action, context } = request;
  const hasPolicies = request.principal?.startsWith("arn:") === true;
  const result = runUnsafeSimulation(
    {
      request: {
        principal,
        action,
        resource: {
          resource: `arn:aws:iam::${ACCOUNT}:role/remotion-execution-role`,
          accountId: ACCOUNT,
        },
        contextVariables: Object.fromEntries(
          Object.entries(context).map(([key, value]) => [
            key,
            typeof value === "string" ? value : [...value],
          ]),
        ),
      },
      identityPolicies: hasPolicies ? [{ name: "own", policy: EVERYTHING_OF_STS }] : [],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: createValidatedPolicy(trustPolicy, validateTrustPolicy, { name: "trust" }),
    },
    {},
  );
  return result === "Allowed";
}
