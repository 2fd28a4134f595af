import type { CompiledPolicy } from "./compile-policy.js";
import {
  type DecidingStatement,
  firstIn,
  type UntoldCause,
  UntoldCauses,
} from "./deciding-statement.js";
import { type AccessRequest, type PreparedRequest, prepareRequest } from "./request.js";

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
      readonly notAllowedBy: "identity policies" | "permissions boundary" | "trust policy";
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
 * Evaluates a request against the policies of a user or role, for resources of its own account: a
 * Deny anywhere decides, then the identity policies must allow, and the boundary too. Where parts of
 * the policies or of the request are not told, the answer is one that holds whatever they are, or
 * that it cannot be told.
 *
 * Not taken into account: policies of resources, service and resource control policies, session
 * policies, VPC endpoint policies, and what services decide by themselves, such as KMS, which lets
 * identity policies count only when the key's policy says so.
 *
 * @throws RequestError when the action or the resource of the request is none, or is a pattern
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(request: AccessRequest, policies: AttachedPolicies): Evaluation {
  return evaluatePrepared(
    prepareRequest(request, () => request),
    policies,
  );
}

/** As `evaluate`, for a request that is put to the policies of many. */
export function evaluatePrepared(
  prepared: PreparedRequest,
  policies: AttachedPolicies,
): Evaluation {
  const { identity, boundary } = policies;
  const causes = new UntoldCauses();
  const denied =
    firstStatement("Deny", identity, prepared, causes) ??
    (boundary && firstIn(boundary, "Deny", prepared, causes));
  if (denied !== undefined) {
    return { decision: "explicitly denied", by: denied };
  }
  const grants = new UntoldCauses();
  const allowed = firstStatement("Allow", identity, prepared, grants);
  if (allowed === undefined) {
    addUnread(policies, grants, () => true);
    if (grants.list.length === 0) {
      return { decision: "implicitly denied", notAllowedBy: "identity policies" };
    }
    causes.addAll(grants);
  } else {
    addUnread(policies, causes, ({ mayDeny }) => mayDeny);
  }
  if (boundary !== undefined) {
    const limits = new UntoldCauses();
    if (firstIn(boundary, "Allow", prepared, limits) === undefined) {
      if (limits.list.length === 0) {
        return { decision: "implicitly denied", notAllowedBy: "permissions boundary" };
      }
      causes.addAll(limits);
    }
  }
  addUnreadBoundary(policies, causes);
  return allowed === undefined || causes.list.length > 0
    ? { decision: "untold", because: causes.list }
    : { decision: "allowed", by: allowed };
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
