import { apiName } from "../remotion/api-calls.js";
import { toleratedCall } from "../remotion/tolerated.js";
import { type Answer, type ApiAnswer, type CallAnswer, worse } from "./answer.js";
import type { CheckedScope } from "./checked-scope.js";
import type { ApiRequest, NeededRequest } from "./needed-request.js";
import type { RequestAnswer } from "./request-answer.js";
import type { NeededCall, Requirement } from "./requirement.js";

/** What is said of a request, and which input would allow it. */
export interface AnsweredRequest extends RequestAnswer {
  readonly input?: string;
}

/** What is said of all APIs: one and the same object of all principals who lack the same. */
export class ApiAnswers {
  readonly #requirements: readonly Requirement[];
  readonly #scope: CheckedScope;
  readonly #known = new Map<string, readonly ApiAnswer[]>();
  readonly #texts = new Map<string, number>();
  readonly #numbers = new Map<RequestAnswer, number>();

  constructor(requirements: readonly Requirement[], scope: CheckedScope) {
    this.#requirements = requirements;
    this.#scope = scope;
  }

  /**
   * @param open what is not allowed of the requests that are required, in their order
   * @param about what else the answers depend on: the names of the policies, and hints
   * @param complete what is said of an answer that several principals share
   */
  of(
    open: ReadonlyMap<NeededRequest, RequestAnswer>,
    about: string,
    complete: (request: NeededRequest, answer: RequestAnswer) => AnsweredRequest,
  ): readonly ApiAnswer[] {
    const numbers = Array.from(open.values(), (answer) => this.#number(answer));
    const key = open.size === 0 ? "" : `${numbers.join()} ${about}`;
    const known =
      this.#known.get(key) ??
      this.#answers(
        new Map(Array.from(open, ([needed, answer]) => [needed.request, complete(needed, answer)])),
      );
    this.#known.set(key, known);
    return known;
  }

  /** Of each API, in the order of the answers, the places of those calls of whose requests something holds. */
  placesOfCalls(holds: (request: ApiRequest) => boolean): readonly (readonly number[])[] {
    return this.#requirements.map(({ calls }) =>
      calls.flatMap(({ request }, place) => (holds(request) ? [place] : [])),
    );
  }

  /** A short name for what is said: V8 tells long keys apart by their length alone. */
  #number(answer: RequestAnswer): number {
    const number = this.#numbers.get(answer) ?? this.#numberOf(JSON.stringify(answer));
    this.#numbers.set(answer, number);
    return number;
  }

  #numberOf(text: string): number {
    const number = this.#texts.get(text) ?? this.#texts.size;
    this.#texts.set(text, number);
    return number;
  }

  #answers(open: ReadonlyMap<ApiRequest, AnsweredRequest>): readonly ApiAnswer[] {
    return this.#requirements.map((requirement) =>
      requirement.calls.some(({ request }) => open.has(request))
        ? openApi(requirement, open, this.#scope)
        : new AllowedApi(requirement, this.#scope),
    );
  }
}

/** An API of which all is allowed. Its calls are written out for who looks at them: most reports do not. */
class AllowedApi implements ApiAnswer {
  readonly answer = "allowed";
  readonly #requirement: Requirement;
  readonly #scope: CheckedScope;

  constructor(requirement: Requirement, scope: CheckedScope) {
    this.#requirement = requirement;
    this.#scope = scope;
  }

  get api(): string {
    return nameOf(this.#requirement).api;
  }

  get situation(): string {
    return this.#requirement.situation;
  }

  get calls(): readonly CallAnswer[] {
    return this.#requirement.calls.map((call) => allowedCall(call, this.#scope));
  }

  /** What JSON has of it, as of any other. */
  toJSON(): ApiAnswer {
    const { api, situation, answer, calls } = this;
    return { api, situation, answer, calls };
  }
}

function openApi(
  requirement: Requirement,
  open: ReadonlyMap<ApiRequest, AnsweredRequest>,
  scope: CheckedScope,
): ApiAnswer {
  const calls = requirement.calls.map((call) => {
    const found = open.get(call.request);
    return found === undefined ? allowedCall(call, scope) : openCall(call, requirement, found);
  });
  const answer = calls.map((call) => call.answer).reduce(worse, "allowed");
  return { ...nameOf(requirement), answer, calls };
}

function nameOf({ api, situation }: Requirement): Pick<ApiAnswer, "api" | "situation"> {
  return { api: api.startsWith("output bucket ") ? api : apiName(api), situation };
}

function allowedCall({ request, when }: NeededCall, scope: CheckedScope): CallAnswer {
  return {
    action: request.action,
    resource: request.in(scope).example,
    answer: "allowed",
    ...(when === undefined ? {} : { when }),
  };
}

function openCall(
  { request, when }: NeededCall,
  { api, situation }: Requirement,
  found: AnsweredRequest,
): CallAnswer {
  const { action, template } = request;
  const tolerated =
    found.answer === "missing"
      ? recorded(toleratedCall(api, situation, action, template))
      : undefined;
  const answer: Answer = tolerated === undefined ? found.answer : "tolerated";
  return {
    action,
    resource: found.resource,
    answer,
    ...(when === undefined ? {} : { when }),
    ...(found.where === undefined ? {} : { where: found.where }),
    ...(found.because === undefined ? {} : { because: found.because }),
    ...(found.deniedBy === undefined ? {} : { deniedBy: found.deniedBy }),
    ...(answer === "untold" && found.give !== undefined ? { give: found.give } : {}),
    ...(answer === "missing" && found.input !== undefined ? { input: found.input } : {}),
    ...(tolerated === undefined ? {} : { consequence: tolerated.then }),
    ...(tolerated?.security ? { security: true as const } : {}),
  };
}

/** A denial that Remotion was seen to go on from. What was only read in its code is no proof, and is missing. */
function recorded(call: ReturnType<typeof toleratedCall>): ReturnType<typeof toleratedCall> {
  return call?.unrecorded === undefined ? call : undefined;
}
