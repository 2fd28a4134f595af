import { policyArn } from "../iam/arn.js";
import { ADOPTING_MODULES } from "./adopting-modules.js";
import type { AdoptionRequest, CallersRequest, PrincipalRequest } from "./adoption-request.js";
import type { CallersSetUp, OwnPolicy, PrincipalSetUp, SetUp } from "./set-up.js";

/** What Remotion's guide has one make, under the names of a request. */
export function setUpByHand(request: AdoptionRequest, accountId: string): SetUp {
  const module = ADOPTING_MODULES[request.module];
  const { user, role, callers, path = "/", partition } = request;
  return {
    user: module.user && user && principalByHand(user, request, accountId),
    role: module.role && principalByHand(role, request, accountId),
    callers: module.callers && callers && callersByHand(callers, request, accountId),
    lambdaRoleName: role.name,
    settings: { path, partition },
  };
}

/** A user or a role that was made by hand. */
export function principalByHand(
  { name, policyName, policyType }: PrincipalRequest,
  request: AdoptionRequest,
  accountId: string,
): PrincipalSetUp {
  const policy: OwnPolicy =
    policyType === "inline"
      ? { type: "inline", name: policyName }
      : {
          type: "managed",
          name: policyName,
          arn: managedPolicyArn(policyName, request, accountId),
        };
  return { name, policy };
}

/** The policy for callers that was made by hand. */
function callersByHand(
  { policyName, roleNames }: CallersRequest,
  request: AdoptionRequest,
  accountId: string,
): CallersSetUp {
  return { policyName, policyArn: managedPolicyArn(policyName, request, accountId), roleNames };
}

/** ARN of a managed policy that was made by hand. */
export function managedPolicyArn(
  name: string,
  { partition, path = "/" }: AdoptionRequest,
  account: string,
): string {
  return policyArn({ partition, account, path, name });
}
