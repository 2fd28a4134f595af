import { type PreparedRequest, prepareRequest } from "../iam/evaluate/request.js";
import type { ApiCall } from "../remotion/api-calls.js";
import { type SampleRequest, type SampleScope, sampleRequest } from "../remotion/sample-request.js";

/** A request as it is put to policies. */
export interface NeededRequest {
  readonly sample: SampleRequest;
  readonly prepared: PreparedRequest;
}

/** What stands for the caller's name in the table of API calls. */
const CALLER = "{caller}";

/** A call that a principal needs, made into a request once for all that it is the same for. */
export class NeededCall {
  readonly call: ApiCall;
  readonly #sample: SampleRequest;
  readonly #request: NeededRequest | undefined;

  constructor(call: ApiCall, scope: SampleScope) {
    this.call = call;
    this.#sample = sampleRequest(call, { ...scope, callerName: CALLER });
    this.#request = this.#sample.resource.includes(CALLER) ? undefined : prepared(this.#sample);
  }

  /** Whether the request is another one for each caller. */
  get namesCaller(): boolean {
    return this.#request === undefined;
  }

  /** The request, where a principal of this name calls. */
  requestOf(callerName: string): NeededRequest {
    const { resource } = this.#sample;
    return (
      this.#request ??
      prepared({ ...this.#sample, resource: resource.replaceAll(CALLER, () => callerName) })
    );
  }
}

function prepared(sample: SampleRequest): NeededRequest {
  return { sample, prepared: prepareRequest(sample) };
}
