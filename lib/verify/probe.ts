import { UnknownPart } from "../iam/evaluate/unknown-part.js";
import type { FunctionsRole } from "./checked-scope.js";
import type { Expectation, Expectations } from "./expectation.js";
import { noAnswers } from "./known-answers.js";
import type { KnownAttached } from "./known-policies.js";
import type { NeededRequest } from "./needed-request.js";
import type { Part } from "./part.js";
import { answerTo } from "./request-answer.js";
import { requesterOf } from "./requester.js";
import type { Scopes } from "./scopes.js";
import { isAllow, listOf, statementsOf } from "./statements.js";
import type { Known } from "./who-is-who.js";

const CREATE_FUNCTION = "lambda:CreateFunction";

/** Whether only Remotion has a resource of the table of API calls. Whoever may write logs may write all of them. */
export function isOfRemotion(template: string): boolean {
  return /\{(?:function|bucket|lambdaRole)\}/.test(template);
}

/** Asks principals for requests of Remotion's, before it is known what they are to it. */
export class Probe {
  readonly #scopes: Scopes;
  readonly #expectations: Expectations;
  readonly #roles: readonly FunctionsRole[];

  constructor(scopes: Scopes, expectations: Expectations, roles: readonly FunctionsRole[]) {
    this.#scopes = scopes;
    this.#expectations = expectations;
    this.#roles = roles;
  }

  /**
   * Whether a principal may do something to a function, bucket or role of Remotion's, by what is told of its
   * policies: what is not told makes nobody a bystander.
   */
  isAble({ principal, policies }: Known, actor: Part["actor"]): boolean {
    const told = { principal, policies: toldPart(policies) };
    const [widest] = this.#expected(told, actor);
    return (
      widest?.requests.some(
        (request) => isOfRemotion(request.template) && this.#allows(told, request),
      ) ?? false
    );
  }

  /** Whether a role may do all that Remotion's functions do when they are started with a bucket's name. */
  hasRolesPermissions(known: Known): boolean {
    const minimal = this.#expected(known, "role").at(-1);
    return minimal?.requests.every((request) => this.#allows(known, request)) ?? false;
  }

  /** Whether a policy is for the functions' role: it lets write their logs, and pass no role to them. */
  isForRole(known: Known): boolean {
    return this.#allowsAction(known, "role", "logs:PutLogEvents") && !this.maySetUp(known);
  }

  /**
   * Whether a principal sets functions up, which no function does: it may pass them a role, or its policies name
   * the action that makes them.
   */
  maySetUp(known: Known): boolean {
    return (
      this.#allowsAction(known, "user", "iam:PassRole") ||
      (namesInFull(known.policies, CREATE_FUNCTION) &&
        this.#allowsAction(known, "user", CREATE_FUNCTION))
    );
  }

  #allowsAction(known: Known, actor: Part["actor"], action: string): boolean {
    return (
      this.#expected(known, actor)[0]
        ?.requestsFor(action)
        .some((request) => this.#allows(known, request)) ?? false
    );
  }

  #expected({ principal, policies }: Known, actor: Part["actor"]): readonly Expectation[] {
    const scope = this.#scopes.of(principal, policies, actor);
    return this.#expectations.ofActor(actor, scope, undefined);
  }

  #allows(known: Known, request: NeededRequest): boolean {
    return answerTo(request, known.policies, requesterOf(known, this.#roles)).somewhere;
  }
}

/** Whether an Allow names the action without wildcards: by a wildcard it may be meant for others. */
function namesInFull({ documents }: KnownAttached, action: string): boolean {
  const folded = action.toLowerCase();
  return documents
    .flatMap(statementsOf)
    .some(
      (statement) =>
        isAllow(statement) &&
        listOf(statement["Action"]).some((name) => name.toLowerCase() === folded),
    );
}

/** The policies without those of which nothing is told. */
function toldPart(policies: KnownAttached): KnownAttached {
  const { identity, documents, unread, unreadBoundary, ...rest } = policies;
  const isTold = (_policy: unknown, index: number) => !(documents[index] instanceof UnknownPart);
  const told = identity.filter(isTold);
  const answers = noAnswers({ ...rest, identity: told });
  return told.length === identity.length && unread === undefined && unreadBoundary === undefined
    ? policies
    : {
        ...rest,
        key: `told ${policies.key}`,
        identity: told,
        documents: documents.filter(isTold),
        answersAbout: () => answers,
      };
}
