import { type Evaluation, evaluatePrepared } from "../iam/evaluate/evaluate.js";
import type { Principal } from "../terraform/principal.js";
import type { Excess } from "./excess.js";
import type { Expectation } from "./expectation.js";
import type { KnownAttached } from "./known-policies.js";
import type { NeededRequest } from "./needed-request.js";
import type { Part } from "./requirement.js";
import type { MissingRequest, Verdict } from "./verdicts.js";

/** What a principal may do of what Remotion needs. */
export interface Verification extends Verdict {
  readonly principal: string;
  readonly address: string;
  readonly part: Part;
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
  { part, requests, verdicts, excess }: Expectation,
): Verification {
  const missing = new Map<NeededRequest, MissingRequest>();
  for (const request of requests) {
    if (!isAllowed(request, policies, principal.name)) {
      missing.set(request, missingRequest(request, policies, part, principal.name));
    }
  }
  return {
    principal: principal.name,
    address: principal.address,
    part,
    ...verdicts.of(missing),
    excess: principal.policies.flatMap(({ name, document }) => excess.excessOf(name, document)),
    notes: principal.notes,
  };
}

/** Whether a principal may do anything that Remotion needs. */
export function concernsRemotion(
  { name }: Principal,
  policies: KnownAttached,
  { requests }: Expectation,
): boolean {
  return requests.some((request) => isAllowed(request, policies, name));
}

/** Whether nothing is missing. */
export function isComplete({ apis }: Verification): boolean {
  return apis.every(({ missing }) => missing.length === 0);
}

function isAllowed(needed: NeededRequest, policies: KnownAttached, callerName: string): boolean {
  const known = needed.namesCaller ? undefined : policies.answers.get(needed);
  if (known !== undefined) {
    return known;
  }
  const { prepared } = needed.by(callerName);
  const allowed = evaluatePrepared(prepared, policies).decision === "allowed";
  if (!needed.namesCaller) {
    policies.answers.set(needed, allowed);
  }
  return allowed;
}

/** What is said of a request that is not allowed. */
function missingRequest(
  needed: NeededRequest,
  policies: KnownAttached,
  part: Part,
  callerName: string,
): MissingRequest {
  const { sample, prepared } = needed.by(callerName);
  const elsewhere = allowsSomewhere(policies, prepared.action);
  return {
    action: sample.action,
    resource: sample.resource,
    because: reason(evaluatePrepared(prepared, policies), elsewhere),
    input: inputFor(needed, part, elsewhere),
  };
}

/** Whether an action is allowed on any resource. */
function allowsSomewhere({ identity }: KnownAttached, action: string): boolean {
  return identity.some(({ statements }) =>
    statements.some(({ effect, concerns }) => effect === "Allow" && concerns(action)),
  );
}

function reason(evaluation: Evaluation, elsewhere: boolean): string {
  if (evaluation.decision === "explicitly denied") {
    const { policy, sid } = evaluation.by;
    return `${policy}${sid === undefined ? "" : `, statement ${sid},`} denies it`;
  }
  if (
    evaluation.decision === "implicitly denied" &&
    evaluation.notAllowedBy === "permissions boundary"
  ) {
    return "the permissions boundary does not allow it";
  }
  return elsewhere ? "it is allowed on other resources only" : "no statement allows it";
}

/** The module's input that a missing request comes from. */
function inputFor(
  { action, template }: NeededRequest,
  { profile }: Part,
  elsewhere: boolean,
): string {
  if (action === "iam:PassRole") {
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
  const names = inputs.filter(([place]) => template.includes(place)).map(([, name]) => name);
  return [...new Set(names), `profile = "${profile}"`].join(", ");
}
