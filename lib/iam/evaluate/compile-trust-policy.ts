import { actionMatcher } from "./action-matcher.js";
import { type Answer, both, type Doubt } from "./answer.js";
import { conditionMatcher } from "./condition-matcher.js";
import { notAnObject, resourceNotAllowed, unknownElement } from "./errors.js";
import { isJsonObject } from "./json-object.js";
import { policyStatements } from "./policy-statements.js";
import type { TextSyntax } from "./policy-text.js";
import { principalMatcher, type Trustees } from "./principal-matcher.js";
import type { RequestContext } from "./request-context.js";
import { type Effect, effectOf, inDoubt, oneOf, statementId } from "./statement-elements.js";
import type { StatementSyntax } from "./statement-syntax.js";
import type { PartyNames } from "./trust-party.js";
import { UnknownPart } from "./unknown-part.js";

/** A trust policy that has been checked and made ready for many requests. */
export interface CompiledTrustPolicy {
  /** The name it was compiled under. */
  readonly name: string;
  readonly statements: readonly CompiledTrustStatement[];
  /** As of an identity policy; also for what names nobody. @default none */
  readonly remarks?: readonly string[];
}

/** A request for a role, ready for all statements. */
export interface PreparedTrustRequest {
  /** In lower case. */
  readonly action: string;
  readonly names: PartyNames;
  readonly context: RequestContext;
}

/** A statement of a trust policy, ready. */
interface CompiledTrustStatement {
  /** Its place in the policy, from 0. */
  readonly index: number;
  /** Its id, when it has one. */
  readonly sid?: string;
  readonly effect: Effect;
  /** Whether the statement is about this action, in lower case, or may be. */
  readonly concerns: (action: string) => boolean;
  /** Whether the statement is about this request, conditions included. */
  readonly applies: (request: PreparedTrustRequest) => Answer;
  /** Whom it names. */
  readonly trustees: Trustees;
  /** What is not told of whom it names, or whether it allows. */
  readonly doubts: readonly Doubt[];
  readonly remarks?: readonly string[];
}

const ELEMENTS = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Condition",
] as const;

/**
 * Checks a role's trust policy and makes it ready for `evaluateTrust`.
 *
 * @param policy the JSON text, or what it holds; from any source. An `UnknownPart` may stand in any
 * place of it, or for the whole
 * @param name what to call the policy in results and error messages
 * @throws PolicyError when it is not such a policy, with the place, the value and the way out
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_terms-and-concepts.html
 */
export function compileTrustPolicy(policy: unknown, name: string): CompiledTrustPolicy {
  return policyStatements(policy, name, compileTrustStatement);
}

function compileTrustStatement(
  statement: unknown,
  index: number,
  { variables }: Pick<TextSyntax, "variables">,
  where: string,
): CompiledTrustStatement {
  if (statement instanceof UnknownPart) {
    return unknownStatement(statement, index);
  }
  if (!isJsonObject(statement)) {
    throw notAnObject(where, statement);
  }
  checkElements(statement, where);
  const { effect, doubt } = effectOf(statement["Effect"], `${where}.Effect`);
  const sid = statementId(statement["Sid"], `${where}.Sid`);
  const remarks: string[] = [];
  const remark = (sentence: string): void => void remarks.push(sentence);
  const syntax: StatementSyntax = { variables, allows: effect === "Allow", remark };
  const principal = principalMatcher(statement, syntax, where);
  const matchesAction = actionMatcher(oneOf(statement, "Action", "NotAction", where), syntax);
  const { Condition: condition } = statement;
  const fulfils =
    condition === undefined ? undefined : conditionMatcher(condition, syntax, `${where}.Condition`);
  const applies = ({ action, names, context }: PreparedTrustRequest): Answer => {
    const named = both(matchesAction(action), principal.names(names));
    return named === false || fulfils === undefined ? named : both(named, fulfils(context));
  };
  return {
    index,
    ...(sid === undefined ? {} : { sid }),
    effect,
    concerns: (action) => matchesAction(action) !== false,
    applies: doubt === undefined ? applies : (request) => inDoubt(applies(request), doubt),
    trustees: principal.trustees,
    doubts: doubt === undefined ? principal.doubts : [doubt, ...principal.doubts],
    ...(remarks.length === 0 ? {} : { remarks }),
  };
}

function checkElements(statement: Readonly<Record<string, unknown>>, where: string): void {
  for (const key of Object.keys(statement)) {
    if (key === "Resource" || key === "NotResource") {
      throw resourceNotAllowed(`${where}.${key}`);
    }
    if (!ELEMENTS.some((element) => element === key)) {
      throw unknownElement(where, key, ELEMENTS);
    }
  }
}

/** A statement of which nothing is told: it may let in and refuse anybody. */
function unknownStatement(part: UnknownPart, index: number): CompiledTrustStatement {
  const doubts = [part];
  return {
    index,
    effect: "Allow or Deny",
    concerns: () => true,
    applies: () => doubts,
    trustees: { services: [], principals: [], federated: [], anybody: false },
    doubts,
  };
}
