import type { CompiledPolicy } from "./compile-policy.js";
import { type AccessRequest, type PreparedRequest, prepareRequest } from "./request.js";

/** The policies that decide what a user or role may do. */
export interface AttachedPolicies {
  /** Its identity policies, inline and managed, and those of a user's groups. */
  readonly identity: readonly CompiledPolicy[];
  /** Its permissions boundary, when it has one. */
  readonly boundary?: CompiledPolicy;
}

/**
 * The statement that decided: its policy, its place in it from 0, and its id when it has one.
 *
 * @public It is what `Evaluation` has as `by`, for whoever hands that on.
 */
export interface DecidingStatement {
  readonly policy: string;
  readonly index: number;
  readonly sid?: string;
}

/** What the policies say to a request, and which statement made it so. */
export type Evaluation =
  | {
      readonly decision: "allowed";
      /** The first statement of the identity policies that allows. */
      readonly by: DecidingStatement;
    }
  | {
      readonly decision: "explicitly denied";
      /** The first statement that denies, of the identity policies or the boundary. */
      readonly by: DecidingStatement;
    }
  | {
      readonly decision: "implicitly denied";
      /** Which policies have no statement that allows. */
      readonly notAllowedBy: "identity policies" | "permissions boundary";
    };

/** What the policies say to a request. */
export type Decision = Evaluation["decision"];

/**
 * Evaluates a request against the policies of a user or role, for resources of its own account: a
 * Deny anywhere decides, then the identity policies must allow, and the boundary too.
 *
 * Not taken into account: policies of resources, service and resource control policies, session
 * policies, VPC endpoint policies, and what services decide by themselves, such as KMS, which lets
 * identity policies count only when the key's policy says so.
 *
 * @throws RequestError when the action or the resource of the request is none, or is a pattern
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(request: AccessRequest, policies: AttachedPolicies): Evaluation {
  return evaluatePrepared(prepareRequest(request), policies);
}

/** As `evaluate`, for a request that is put to the policies of many. */
export function evaluatePrepared(
  prepared: PreparedRequest,
  { identity, boundary }: AttachedPolicies,
): Evaluation {
  const denied =
    firstStatement("Deny", identity, prepared) ??
    (boundary && firstStatement("Deny", [boundary], prepared));
  if (denied !== undefined) {
    return { decision: "explicitly denied", by: denied };
  }
  const allowed = firstStatement("Allow", identity, prepared);
  if (allowed === undefined) {
    return { decision: "implicitly denied", notAllowedBy: "identity policies" };
  }
  if (boundary !== undefined && firstStatement("Allow", [boundary], prepared) === undefined) {
    return { decision: "implicitly denied", notAllowedBy: "permissions boundary" };
  }
  return { decision: "allowed", by: allowed };
}

function firstStatement(
  effect: "Allow" | "Deny",
  policies: readonly CompiledPolicy[],
  request: PreparedRequest,
): DecidingStatement | undefined {
  for (const policy of policies) {
    for (const statement of policy.statements) {
      if (statement.effect === effect && statement.applies(request)) {
        const { index, sid } = statement;
        return { policy: policy.name, index, ...(sid === undefined ? {} : { sid }) };
      }
    }
  }
  return undefined;
}
