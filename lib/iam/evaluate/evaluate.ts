import type { CompiledPolicy } from "./compile-policy.js";
import {
  type DecidingStatement,
  firstIn,
  type UntoldCause,
  UntoldCauses,
} from "./deciding-statement.js";
import {
  deniedOutside,
  levelWithoutAllow,
  type OutsidePolicies,
  resourceGrants,
} from "./outside-policies.js";
import { type AccessRequest, type PreparedRequest, prepareRequest } from "./request.js";
import { both, either, type Told, toldOf } from "./told.js";

export type {
  /** @public */
  DecidingStatement,
  /** @public */
  UntoldCause,
} from "./deciding-statement.js";

/**
 * A policy that a principal has, and whose text is not there.
 *
 * @public It is what `AttachedPolicies` has as `unread`, for whoever puts it together.
 */
export interface UnreadIdentityPolicy {
  /** Its name or ARN. */
  readonly policy: string;
  /** Why its text is not there, as the rest of a sentence. */
  readonly cause: string;
  /** What to give so that it is. */
  readonly give: string;
  /** Whether it may also deny; it may allow anything. */
  readonly mayDeny: boolean;
}

/** The policies that decide what a user or role may do. */
export interface AttachedPolicies {
  /** Its identity policies, inline and managed, and those of a user's groups. */
  readonly identity: readonly CompiledPolicy[];
  /** Its permissions boundary, when it has one. */
  readonly boundary?: CompiledPolicy;
  /** Identity policies that it has, and whose text is not there. @default none */
  readonly unread?: readonly UnreadIdentityPolicy[];
  /** Set when it has a boundary whose text is not there: the name, why, and what to give. */
  readonly unreadBoundary?: Omit<UnreadIdentityPolicy, "mayDeny" | "policy"> & {
    /** @default "permissions boundary" */
    readonly policy?: string;
  };
}

/** What the policies say to a request, and which statement made it so. */
export type Evaluation =
  | {
      readonly decision: "allowed";
      /** The first statement that allows, of the identity policies or else of the resource's. */
      readonly by: DecidingStatement;
    }
  | {
      readonly decision: "explicitly denied";
      /** The first statement that denies: of the identity policies, the boundary, or outside of the principal. */
      readonly by: DecidingStatement;
    }
  | {
      readonly decision: "implicitly denied";
      /** Which policies have no statement that allows. */
      readonly notAllowedBy:
        | "identity policies"
        | "permissions boundary"
        | "trust policy"
        | "key policy"
        | "service control policies";
      /** Of service control policies, the level whose policies do not allow it. */
      readonly level?: string;
    }
  | {
      /** What decides is not told. */
      readonly decision: "untold";
      /** What it is, and what to give: one to five, each once. */
      readonly because: readonly UntoldCause[];
    };

/** What the policies say to a request. */
export type Decision = Evaluation["decision"];

/**
 * Evaluates a request against the policies of a user or role: a Deny anywhere decides, then the
 * identity policies must allow, or the policy of the resource for whom it names, then the boundary,
 * and each level of an organization. Where parts of the policies or of the request are not told, the
 * answer is one that holds whatever they are, or that it cannot be told.
 *
 * Not taken into account: session policies, VPC endpoint policies, and what services decide by
 * themselves.
 *
 * @param outside policies that the principal has not itself. @default none: the resource is of the
 * principal's account, and has no policy
 * @throws RequestError when the action or the resource of the request is none, or is a pattern
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(
  request: AccessRequest,
  policies: AttachedPolicies,
  outside?: OutsidePolicies,
): Evaluation {
  return evaluatePrepared(
    prepareRequest(request, () => request),
    policies,
    outside,
  );
}

/** As `evaluate`, for a request that is put to the policies of many. */
export function evaluatePrepared(
  prepared: PreparedRequest,
  policies: AttachedPolicies,
  outside?: OutsidePolicies,
): Evaluation {
  const { identity, boundary } = policies;
  const hasBoundary = boundary !== undefined || policies.unreadBoundary !== undefined;
  const causes = new UntoldCauses();
  const denied =
    firstStatement("Deny", identity, prepared, causes) ??
    (boundary && firstIn(boundary, "Deny", prepared, causes)) ??
    (outside && deniedOutside(prepared, outside, hasBoundary, causes));
  if (denied !== undefined) {
    return { decision: "explicitly denied", by: denied };
  }
  const open = new UntoldCauses();
  const by = firstStatement("Allow", identity, prepared, open);
  if (by === undefined) {
    addUnread(policies, open, () => true);
  }
  const own = toldOf(by, open);
  const resource = outside && resourceGrants(prepared, outside, own, hasBoundary);
  if (by !== undefined || resource !== undefined) {
    addUnread(policies, causes, ({ mayDeny }) => mayDeny);
  }
  const granted = resource?.withinBoundary ?? own;
  const beyond = resource?.beyondBoundary ?? false;
  const allowed = either(
    beyond,
    granted === false ? false : both(granted, within(boundary, prepared)),
  );
  if (allowed === false) {
    const notAllowedBy =
      granted !== false ? "permissions boundary" : (resource?.notAllowedBy ?? "identity policies");
    return { decision: "implicitly denied", notAllowedBy };
  }
  const level = outside && levelWithoutAllow(prepared, outside, causes);
  if (level !== undefined) {
    return { decision: "implicitly denied", notAllowedBy: "service control policies", level };
  }
  if (allowed !== true) {
    causes.addAll(allowed);
  }
  addUnreadBoundary(policies, causes);
  const statement = by ?? resource?.by;
  return allowed !== true || causes.list.length > 0 || statement === undefined
    ? { decision: "untold", because: causes.list }
    : { decision: "allowed", by: statement };
}

/** Whether a boundary allows a request; where there is none, all is allowed. */
function within(boundary: CompiledPolicy | undefined, prepared: PreparedRequest): Told {
  if (boundary === undefined) {
    return true;
  }
  const open = new UntoldCauses();
  return toldOf(firstIn(boundary, "Allow", prepared, open), open);
}

function addUnread(
  { unread = [] }: AttachedPolicies,
  causes: UntoldCauses,
  counts: (policy: UnreadIdentityPolicy) => boolean,
): void {
  for (const { policy, cause, give } of unread.filter(counts)) {
    causes.add({ policy, cause, give });
  }
}

function addUnreadBoundary({ unreadBoundary }: AttachedPolicies, causes: UntoldCauses): void {
  if (unreadBoundary !== undefined) {
    const { policy = "permissions boundary", cause, give } = unreadBoundary;
    causes.add({ policy, cause, give });
  }
}

function firstStatement(
  effect: "Allow" | "Deny",
  policies: readonly CompiledPolicy[],
  request: PreparedRequest,
  causes: UntoldCauses,
): DecidingStatement | undefined {
  for (const policy of policies) {
    const found = firstIn(policy, effect, request, causes);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
