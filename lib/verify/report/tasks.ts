import type { ApiAnswer, CallAnswer, Verification } from "../answer.js";
import { onceEach } from "../once-each.js";

/** What is to be done, and all that is missing, untold or tolerated for want of it. */
export interface Task {
  readonly answer: OpenAnswer;
  /** The input of the modules, what to give, or what Remotion goes on without. */
  readonly what: string;
  /** Whether it is a matter of security. @default false */
  readonly security?: true;
  /** Each action once with the same reason; what Remotion always needs comes first. */
  readonly lacks: readonly Lack[];
}

/** An action that is not allowed, or not known to be, for the same reason on all of some resources. */
export interface Lack {
  readonly action: string;
  /** At least one. */
  readonly resources: readonly string[];
  readonly because: string;
  /** In which regions, buckets or functions. @default everywhere */
  readonly where?: readonly string[];
  /** The APIs that need it, each with its situation; what people come for first. */
  readonly apis: readonly string[];
  /** The same APIs, each once, without situations where there are several. */
  readonly shortApis: readonly string[];
  /** The conditions under which it is needed; none where it is always. */
  readonly when: readonly string[];
}

/** All answers but allowed. */
export type OpenAnswer = "missing" | "untold" | "tolerated";

/**
 * What is to be done about APIs, the worst first: one and the same list for all principals who lack the same.
 */
export const tasksOf = onceEach((apis: Verification["apis"]): readonly Task[] => {
  const tasks = new Map<string, OpenTask>();
  for (const api of apis) {
    for (const call of api.answer === "allowed" ? [] : api.calls) {
      if (call.answer !== "allowed") {
        taskOf(tasks, call.answer, call).add(api, call);
      }
    }
  }
  return [...tasks.values()]
    .map((task) => task.done())
    .sort((one, other) => rankOf(one) - rankOf(other));
});

/** An API in its situation. */
export function nameOf({ api, situation }: Pick<ApiAnswer, "api" | "situation">): string {
  return situation === "any" ? api : `${api}, ${situation}`;
}

/** What people come for: it is told before the rest. */
const MAIN = ["render", "deploy"];

function namesOf(apis: readonly ApiAnswer[]): Pick<Lack, "apis" | "shortApis"> {
  const sorted = apis.toSorted((one, other) => rankOfApi(one) - rankOfApi(other));
  const names = sorted.map(nameOf);
  const short = [...new Set(sorted.map(({ api }) => api))];
  return { apis: names, shortApis: short.length === 1 ? names : short };
}

function rankOfApi({ api }: ApiAnswer): number {
  const place = MAIN.findIndex((beginning) => api.startsWith(beginning));
  return place === -1 ? MAIN.length : place;
}

const RANK: readonly OpenAnswer[] = ["missing", "untold", "tolerated"];

function rankOf({ answer, security }: Task): number {
  return security ? -1 : RANK.indexOf(answer);
}

function taskOf(tasks: Map<string, OpenTask>, answer: OpenAnswer, call: CallAnswer): OpenTask {
  const what =
    { missing: call.input, untold: call.give, tolerated: call.consequence }[answer] ?? "";
  const key = `${answer} ${what}`;
  const task = tasks.get(key) ?? new OpenTask(answer, what, call.security === true);
  tasks.set(key, task);
  return task;
}

interface OpenLack {
  readonly first: CallAnswer;
  readonly resources: Set<string>;
  readonly apis: ApiAnswer[];
  readonly when: Set<string>;
  always: boolean;
}

class OpenTask {
  readonly #about: Omit<Task, "lacks">;
  readonly #lacks = new Map<string, OpenLack>();

  constructor(answer: OpenAnswer, what: string, security: boolean) {
    this.#about = { answer, what, ...(security ? { security } : {}) };
  }

  add(api: ApiAnswer, call: CallAnswer): void {
    const key = JSON.stringify([call.action, call.because, call.where]);
    const lack = this.#lacks.get(key) ?? {
      first: call,
      resources: new Set(),
      apis: [],
      when: new Set(),
      always: false,
    };
    this.#lacks.set(key, lack);
    lack.resources.add(call.resource);
    if (!lack.apis.includes(api)) {
      lack.apis.push(api);
    }
    if (call.when === undefined) {
      lack.always = true;
    } else {
      lack.when.add(call.when);
    }
  }

  done(): Task {
    const lacks = [...this.#lacks.values()].map(
      ({ first: { action, because = "", where }, resources, apis, when, always }): Lack => ({
        action,
        resources: [...resources],
        because,
        ...(where === undefined ? {} : { where }),
        ...namesOf(apis),
        when: always ? [] : [...when],
      }),
    );
    return {
      ...this.#about,
      lacks: lacks.sort(
        (one, other) => Number(one.when.length > 0) - Number(other.when.length > 0),
      ),
    };
  }
}
