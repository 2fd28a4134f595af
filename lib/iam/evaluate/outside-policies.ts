import type { Doubt } from "./answer.js";
import type { CompiledPolicy } from "./compile-policy.js";
import type {
  CompiledResourcePolicy,
  GrantedAs,
  ResourceRequest,
} from "./compile-resource-policy.js";
import { type DecidingStatement, firstIn, placed, UntoldCauses } from "./deciding-statement.js";
import type { PreparedRequest } from "./request.js";
import type { ResourceCaller } from "./resource-caller.js";
import { both, either, type Told, toldOf } from "./told.js";

/** The service control policies that an organization has at its root, at a unit, or at an account. */
export interface ControlLevel {
  /** What it is called in results. */
  readonly name: string;
  /** One of these must allow. Without an Allow in any, AWS's `FullAWSAccess` is there, too. */
  readonly policies: readonly CompiledPolicy[];
  /** Why it is open whether it has other policies that allow more. @default these are all */
  readonly more?: Doubt;
}

/** What the policy of a resource is for. */
export type ResourceRule =
  /** Of the caller's account: who is named in it needs nothing else. */
  | "own"
  /** A key of the caller's account: identity policies count where the key's policy says so. */
  | "own key"
  /** Of another account: both sides have to allow. */
  | "of another account";

/** Policies that decide about a request, and that the principal has not itself. */
export interface OutsidePolicies {
  /** Who calls, as the policies of resources name them. */
  readonly caller: ResourceCaller;
  /** Of each level above the principal. @default none */
  readonly serviceControl?: readonly ControlLevel[];
  /** Of the resource's account, for a service that knows them. @default none */
  readonly resourceControl?: readonly CompiledResourcePolicy[];
  /** The policy of the resource: several, where it is open which of them it has. @default none */
  readonly resource?: {
    readonly rule: ResourceRule;
    readonly policies: readonly CompiledResourcePolicy[];
  };
}

/** The first statement that denies, outside of the principal; of others that may, adds why nobody can tell. */
export function deniedOutside(
  request: PreparedRequest,
  outside: OutsidePolicies,
  hasBoundary: boolean,
  causes: UntoldCauses,
): DecidingStatement | undefined {
  const { caller, serviceControl = [], resourceControl = [], resource } = outside;
  const about = { request, caller, hasBoundary };
  const controls = serviceControl.flatMap(({ policies }) => policies);
  const others = [...resourceControl, ...(resource?.policies ?? [])];
  return (
    first(controls, (policy) => firstIn(policy, "Deny", request, causes)) ??
    first(others, (policy) => firstIn(policy, "Deny", about, causes))
  );
}

/** The first level that does not allow a request; of others that may not, adds why nobody can tell. */
export function levelWithoutAllow(
  request: PreparedRequest,
  { serviceControl = [] }: OutsidePolicies,
  causes: UntoldCauses,
): string | undefined {
  for (const level of serviceControl) {
    const { name, policies } = level;
    const open = new UntoldCauses();
    const by = first(policies, (policy) => firstIn(policy, "Allow", request, open));
    const allowed = policies.some(mayAllow) ? toldOf(by, open) : true;
    if (allowed instanceof UntoldCauses) {
      causes.addAll(allowed);
    } else if (!allowed) {
      const doubt = moreOf(level);
      if (doubt === undefined) {
        return name;
      }
      causes.add({ policy: name, kind: "service control policy", ...doubt });
    }
  }
  return undefined;
}

/** Why a level may allow what none of its policies does; undefined where it does not. */
function moreOf({ policies, more }: ControlLevel): Doubt | undefined {
  return more === undefined
    ? policies.some(surelyAllows)
      ? undefined
      : EFFECT_NOT_TOLD
    : { cause: more.cause, give: more.give };
}

function mayAllow({ statements }: CompiledPolicy): boolean {
  return statements.some(({ effect }) => effect !== "Deny");
}

