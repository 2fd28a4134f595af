import { type AttachedPolicies, evaluatePrepared } from "../iam/evaluate/evaluate.js";
import { type PreparedRequest, prepareRequest } from "../iam/evaluate/request.js";
import { API_ROWS } from "../remotion/api-calls.js";
import { DEFAULT_NAMES } from "../remotion/default-names.js";
import { type SampleScope, sampleRequest } from "../remotion/sample-request.js";
import type { Principal, Reading } from "../terraform/principal.js";
import { Passers } from "./passers.js";

/** Tells what the principals of a file are to Remotion. */
export class Actors {
  readonly #reading: Reading;
  readonly #scope: SampleScope;
  readonly #samples = new Map<string, readonly PreparedRequest[]>();
  readonly #trusting = new Map<unknown, boolean>();
  #knownPassers: Passers | undefined;

  constructor(reading: Reading, scope: SampleScope) {
    this.#reading = reading;
    this.#scope = scope;
  }

  /**
   * Whether a principal is the role that Remotion's functions run as, or a policy for it.
   *
   * @param policies its policies, ready for requests
   * @throws PolicyError when a policy of somebody who may pass roles is malformed
   */
  isRole({ kind, name, arn, trust }: Principal, policies: AttachedPolicies): boolean {
    const { lambdaRoleName = DEFAULT_NAMES.lambdaRole } = this.#scope;
    if (kind === "policy") {
      return this.#isRolePolicy(policies);
    }
    if (kind === "user" || name === lambdaRoleName) {
      return kind === "role";
    }
    return arn !== undefined && this.#trustsLambda(trust) && this.#passers.mayPass(arn);
  }

  /** A document alone is for the role when it allows to write logs, and not to pass a role. */
  #isRolePolicy(policies: AttachedPolicies): boolean {
    const allowsCall = (action: string) =>
      this.#samplesOf(action).some(
        (request) => evaluatePrepared(request, policies).decision === "allowed",
      );
    return allowsCall("logs:PutLogEvents") && !allowsCall("iam:PassRole");
  }

  /** The requests that Remotion makes for an action, without options. */
  #samplesOf(action: string): readonly PreparedRequest[] {
    const known = this.#samples.get(action);
    if (known !== undefined) {
      return known;
    }
    const samples = API_ROWS.flatMap(({ calls }) => calls)
      .filter((call) => call.action === action && call.option === undefined)
      .map((call) => prepareRequest(sampleRequest(call, this.#scope)));
    this.#samples.set(action, samples);
    return samples;
  }

  #trustsLambda(trust: unknown): boolean {
    let trusts = this.#trusting.get(trust);
    if (trusts === undefined) {
      trusts = /"lambda\.amazonaws\.com(\.cn)?"/.test(JSON.stringify(trust) ?? "");
      this.#trusting.set(trust, trusts);
    }
    return trusts;
  }

  get #passers(): Passers {
    this.#knownPassers ??= new Passers(this.#reading.principals);
    return this.#knownPassers;
  }
}
