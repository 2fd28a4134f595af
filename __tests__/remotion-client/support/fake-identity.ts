import { type AwsAnswer, queryAnswer } from "./aws-answer.js";
import { ACCOUNT, partitionOf } from "./aws-names.js";
import type { AwsRequest } from "./aws-request.js";
import { queryParameters } from "./request-permissions.js";

/** Who the caller is: `user/…` of IAM, or `assumed-role/…/…` of STS. */
export type CallerName = `user/${string}` | `assumed-role/${string}/${string}`;

/**
 * STS and IAM, as far as Remotion calls them. moto's caller is neither a user nor a role that
 * Remotion knows, and it has no policy simulator.
 */
export function identityAnswer(request: AwsRequest, caller: CallerName): AwsAnswer {
  const parameters = queryParameters(request);
  switch (parameters.get("Action")) {
    case "GetCallerIdentity": {
      const service = caller.startsWith("user/") ? "iam" : "sts";
      const arn = `arn:${partitionOf(request.signature.region)}:${service}::${ACCOUNT}:${caller}`;
      return queryAnswer(
        "GetCallerIdentity",
        `<Arn>${arn}</Arn><UserId>AIDA</UserId><Account>${ACCOUNT}</Account>`,
      );
    }
    case "SimulatePrincipalPolicy": {
      const members = [...parameters]
        .filter(([name]) => name.startsWith("ActionNames.member."))
        .map(([, action]) => simulated(action));
      return queryAnswer(
        "SimulatePrincipalPolicy",
        `<EvaluationResults>${members.join("")}</EvaluationResults>`,
      );
    }
    default:
      throw new Error(`No answer is known for "${parameters.get("Action")}": add it.`);
  }
}

function simulated(action: string): string {
  const decision = "<EvalDecision>allowed</EvalDecision>";
  return `<member><EvalActionName>${action}</EvalActionName>${decision}</member>`;
}
