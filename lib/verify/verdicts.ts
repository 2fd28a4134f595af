import { apiName } from "../remotion/api-calls.js";
import type { NeededRequest } from "./needed-request.js";
import type { NeededCall, Requirement } from "./requirement.js";

/** A call that a principal needs and is not allowed. */
export interface MissingCall {
  readonly action: string;
  readonly resource: string;
  /** The condition under which Remotion makes the call. */
  readonly when?: string;
  /** Why it is not allowed. */
  readonly because: string;
  /** The input of the modules that would allow it. */
  readonly input: string;
}

/** What is missing for any call that makes the same request. */
export type MissingRequest = Omit<MissingCall, "when">;

/** Whether an API may be used in a situation. */
export interface ApiVerdict {
  readonly api: string;
  readonly situation: string;
  readonly missing: readonly MissingCall[];
}

/** What is said of all APIs, and how many of their calls are allowed. */
export interface Verdict {
  readonly apis: readonly ApiVerdict[];
  readonly allowed: number;
}

/** What is said of principals: one and the same object of all who lack the same. */
export class Verdicts {
  readonly #requirements: readonly Requirement[];
  readonly #known = new Map<string, Verdict>();

  constructor(requirements: readonly Requirement[]) {
    this.#requirements = requirements;
  }

  /** @param missing what a principal lacks of the requests that are required, in their order */
  of(missing: ReadonlyMap<NeededRequest, MissingRequest>): Verdict {
    const key = Array.from(missing.values(), textOf).join("\n");
    const known = this.#known.get(key);
    if (known !== undefined) {
      return known;
    }
    const verdict = this.#verdict(missing);
    this.#known.set(key, verdict);
    return verdict;
  }

  #verdict(missing: ReadonlyMap<NeededRequest, MissingRequest>): Verdict {
    let allowed = 0;
    const apis = this.#requirements.map(({ api, situation, calls }): ApiVerdict => {
      const lacking = calls.flatMap((call) => missingCall(call, missing) ?? []);
      allowed += calls.length - lacking.length;
      return { api: apiName(api), situation, missing: lacking };
    });
    return { apis, allowed };
  }
}

function textOf({ action, resource, because, input }: MissingRequest): string {
  return [action, resource, because, input].join(" ");
}

function missingCall(
  { request, when }: NeededCall,
  missing: ReadonlyMap<NeededRequest, MissingRequest>,
): MissingCall | undefined {
  const found = missing.get(request);
  if (found === undefined) {
    return undefined;
  }
  const { action, resource, because, input } = found;
  return { action, resource, ...(when === undefined ? {} : { when }), because, input };
}
