import { type PreparedRequest, prepareRequest } from "../iam/evaluate/request.js";
import type { ApiCall } from "../remotion/api-calls.js";
import { type SampleRequest, type SampleScope, sampleRequest } from "../remotion/sample-request.js";

/** A request as it is put to policies. */
export interface PutRequest {
  readonly sample: SampleRequest;
  readonly prepared: PreparedRequest;
}

/** What stands for the caller's name in the table of API calls. */
const CALLER = "{caller}";

/**
 * A request that a principal needs allowed: one for all calls of Remotion that make it, and for all
 * principals that it is the same for.
 */
export class NeededRequest {
  readonly action: string;
  /** The ARN in the table of API calls, with its placeholders. */
  readonly template: string;
  readonly #sample: SampleRequest;
  readonly #put: PutRequest | undefined;

  constructor(call: Pick<ApiCall, "action" | "resource">, scope: SampleScope) {
    this.action = call.action;
    this.template = call.resource;
    this.#sample = sampleRequest(call, { ...scope, callerName: CALLER });
    this.#put = this.#sample.resource.includes(CALLER) ? undefined : prepared(this.#sample);
  }

  /** Whether the request is another one for each caller. */
  get namesCaller(): boolean {
    return this.#put === undefined;
  }

  /** The request, where a principal of this name calls. */
  by(callerName: string): PutRequest {
    const { resource } = this.#sample;
    return (
      this.#put ??
      prepared({ ...this.#sample, resource: resource.replaceAll(CALLER, () => callerName) })
    );
  }
}

function prepared(sample: SampleRequest): PutRequest {
  return { sample, prepared: prepareRequest(sample) };
}
