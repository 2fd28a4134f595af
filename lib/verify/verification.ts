import { compilePolicy } from "../iam/evaluate/compile-policy.js";
import { type AttachedPolicies, evaluate } from "../iam/evaluate/evaluate.js";
import type { ApiCall } from "../remotion/api-calls.js";
import { apiName } from "../remotion/api-calls.js";
import type { ResourceScope } from "../remotion/resource-scope.js";
import { type SampleScope, sampleRequest } from "../remotion/sample-request.js";
import type { Principal } from "../terraform/principal.js";
import { type Excess, excessOf } from "./excess.js";
import { type Part, referencePolicy, requirementsOf } from "./requirement.js";
import { allowStatements, namesAction } from "./statements.js";

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
 * Compares what a principal may do with what its part of Remotion needs, on resources that could
 * exist.
 *
 * @throws PolicyError when one of its policies is malformed
 */
export function verifyPrincipal(
  principal: Principal,
  part: Part,
  scope: SampleScope,
): Verification {
  const policies = compile(principal);
  let allowed = 0;
  const apis = requirementsOf(part, scope).map(({ api, situation, calls }): ApiVerdict => {
    const missing = calls.flatMap((call) => {
      const found = missingCall(call, policies, part, scope, principal);
      allowed += found === undefined ? 1 : 0;
      return found === undefined ? [] : [found];
    });
    return { api: apiName(api), situation, missing };
  });
  const reference = referencePolicy(part, widestScope(scope));
  const excess = principal.policies.flatMap(({ name, document }) =>
    excessOf(name, document, reference),
  );
  return {
    principal: principal.name,
    address: principal.address,
    part,
    apis,
    allowed,
    excess,
    notes: principal.notes,
  };
}

/** Whether a principal may do anything that Remotion needs. */
export function concernsRemotion({ allowed }: Verification): boolean {
  return allowed > 0;
}

/** Whether nothing is missing. */
export function isComplete({ apis }: Verification): boolean {
  return apis.every(({ missing }) => missing.length === 0);
}

function compile({ policies, boundary }: Principal): AttachedPolicies {
  const identity = policies.map(({ name, document }) => compilePolicy(document, name));
  return boundary?.document === undefined
    ? { identity }
    : { identity, boundary: compilePolicy(boundary.document, boundary.arn) };
}

function missingCall(
  call: ApiCall,
  policies: AttachedPolicies,
  part: Part,
  scope: SampleScope,
  principal: Principal,
): MissingCall | undefined {
  const request = sampleRequest(call, { ...scope, callerName: principal.name });
  const evaluation = evaluate(request, policies);
  if (evaluation.decision === "allowed") {
    return undefined;
  }
  const elsewhere = principal.policies.some(({ document }) =>
    allowStatements(document).some((statement) => namesAction(statement, call.action)),
  );
  return {
    action: request.action,
    resource: request.resource,
    ...(call.when === undefined ? {} : { when: call.when }),
    because:
      evaluation.decision === "explicitly denied"
        ? `${evaluation.by.policy}${evaluation.by.sid === undefined ? "" : `, statement ${evaluation.by.sid},`} denies it`
        : evaluation.notAllowedBy === "permissions boundary"
          ? "the permissions boundary does not allow it"
          : elsewhere
            ? "it is allowed on other resources only"
            : "no statement allows it",
    input: inputFor(call, part, elsewhere),
  };
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
