import {
  type AttachedPolicies,
  type DecidingStatement,
  type Evaluation,
  evaluate,
} from "../iam/evaluate/evaluate.js";
import type { ApiCall } from "../remotion/api-calls.js";
import { apiName } from "../remotion/api-calls.js";
import type { ResourceScope } from "../remotion/resource-scope.js";
import { type SampleRequest, type SampleScope, sampleRequest } from "../remotion/sample-request.js";
import type { Principal } from "../terraform/principal.js";
import { type Excess, ExcessFinder } from "./excess.js";
import { KnownPolicies, type KnownPolicy } from "./known-policies.js";
import { type Part, type Requirement, referencePolicy, requirementsOf } from "./requirement.js";

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

/** Whether an API may be used in a situation. */
export interface ApiVerdict {
  readonly api: string;
  readonly situation: string;
  readonly missing: readonly MissingCall[];
}

/** What a principal may do of what Remotion needs. */
export interface Verification {
  readonly principal: string;
  readonly address: string;
  readonly part: Part;
  readonly apis: readonly ApiVerdict[];
  /** How many of the needed calls are allowed. */
  readonly allowed: number;
  readonly excess: readonly Excess[];
  readonly notes: readonly string[];
}

/**
 * Compares what principals may do with what their part of Remotion needs, on resources that could
 * exist. What depends on policies alone is worked out once for all who have the same ones.
 */
export class Verifier {
  readonly #scope: SampleScope;
  readonly #policies: KnownPolicies;
  readonly #needs = new Map<Part, Needs>();

  constructor(scope: SampleScope, policies = new KnownPolicies()) {
    this.#scope = scope;
    this.#policies = policies;
  }

  /** @throws PolicyError when one of the principal's policies is malformed */
  verify(principal: Principal, part: Part): Verification {
    const { name, address, policies, notes } = principal;
    const needs = this.#needsOf(part);
    const attached = this.#attached(principal);
    const rows = needs.rows.map((row) => this.#outcome(row, attached, name));
    return {
      principal: name,
      address,
      part,
      apis: rows.map(({ row, missing }) => ({
        api: apiName(row.api),
        situation: row.situation,
        missing: missing.map((denied) => missingCall(denied, attached, part)),
      })),
      allowed: rows.reduce((sum, { row, missing }) => sum + row.calls.length - missing.length, 0),
      excess: policies.flatMap((policy) => needs.excess.excessOf(policy.name, policy.document)),
      notes,
    };
  }

  #needsOf(part: Part): Needs {
    let needs = this.#needs.get(part);
    if (needs === undefined) {
      const scope = { ...this.#scope, callerName: CALLER };
      const reference = referencePolicy(part, widestScope(this.#scope));
      needs = {
        rows: requirementsOf(part, this.#scope).map((row) => ({
          ...row,
          isForCaller: row.calls.some(({ resource }) => resource.includes(CALLER)),
          requests: row.calls.map((call) => sampleRequest(call, scope)),
          outcomes: new Map(),
        })),
        excess: new ExcessFinder(reference),
      };
      this.#needs.set(part, needs);
    }
    return needs;
  }

  #attached({ policies, boundary }: Principal): Attached {
    const identity = policies.map(({ name, document }) => ({
      name,
      policy: this.#policies.of(document, name),
    }));
    const limit =
      boundary?.document === undefined
        ? undefined
        : { name: boundary.arn, policy: this.#policies.of(boundary.document, boundary.arn) };
    const compiled = identity.map(({ policy }) => policy.compiled);
    return {
      identity,
      boundary: limit,
      policies: {
        identity: compiled,
        ...(limit === undefined ? {} : { boundary: limit.policy.compiled }),
      },
      key: `${compiled.map(({ name }) => name).join()}|${limit?.policy.compiled.name ?? ""}`,
    };
  }

  #outcome(row: Row, attached: Attached, callerName: string): Outcome {
    if (row.isForCaller) {
      const requests = row.requests.map((request) => ({
        ...request,
        resource: request.resource.replaceAll(CALLER, () => callerName),
      }));
      return { row, missing: denials(row, requests, attached) };
    }
    let missing = row.outcomes.get(attached.key);
    if (missing === undefined) {
      missing = denials(row, row.requests, attached);
      row.outcomes.set(attached.key, missing);
    }
    return { row, missing };
  }
}

