import { evaluatePrepared } from "../iam/evaluate/evaluate.js";
import type { ApiCall } from "../remotion/api-calls.js";
import { apiName } from "../remotion/api-calls.js";
import type { Principal } from "../terraform/principal.js";
import type { Excess } from "./excess.js";
import type { Expectation } from "./expectation.js";
import type { KnownAttached } from "./known-policies.js";
import type { NeededCall } from "./needed-call.js";
import type { Part } from "./requirement.js";
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
 * Compares what a principal may do with what is expected of it, on resources that could exist.
 *
 * @param policies its policies, from `KnownPolicies`
 */
export function verifyPrincipal(
  principal: Principal,
  policies: KnownAttached,
  { part, requirements, excess }: Expectation,
): Verification {
  let allowed = 0;
  const apis = requirements.map(({ api, situation, calls }): ApiVerdict => {
    const missing = calls.flatMap((call) => missingCall(call, policies, part, principal) ?? []);
    allowed += calls.length - missing.length;
    return { api: apiName(api), situation, missing };
  });
  return {
    principal: principal.name,
    address: principal.address,
    part,
    apis,
    allowed,
    excess: principal.policies.flatMap(({ name, document }) => excess.excessOf(name, document)),
    notes: principal.notes,
  };
}

/** Whether a principal may do anything that Remotion needs. */
export function concernsRemotion(
  { name }: Principal,
  policies: KnownAttached,
  { calls }: Expectation,
): boolean {
  return calls.some((call) => isAllowed(call, policies, name));
}

/** Whether nothing is missing. */
export function isComplete({ apis }: Verification): boolean {
  return apis.every(({ missing }) => missing.length === 0);
}

function isAllowed(needed: NeededCall, policies: KnownAttached, callerName: string): boolean {
  const known = needed.namesCaller ? undefined : policies.answers.get(needed);
  if (known !== undefined) {
    return known;
  }
  const { prepared } = needed.requestOf(callerName);
  const allowed = evaluatePrepared(prepared, policies).decision === "allowed";
  if (!needed.namesCaller) {
    policies.answers.set(needed, allowed);
  }
  return allowed;
}

function missingCall(
  needed: NeededCall,
  policies: KnownAttached,
  part: Part,
  principal: Principal,
): MissingCall | undefined {
  if (isAllowed(needed, policies, principal.name)) {
    return undefined;
  }
  const { call } = needed;
  const { sample: request, prepared } = needed.requestOf(principal.name);
  const evaluation = evaluatePrepared(prepared, policies);
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
