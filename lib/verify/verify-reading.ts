import { compilePolicy } from "../iam/evaluate/compile-policy.js";
import { evaluate } from "../iam/evaluate/evaluate.js";
import type { AccessRequest } from "../iam/evaluate/request.js";
import { API_ROWS } from "../remotion/api-calls.js";
import { DEFAULT_NAMES } from "../remotion/default-names.js";
import type { RoleProfile, UserProfile } from "../remotion/profile-names.js";
import { type SampleScope, sampleRequest } from "../remotion/sample-request.js";
import type { Principal, Reading } from "../terraform/principal.js";
import type { Part } from "./requirement.js";
import { concernsRemotion, type Verification, verifyPrincipal } from "./verification.js";

/** What a file is verified for. */
export interface VerifyOptions {
  /** What users and callers are for. */
  readonly profile: UserProfile;
  /** What the role that Remotion's functions run as is for. */
  readonly roleProfile: RoleProfile;
  /** What the principals are to Remotion. @default told by their names, trust and policies */
  readonly actor?: Part["actor"];
  /** Only the principal of this name. @default every one that has to do with Remotion */
  readonly principal?: string;
  /** What the samples of resources are made of. */
  readonly scope: SampleScope;
}

/** What was found in a file. */
export interface VerifiedReading {
  readonly verified: readonly Verification[];
  /** Principals that are allowed nothing that Remotion needs. */
  readonly skipped: readonly string[];
}

/**
 * Verifies every principal of a file that has to do with Remotion.
 *
 * @throws PolicyError when a policy is malformed
 */
export function verifyReading(reading: Reading, options: VerifyOptions): VerifiedReading {
  const { profile, roleProfile, principal: only, scope } = options;
  const parts: Record<Part["actor"], Part> = {
    user: { actor: "user", profile },
    role: { actor: "role", profile: roleProfile },
  };
  const candidates = reading.principals.filter(({ name }) => only === undefined || name === only);
  const verified: Verification[] = [];
  const skipped: string[] = [];
  for (const principal of candidates) {
    const actor = options.actor ?? (isRole(principal, reading, scope) ? "role" : "user");
    const verification = verifyPrincipal(principal, parts[actor], scope);
    if (only !== undefined || concernsRemotion(verification)) {
      verified.push(verification);
    } else {
      skipped.push(principal.name);
    }
  }
  return { verified, skipped };
}

/** Whether a principal is the role that Remotion's functions run as, or a policy for it. */
function isRole(principal: Principal, reading: Reading, scope: SampleScope): boolean {
  const { lambdaRoleName = DEFAULT_NAMES.lambdaRole } = scope;
  const { kind, name, arn } = principal;
  if (kind === "policy") {
    return isRolePolicy(principal, scope);
  }
  if (kind === "user" || name === lambdaRoleName) {
    return kind === "role";
  }
  // Somebody in the file may pass it to Lambda, and Lambda may assume it.
  const request = {
    action: "iam:PassRole",
    resource: arn?.replace("::*:", "::123456789012:") ?? "",
    context: { "iam:PassedToService": "lambda.amazonaws.com" },
  };
  return (
    arn !== undefined &&
    trustsLambda(principal.trust) &&
    reading.principals.some((other) => allows(other, request))
  );
}

/** A document alone is for the role when it allows to write logs, and not to pass a role. */
function isRolePolicy(principal: Principal, scope: SampleScope): boolean {
  const calls = API_ROWS.flatMap((row) => row.calls);
  const allowsCall = (action: string) =>
    calls
      .filter((call) => call.action === action && call.option === undefined)
      .some((call) => allows(principal, sampleRequest(call, scope)));
  return allowsCall("logs:PutLogEvents") && !allowsCall("iam:PassRole");
}

function allows({ policies }: Principal, request: AccessRequest): boolean {
  const identity = policies.map(({ name, document }) => compilePolicy(document, name));
  return evaluate(request, { identity }).decision === "allowed";
}

function trustsLambda(trust: unknown): boolean {
  return /"lambda\.amazonaws\.com(\.cn)?"/.test(JSON.stringify(trust) ?? "");
}
