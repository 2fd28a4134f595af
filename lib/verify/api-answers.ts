import { apiName } from "../remotion/api-calls.js";
import { toleratedCall } from "../remotion/tolerated.js";
import { type Answer, type ApiAnswer, type CallAnswer, worse } from "./answer.js";
import type { NeededRequest } from "./needed-request.js";
import type { RequestAnswer } from "./request-answer.js";
import type { NeededCall, Requirement } from "./requirement.js";

/** What is said of a request, and which input would allow it. */
export interface AnsweredRequest extends RequestAnswer {
  readonly input?: string;
}

/** What is said of all APIs: one and the same object of all principals who lack the same. */
export class ApiAnswers {
  readonly #requirements: readonly Requirement[];
  readonly #known = new Map<string, readonly ApiAnswer[]>();
  readonly #texts = new Map<string, number>();
  readonly #numbers = new Map<RequestAnswer, number>();

  constructor(requirements: readonly Requirement[]) {
    this.#requirements = requirements;
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
        new Map(Array.from(open, ([request, answer]) => [request, complete(request, answer)])),
      );
    this.#known.set(key, known);
    return known;
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

  #answers(open: ReadonlyMap<NeededRequest, AnsweredRequest>): readonly ApiAnswer[] {
    return this.#requirements.map((requirement): ApiAnswer => {
      const calls = requirement.calls.map((call) => callAnswer(call, requirement, open));
      return {
        api: requirement.api.startsWith("output bucket ")
          ? requirement.api
          : apiName(requirement.api),
        situation: requirement.situation,
        answer: calls.map(({ answer }) => answer).reduce(worse, "allowed"),
        calls,
      };
    });
  }
}

function callAnswer(
  { request, when }: NeededCall,
  { api, situation }: Requirement,
  open: ReadonlyMap<NeededRequest, AnsweredRequest>,
): CallAnswer {
  const found = open.get(request);
  const { action, template } = request;
  const condition = when === undefined ? {} : { when };
  if (found === undefined) {
    return { action, resource: request.example, answer: "allowed", ...condition };
  }
  const tolerated =
    found.answer === "missing"
      ? recorded(toleratedCall(api, situation, action, template))
      : undefined;
  const answer: Answer = tolerated === undefined ? found.answer : "tolerated";
  return {
    action,
    resource: found.resource,
    answer,
    ...condition,
    ...(found.where === undefined ? {} : { where: found.where }),
    ...(found.because === undefined ? {} : { because: found.because }),
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