/** Whether a policy allows something, so that AWS's own need not be there beside it. */
function surelyAllows({ statements }: CompiledPolicy): boolean {
  return statements.some(({ effect }) => effect === "Allow");
}

const EFFECT_NOT_TOLD: Doubt = {
  cause: "whether its policies allow anything, or only deny, is not told",
  give: "the policies in full",
};

/** What the policy of a resource makes of what the identity policies allow. */
interface ResourceGrants {
  /** What is allowed as far as the boundary allows it, too. */
  readonly withinBoundary: Told;
  /** What is allowed whatever the boundary says. */
  readonly beyondBoundary: Told;
  /** The first statement that allows. */
  readonly by?: DecidingStatement;
  /** What is to be said where nothing is allowed. */
  readonly notAllowedBy: "identity policies" | "key policy";
}

/**
 * What the policy of a resource allows, beside or together with the identity policies: to users and sessions whom it
 * names whatever their boundary is, to roles within it.
 *
 * @param own whether the identity policies allow it
 * @returns undefined where the resource has no policy
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-request.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export function resourceGrants(
  request: PreparedRequest,
  { caller, resource }: OutsidePolicies,
  own: Told,
  hasBoundary: boolean,
): ResourceGrants | undefined {
  if (resource === undefined) {
    return undefined;
  }
  const { rule, policies } = resource;
  const grants = new Grants(policies, { request, caller, hasBoundary });
  const named = either(grants.to("role"), grants.to("everybody"));
  if (rule === "of another account") {
    const toAny = either(either(grants.to("itself"), named), grants.to("account"));
    return {
      withinBoundary: both(own, toAny),
      beyondBoundary: false,
      notAllowedBy: own === false ? "identity policies" : "key policy",
    };
  }
  const delegated = rule === "own" ? own : both(grants.to("account"), own);
  const beyondBoundary = either(
    grants.to("itself"),
    hasBoundary ? open(grants.to("everybody")) : false,
  );
  return {
    withinBoundary: either(delegated, named),
    beyondBoundary,
    ...(grants.by === undefined ? {} : { by: grants.by }),
    notAllowedBy:
      rule === "own key" && grants.to("account") === false ? "key policy" : "identity policies",
  };
}

/** Whether a boundary limits what everybody is granted is open. */
function open(toEverybody: Told): Told {
  if (toEverybody !== true) {
    return toEverybody;
  }
  const causes = new UntoldCauses();
  causes.add({
    policy: "permissions boundary",
    cause: "AWS does not say whether it limits what the policy of a resource grants to everybody",
    give: "a boundary that allows it",
  });
  return causes;
}

/** What some policies allow, by the kind of name that they have for the caller: each worked out once. */
class Grants {
  /** The first statement that surely allows. */
  by: DecidingStatement | undefined;
  readonly #policies: readonly CompiledResourcePolicy[];
  readonly #about: ResourceRequest;
  readonly #known = new Map<GrantedAs, Told>();

  constructor(policies: readonly CompiledResourcePolicy[], about: ResourceRequest) {
    this.#policies = policies;
    this.#about = about;
  }

  to(as: GrantedAs): Told {
    const known = this.#known.get(as) ?? this.#workedOut(as);
    this.#known.set(as, known);
    return known;
  }

  #workedOut(as: GrantedAs): Told {
    const causes = new UntoldCauses();
    for (const policy of this.#policies) {
      for (const statement of policy.statements) {
        const answer = statement.effect !== "Deny" && statement.grants(this.#about, as);
        if (answer === true) {
          this.by ??= placed(policy, statement);
          return true;
        }
        if (answer !== false) {
          causes.addOf(policy, statement, answer);
        }
      }
    }
    return toldOf(undefined, causes);
  }
}

function first<Item, Found>(
  items: readonly Item[],
  find: (item: Item) => Found | undefined,
): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
