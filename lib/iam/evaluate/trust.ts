import type { CompiledTrustPolicy, PreparedTrustRequest } from "./compile-trust-policy.js";
import { firstIn, type UntoldCause, UntoldCauses } from "./deciding-statement.js";
import type { Evaluation } from "./evaluate.js";
import type { Trustees } from "./principal-matcher.js";
import { requestedAction } from "./request.js";
import { type ContextSource, RequestContext } from "./request-context.js";
import { prepareParty, type TrustParty } from "./trust-party.js";

export { compileTrustPolicy } from "./compile-trust-policy.js";

/** A request for a role. */
export interface TrustRequest extends Pick<ContextSource, "context" | "untold"> {
  /** As in `sts:AssumeRole`. Case is ignored. */
  readonly action: string;
  /** Who asks. */
  readonly by: TrustParty;
}

/**
 * Evaluates a request for a role against its trust policy: a Deny decides, then a statement must
 * allow. Only the role's own side is asked: whether the policies of a user or role let them ask for it,
 * which they must for a role of another account, is not.
 *
 * @throws RequestError when the action of the request is none, or is a pattern
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluateTrust(request: TrustRequest, policy: CompiledTrustPolicy): Evaluation {
  const prepared = prepareTrustRequest(request);
  const causes = new UntoldCauses();
  const denied = firstIn(policy, "Deny", prepared, causes);
  if (denied !== undefined) {
    return { decision: "explicitly denied", by: denied };
  }
  const grants = new UntoldCauses();
  const allowed = firstIn(policy, "Allow", prepared, grants);
  if (allowed === undefined && grants.list.length === 0) {
    return { decision: "implicitly denied", notAllowedBy: "trust policy" };
  }
  if (allowed === undefined) {
    causes.addAll(grants);
  }
  return allowed === undefined || causes.list.length > 0
    ? { decision: "untold", because: causes.list }
    : { decision: "allowed", by: allowed };
}

/** Whom the statements of a trust policy name that allow to assume the role. */
export interface TrustedBy extends Trustees {
  /** What is not told of them: there may be more. */
  readonly untold: readonly UntoldCause[];
}

const ASSUMING = ["sts:assumerole", "sts:assumerolewithwebidentity", "sts:assumerolewithsaml"];

/**
 * Whom a trust policy names in the statements that allow to assume the role, each once, as it is
 * written there: nobody else may assume it. Conditions and a Deny may keep them out, too.
 */
export function trusteesOf(policy: CompiledTrustPolicy): TrustedBy {
  const allowing = policy.statements.filter(
    ({ effect, concerns }) => effect !== "Deny" && ASSUMING.some(concerns),
  );
  const named = (list: (trustees: Trustees) => readonly string[]): string[] => [
    ...new Set(allowing.flatMap(({ trustees }) => list(trustees))),
  ];
  const untold = new UntoldCauses();
  for (const statement of allowing) {
    untold.addOf(policy, statement, statement.doubts);
  }
  return {
    services: named(({ services }) => services),
    principals: named(({ principals }) => principals),
    federated: named(({ federated }) => federated),
    anybody: allowing.some(({ trustees }) => trustees.anybody),
    untold: untold.list,
  };
}

function prepareTrustRequest({ action, by, context, untold }: TrustRequest): PreparedTrustRequest {
  const { names, source } = prepareParty(by);
  return {
    action: requestedAction(action),
    names,
    context: new RequestContext(() => ({
      ...source,
      context: { ...source.context, ...context },
      ...(untold === undefined ? {} : { untold }),
    })),
  };
}
