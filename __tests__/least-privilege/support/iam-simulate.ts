import {
  createValidatedPolicy,
  type ValidatedPolicy,
  validateIdentityPolicy,
} from "@cloud-copilot/iam-policy";
import { runSimulation, type Simulation } from "@cloud-copilot/iam-simulate";
import type { Decision } from "../../../lib/iam/evaluate/evaluate.js";
import { keyPolicy } from "./key-policy.js";

/** The account of the principal and of every resource. */
export const ACCOUNT = "123456789012";

/** The principal of every simulated request. */
export const PRINCIPAL = `arn:aws:iam::${ACCOUNT}:user/remotion-user`;

export interface SimulatedCase {
  readonly action: string;
  readonly resource: string;
  readonly context?: Record<string, string | string[]>;
  readonly identity: readonly object[];
  readonly boundary?: object | undefined;
}

const DECISIONS: Readonly<Record<string, Decision>> = {
  Allowed: "allowed",
  ImplicitlyDenied: "implicitly denied",
  ExplicitlyDenied: "explicitly denied",
};

/** Validated once per document: a third of the time of a simulation goes into it. */
const validated = new WeakMap<object, ValidatedPolicy>();

function asValidated(policy: object): ValidatedPolicy {
  const known = validated.get(policy) ?? createValidatedPolicy(policy, validateIdentityPolicy);
  validated.set(policy, known);
  return known;
}

/** What iam-simulate says: a decision, or why it does not take the request. */
export async function simulate(
  input: SimulatedCase,
): Promise<{ decision: Decision } | { refused: string }> {
  const named = (policy: object, index: number) => ({
    name: String(index),
    policy: asValidated(policy),
  });
  const simulation: Simulation = {
    request: {
      principal: input.resource.startsWith("arn:aws-cn:")
        ? PRINCIPAL.replace("arn:aws:", "arn:aws-cn:")
        : PRINCIPAL,
      action: input.action,
      resource: { resource: input.resource, accountId: ACCOUNT },
      contextVariables: input.context ?? {},
    },
    identityPolicies: input.identity.map(named),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    ...(input.boundary === undefined
      ? {}
      : { permissionBoundaryPolicies: [named(input.boundary, 0)] }),
    ...(/^arn:[^:]*:kms:[^:]*:[^:]*:key\//.test(input.resource)
      ? { resourcePolicy: keyPolicy(ACCOUNT) }
      : {}),
  };
  const result = await runSimulation(simulation, {});
  if (result.resultType === "error") {
    return { refused: JSON.stringify(result.errors) };
  }
  const decision = DECISIONS[result.overallResult];
  if (decision === undefined) {
    throw new Error(`unknown result ${result.overallResult}`);
  }
  return { decision };
}