/**
 * Compares what a principal may do with what its part of Remotion needs.
 *
 * @throws PolicyError when one of its policies is malformed
 */
export function verifyPrincipal(
  principal: Principal,
  part: Part,
  scope: SampleScope,
): Verification {
  return new Verifier(scope).verify(principal, part);
}

/** Whether a principal may do anything that Remotion needs. */
export function concernsRemotion({ allowed }: Verification): boolean {
  return allowed > 0;
}

/** Whether nothing is missing. */
export function isComplete({ apis }: Verification): boolean {
  return apis.every(({ missing }) => missing.length === 0);
}

/** Stands for who calls. */
const CALLER = "{caller}";

/** What a part needs, ready for many principals. */
interface Needs {
  readonly rows: readonly Row[];
  readonly excess: ExcessFinder;
}

/** A requirement with its requests. */
interface Row extends Requirement {
  readonly requests: readonly SampleRequest[];
  /** Whether requests name who calls, as `CALLER`. */
  readonly isForCaller: boolean;
  /** What is not allowed, by the key of the policies. */
  readonly outcomes: Map<string, readonly Denial[]>;
}

/** A call that policies do not allow. */
interface Denial {
  readonly call: ApiCall;
  readonly request: SampleRequest;
  readonly evaluation: Exclude<Evaluation, { readonly decision: "allowed" }>;
}

/** What is not allowed of a row. */
interface Outcome {
  readonly row: Row;
  readonly missing: readonly Denial[];
}

/** The policies of a principal, under the names that they have there. */
interface Attached {
  readonly identity: readonly { readonly name: string; readonly policy: KnownPolicy }[];
  readonly boundary: { readonly name: string; readonly policy: KnownPolicy } | undefined;
  readonly policies: AttachedPolicies;
  /** The same for all who have the same documents. */
  readonly key: string;
}

function denials(row: Row, requests: readonly SampleRequest[], { policies }: Attached): Denial[] {
  return row.calls.flatMap((call, index) => {
    const request = requests[index];
    const evaluation = request && evaluate(request, policies);
    return request === undefined || evaluation === undefined || evaluation.decision === "allowed"
      ? []
      : [{ call, request, evaluation }];
  });
}

function missingCall(
  { call, request, evaluation }: Denial,
  { identity, boundary }: Attached,
  part: Part,
): MissingCall {
  const elsewhere = identity.some(({ policy }) => policy.namesAction(call.action));
  return {
    action: request.action,
    resource: request.resource,
    ...(call.when === undefined ? {} : { when: call.when }),
    because:
      evaluation.decision === "explicitly denied"
        ? deniedBy(evaluation.by, [...identity, ...(boundary === undefined ? [] : [boundary])])
        : evaluation.notAllowedBy === "permissions boundary"
          ? "the permissions boundary does not allow it"
          : elsewhere
            ? "it is allowed on other resources only"
            : "no statement allows it",
    input: inputFor(call, part, elsewhere),
  };
}

/** Which statement denies, by the name that its policy has for the principal. */
function deniedBy(by: DecidingStatement, policies: Attached["identity"]): string {
  const found = policies.find(({ policy }) => policy.compiled.name === by.policy);
  return `${found?.name ?? ""}${by.sid === undefined ? "" : `, statement ${by.sid},`} denies it`;
}

/** The module's input that a missing call comes from. */
function inputFor(call: ApiCall, { profile }: Part, elsewhere: boolean): string {
  if (call.action === "iam:PassRole") {
    return "lambda_role_name, lambda_role_path";
  }
  if (!elsewhere) {
    return `profile = "${profile}"`;
  }
  const inputs = [
    ["{bucket}", "bucket_names"],
    ["{function}", "function_names"],
    ["{functionLogs}", "function_names"],
    ["{region}", "regions"],
    ["{account}", "account_id"],
  ] as const;
  const names = inputs.filter(([place]) => call.resource.includes(place)).map(([, name]) => name);
  return [...new Set(names), `profile = "${profile}"`].join(", ");
}

/** Excess is measured against the profile as wide as it can be, so that narrowing is none. */
function widestScope({ partition, lambdaRoleName, lambdaRolePath }: SampleScope): ResourceScope {
  return {
    ...(partition === undefined ? {} : { partition }),
    ...(lambdaRoleName === undefined ? {} : { lambdaRoleName }),
    ...(lambdaRolePath === undefined ? {} : { lambdaRolePath }),
  };
}
