import { compilePolicy } from "../../../lib/iam/evaluate/compile-policy.js";
import { evaluate } from "../../../lib/iam/evaluate/evaluate.js";
import type { AccessRequest } from "../../../lib/iam/evaluate/request.js";
import type { PolicyDocument } from "../../../lib/iam/policy-document.js";
import type { SampleRequest } from "../../../lib/remotion/sample-request.js";
import { simulate } from "./iam-simulate.js";

const NETWORK_INTERFACE =
  "arn:aws:ec2:us-east-1:123456789012:network-interface/eni-0123456789abcdef0";

/**
 * Actions that the table has on `*`, as Lambda asks for them, and that iam-simulate takes only on a
 * resource of a type they have.
 */
const SIMULATED_ON: Readonly<Record<string, string>> = {
  "ec2:CreateNetworkInterface": NETWORK_INTERFACE,
  "ec2:DeleteNetworkInterface": NETWORK_INTERFACE,
  "ec2:AssignPrivateIpAddresses": NETWORK_INTERFACE,
  "ec2:UnassignPrivateIpAddresses": NETWORK_INTERFACE,
};

/** What both evaluators say, as one line for each request: it reads well in a difference. */
export async function verdictsOf(
  policy: PolicyDocument,
  requests: readonly SampleRequest[],
): Promise<string[]> {
  const allows = decider(policy);
  return Promise.all(
    requests.map(async (request) => {
      const simulated = await simulate({
        action: request.action,
        resource: SIMULATED_ON[request.action] ?? request.resource,
        context: { ...request.context },
        identity: [policy],
      });
      const theirs = "refused" in simulated ? simulated.refused : simulated.decision;
      return line(request, theirs, allows(request) ? "allowed" : "implicitly denied");
    }),
  );
}

/** The lines of requests that both evaluators allow. */
export function allAllowed(requests: readonly SampleRequest[]): string[] {
  return requests.map((request) => line(request, "allowed", "allowed"));
}

/** The lines of requests that no statement allows, after both evaluators. */
export function allDenied(requests: readonly SampleRequest[]): string[] {
  return requests.map((request) => line(request, "implicitly denied", "implicitly denied"));
}

/** Compiles a policy once, and says of each request whether it is allowed. */
export function decider(policy: unknown): (request: AccessRequest) => boolean {
  const identity = [compilePolicy(policy, "policy")];
  return (request) => evaluate(request, { identity }).decision === "allowed";
}

function line({ action, resource }: SampleRequest, theirs: string, ours: string): string {
  return `${action} on ${resource}: iam-simulate ${theirs}, ours ${ours}`;
}
