import { type Answer, both, type Doubt, not } from "./answer.js";
import type { CompiledPolicy } from "./compile-policy.js";
import { compileStatement } from "./compile-statement.js";
import type { OutsideKind } from "./deciding-statement.js";
import { notAnObject, principalOfControlPolicy } from "./errors.js";
import { isJsonObject } from "./json-object.js";
import { policyStatements } from "./policy-statements.js";
import type { TextSyntax } from "./policy-text.js";
import { type CompiledPrincipal, principalMatcher } from "./principal-matcher.js";
import type { PreparedRequest } from "./request.js";
import type { ResourceCaller } from "./resource-caller.js";
import { type Effect, inDoubt } from "./statement-elements.js";
import type { PartyNames } from "./trust-party.js";
import { UnknownPart } from "./unknown-part.js";

/** The policy of a resource, checked and made ready for many requests. */
export interface CompiledResourcePolicy {
  /** The name it was compiled under. */
  readonly name: string;
  readonly kind: OutsideKind;
  readonly statements: readonly CompiledResourceStatement[];
}

/** A request, and who makes it. */
export interface ResourceRequest {
  readonly request: PreparedRequest;
  readonly caller: ResourceCaller;
  /** Whether the caller has a permissions boundary. */
  readonly hasBoundary: boolean;
}

/** By which of their names an Allow is for somebody. */
export type GrantedAs = "itself" | "role" | "account" | "everybody";

/** A statement of a resource's policy, ready. */
interface CompiledResourceStatement {
  /** Its place in the policy, from 0. */
  readonly index: number;
  /** Its id, when it has one. */
  readonly sid?: string;
  readonly effect: Effect;
  /** Whether a Deny is about this request and its caller, by whatever name. */
  readonly applies: (about: ResourceRequest) => Answer;
  /** Whether an Allow is about this request and its caller, by one kind of name. */
  readonly grants: (about: ResourceRequest, as: GrantedAs) => Answer;
}

/**
 * Checks the policy of a resource, as a bucket or a key, and makes it ready for `evaluate`.
 *
 * @param policy the JSON text, or what it holds; from any source. An `UnknownPart` may stand in any
 * place of it, or for the whole
 * @param name what to call the policy in results and error messages
 * @param doubt why it is open whether the resource has this policy. @default it has
 * @throws PolicyError when it is not such a policy, with the place, the value and the way out
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html
 */
export function compileResourcePolicy(
  policy: unknown,
  { name, kind, doubt }: { name: string; kind: OutsideKind; doubt?: UnknownPart },
): CompiledResourcePolicy {
  const compile = (...written: Parameters<typeof compileResourceStatement>) => {
    const statement = compileResourceStatement(...written);
    return doubt === undefined ? statement : doubted(statement, doubt);
  };
  return { kind, ...policyStatements(policy, name, compile) };
}

/**
 * Likewise a resource control policy. AWS attaches one that allows all to everything, and takes only a Deny in all
 * others.
 *
 * @throws PolicyError also where it names somebody
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
 */
export function compileResourceControlPolicy(
  policy: unknown,
  about: { name: string; doubt?: UnknownPart },
): CompiledResourcePolicy {
  const { statements, ...compiled } = compileResourcePolicy(policy, {
    ...about,
    kind: "resource control policy",
  });
  for (const { index, isForEverybody, principal } of statements as readonly Written[]) {
    if (!isForEverybody) {
      throw principalOfControlPolicy(
        `Policy ${JSON.stringify(about.name)}, Statement[${index}].Principal`,
        principal,
      );
    }
  }
  return { ...compiled, statements };
}

/** A statement, and whom it names as it is written. */
interface Written extends CompiledResourceStatement {
  readonly isForEverybody: boolean;
  readonly principal: unknown;
}

