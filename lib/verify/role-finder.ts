import { type AttachedPolicies, evaluate } from "../iam/evaluate/evaluate.js";
import type { AccessRequest } from "../iam/evaluate/request.js";
import { API_ROWS } from "../remotion/api-calls.js";
import { DEFAULT_NAMES } from "../remotion/default-names.js";
import { type SampleScope, sampleRequest } from "../remotion/sample-request.js";
import type { Principal, Reading } from "../terraform/principal.js";
import type { KnownPolicies } from "./known-policies.js";

/** Tells the role that Remotion's functions run as from users and callers. */
export class RoleFinder {
  readonly #reading: Reading;
  readonly #scope: SampleScope;
  readonly #policies: KnownPolicies;
  #passing: readonly AttachedPolicies[] | undefined;

  constructor(reading: Reading, scope: SampleScope, policies: KnownPolicies) {
    this.#reading = reading;
    this.#scope = scope;
    this.#policies = policies;
  }

  /**
   * Whether a principal is the role that Remotion's functions run as, or a policy for it.
   *
   * @throws PolicyError when a policy that it is told by is malformed
   */
  isRole(principal: Principal): boolean {
    const { lambdaRoleName = DEFAULT_NAMES.lambdaRole } = this.#scope;
    const { kind, name, arn, trust } = principal;
    if (kind === "policy") {
      return this.#isRolePolicy(principal);
    }
    if (kind === "user" || name === lambdaRoleName) {
      return kind === "role";
    }
    if (arn === undefined || !trustsLambda(trust)) {
      return false;
    }
    // Somebody in the file may pass it to Lambda, and Lambda may assume it.
    const request = {
      action: "iam:PassRole",
      resource: arn.replace("::*:", "::123456789012:"),
      context: { "iam:PassedToService": "lambda.amazonaws.com" },
    };
    this.#passing ??= this.#whoPassRoles();
    return this.#passing.some((attached) => isAllowed(request, attached));
  }

  /** A document alone is for the role when it allows to write logs, and not to pass a role. */
  #isRolePolicy(principal: Principal): boolean {
    const attached = this.#attached(principal);
    const calls = API_ROWS.flatMap((row) => row.calls);
    const allowsCall = (action: string) =>
      calls
        .filter((call) => call.action === action && call.option === undefined)
        .some((call) => isAllowed(sampleRequest(call, this.#scope), attached));
    return allowsCall("logs:PutLogEvents") && !allowsCall("iam:PassRole");
  }

  /** The policies of those in the file who may pass any role, those of the same documents once. */
  #whoPassRoles(): AttachedPolicies[] {
    const different = new Map<string, AttachedPolicies>();
    for (const principal of this.#reading.principals) {
      const known = principal.policies.map(({ name, document }) =>
        this.#policies.of(document, name),
      );
      if (known.some((policy) => policy.namesAction("iam:PassRole"))) {
        const identity = known.map(({ compiled }) => compiled);
        different.set(identity.map(({ name }) => name).join(), { identity });
      }
    }
    return [...different.values()];
  }

  #attached({ policies }: Principal): AttachedPolicies {
    return {
      identity: policies.map(({ name, document }) => this.#policies.of(document, name).compiled),
    };
  }
}

function isAllowed(request: AccessRequest, attached: AttachedPolicies): boolean {
  return evaluate(request, attached).decision === "allowed";
}

function trustsLambda(trust: unknown): boolean {
  return /"lambda\.amazonaws\.com(\.cn)?"/.test(JSON.stringify(trust) ?? "");
}
