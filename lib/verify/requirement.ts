import { compilePolicy } from "../iam/evaluate/compile-policy.js";
import { evaluate } from "../iam/evaluate/evaluate.js";
import { type Actor, API_ROWS, type ApiCall, type ApiRow } from "../remotion/api-calls.js";
import { rolePolicy, userPolicy } from "../remotion/policies.js";
import type { RoleProfile, UserProfile } from "../remotion/profile-names.js";
import { profileRows } from "../remotion/profiles.js";
import { type SampleScope, sampleRequest } from "../remotion/sample-request.js";
import { NeededRequest } from "./needed-request.js";

/** What a principal is to Remotion, and how much of Remotion it is for. */
export type Part =
  | { readonly actor: "user"; readonly profile: UserProfile }
  | { readonly actor: "role"; readonly profile: RoleProfile };

/** A call that Remotion makes, and the request that must be allowed for it. */
export interface NeededCall {
  readonly request: NeededRequest;
  /** The condition under which Remotion makes the call. @default always */
  readonly when: string | undefined;
}

/** One API in one situation, with the calls that a principal must be allowed. */
export interface Requirement {
  readonly api: string;
  readonly situation: string;
  readonly calls: readonly NeededCall[];
}

const ACTORS: Readonly<Record<Part["actor"], readonly Actor[]>> = {
  user: ["deployer", "caller", "either"],
  role: ["function"],
};

/** The policy that a part asks for. */
export function referencePolicy(part: Part, scope: SampleScope) {
  const { partition, ...rest } = scope;
  const options = { ...rest, partition: partition === "aws-cn" ? "aws-cn" : "aws" } as const;
  return part.actor === "user"
    ? userPolicy({ ...options, profile: part.profile })
    : rolePolicy({ ...options, profile: part.profile });
}

/**
 * What a part needs: the rows of its profile, each with the calls that the profile's own policy allows.
 * What a stock policy leaves out, such as layers of one's own, nobody is asked for.
 */
export function requirementsOf(part: Part, scope: SampleScope): Requirement[] {
  const policies = { identity: [compilePolicy(referencePolicy(part, scope), "reference")] };
  const isAllowed = (call: ApiCall) =>
    evaluate(sampleRequest(call, scope), policies).decision === "allowed";
  const requests = new Map<string, NeededRequest>();
  const requestOf = (call: ApiCall) => {
    const key = `${call.action} ${call.resource}`;
    const request = requests.get(key) ?? new NeededRequest(call, scope);
    requests.set(key, request);
    return request;
  };
  return rowsOf(part).flatMap(({ api, situation, calls }) => {
    const needed = calls.filter((call) => isStock(call) && isAllowed(call));
    return needed.length > 0
      ? [
          {
            api,
            situation,
            calls: needed.map((call) => ({ request: requestOf(call), when: call.when })),
          },
        ]
      : [];
  });
}

function rowsOf({ actor, profile }: Part): readonly ApiRow[] {
  return profile === "full"
    ? API_ROWS.filter((row) => ACTORS[actor].includes(row.actor))
    : profileRows(profile);
}

/** Whether the call is made without options that stock policies do not serve. */
function isStock({ option }: ApiCall): boolean {
  return option === undefined || option === "insights" || option === "newBucket";
}