function compileResourceStatement(
  statement: unknown,
  index: number,
  syntax: Pick<TextSyntax, "variables">,
  where: string,
): Written {
  if (statement instanceof UnknownPart) {
    const doubts = [statement];
    return {
      index,
      effect: "Allow or Deny",
      applies: () => doubts,
      grants: () => doubts,
      isForEverybody: true,
      principal: statement,
    };
  }
  if (!isJsonObject(statement)) {
    throw notAnObject(where, statement);
  }
  const { Principal: named, NotPrincipal: leftOut, Sid: sid, ...others } = statement;
  const principal = principalMatcher(statement, { remark: () => {} }, where);
  // Buckets and keys take any text for an id, which AWS itself writes with blanks.
  const compiled = compileStatement(others, index, syntax, where);
  const { effect } = compiled;
  return {
    index,
    ...(typeof sid === "string" && sid !== "" ? { sid } : {}),
    effect,
    applies: (about) => both(compiled.applies(about.request), deniedTo(principal, about)),
    grants: (about, as) => both(compiled.applies(about.request), grantedTo(principal, about, as)),
    isForEverybody: isEverybody(named),
    principal: named ?? leftOut,
  };
}

function isEverybody(principal: unknown): boolean {
  if (principal instanceof UnknownPart) {
    return true;
  }
  const named: unknown = isJsonObject(principal) ? principal["AWS"] : principal;
  const [only, ...others] = [named].flat();
  return others.length === 0 && (only === "*" || only instanceof UnknownPart);
}

/**
 * Whether a Deny is for the caller. With NotPrincipal it is for all who are not left out by each of their names,
 * as AWS writes, and for whoever has a permissions boundary.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function deniedTo(
  { names, leavesOut }: CompiledPrincipal,
  { caller, hasBoundary }: ResourceRequest,
): Answer {
  if (leavesOut === undefined) {
    return names(caller.any);
  }
  const everybody = leavesOut(caller.everybody);
  if (everybody === true) {
    return false;
  }
  if (hasBoundary) {
    return true;
  }
  const isNamed = leavesOut(caller.any);
  if (isNamed === false) {
    return true;
  }
  const parts = [caller.itself, caller.role, caller.account].filter(hasNames);
  const byEach = parts.map(leavesOut).reduce<Answer>(both, true);
  return byEach === true ? false : [PARTLY];
}

function hasNames({ AWS, account, roleOfSession, sessions }: PartyNames): boolean {
  return [...AWS, account, roleOfSession, sessions].some((name) => name !== undefined);
}

const PARTLY: Doubt = {
  cause:
    "its NotPrincipal leaves out the caller by some of its names, and AWS may deny whoever is not left out by all",
  give: "a policy that compares aws:PrincipalArn in a Condition",
};

/** Whether an Allow is for the caller by a kind of name: one for all but some is for everybody. */
function grantedTo(
  { names, leavesOut }: CompiledPrincipal,
  { caller }: ResourceRequest,
  as: GrantedAs,
): Answer {
  if (leavesOut === undefined) {
    return names(caller[as]);
  }
  return as === "everybody" && not(leavesOut(caller.any));
}

/** A statement of a policy of which it is open whether the resource has it. */
function doubted<Statement extends CompiledResourceStatement>(
  { applies, grants, ...statement }: Statement,
  doubt: UnknownPart,
): Statement {
  return {
    ...statement,
    applies: (about: ResourceRequest) => inDoubt(applies(about), doubt),
    grants: (about: ResourceRequest, as: GrantedAs) => inDoubt(grants(about, as), doubt),
  } as Statement;
}

/** A policy that names nobody, as a service control policy, of which it is open whether it counts. */
export function policyInDoubt(policy: CompiledPolicy, doubt: UnknownPart): CompiledPolicy {
  return {
    ...policy,
    statements: policy.statements.map(({ applies, ...statement }) => ({
      ...statement,
      applies: (request: PreparedRequest) => inDoubt(applies(request), doubt),
    })),
  };
}
