import { type AttachedPolicies, evaluate, evaluatePrepared } from "../iam/evaluate/evaluate.js";
import { type PreparedRequest, prepareRequest } from "../iam/evaluate/request.js";
import { API_ROWS } from "../remotion/api-calls.js";
import { DEFAULT_NAMES } from "../remotion/default-names.js";
import { type SampleScope, sampleRequest } from "../remotion/sample-request.js";
import type { Principal, Reading } from "../terraform/principal.js";
import type { KnownPolicies } from "./known-policies.js";
import { allowStatements, namesAction } from "./statements.js";

/** Tells what the principals of a file are to Remotion. */
export class Actors {
  readonly #reading: Reading;
  readonly #scope: SampleScope;
  readonly #known: KnownPolicies;
  readonly #samples = new Map<string, readonly PreparedRequest[]>();
  #passers: readonly AttachedPolicies[] | undefined;

  constructor(reading: Reading, scope: SampleScope, known: KnownPolicies) {
    this.#reading = reading;
    this.#scope = scope;
    this.#known = known;
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
    return arn !== undefined && trustsLambda(trust) && this.#isPassed(arn);
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

  /** Whether somebody in the file may pass a role to Lambda. */
  #isPassed(arn: string): boolean {
    const request = {
      action: "iam:PassRole",
      resource: arn.replace("::*:", "::123456789012:"),
      context: { "iam:PassedToService": "lambda.amazonaws.com" },
    };
    this.#passers ??= this.#whoPassRoles();
    return this.#passers.some((other) => evaluate(request, other).decision === "allowed");
  }

  /** The policies of those who may pass some role, once for all that have the same. */
  #whoPassRoles(): AttachedPolicies[] {
    const passers = this.#reading.principals.filter(mayPassRoles).map((principal) => {
      // A boundary that forbids it makes the role no less the one that is meant to be passed.
      const policies = this.#known.attachedTo({ ...principal, boundary: undefined });
      return [policies.answers, policies] as const;
    });
    return [...new Map(passers).values()];
  }
}

function mayPassRoles({ policies }: Principal): boolean {
  return policies.some(({ document }) =>
    allowStatements(document).some((statement) => namesAction(statement, "iam:PassRole")),
  );
}

function trustsLambda(trust: unknown): boolean {
  return /"lambda\.amazonaws\.com(\.cn)?"/.test(JSON.stringify(trust) ?? "");
}
