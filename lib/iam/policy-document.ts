/** The only version of the policy language that has policy variables, and the one Remotion writes. */
export const POLICY_VERSION = "2012-10-17";

/**
 * One statement of an identity policy, in the form Remotion and this project write it: every list
 * is a list, even of one.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html
 */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<
    Record<string, Readonly<Record<string, string | readonly string[]>>>
  >;
}

/** An identity policy: what a principal may do. */
export interface PolicyDocument {
  readonly Version: typeof POLICY_VERSION;
  readonly Statement: readonly Statement[];
}

/** A statement of a trust policy: who may assume a role. */
export interface TrustStatement {
  readonly Effect: "Allow";
  readonly Principal: Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  readonly Condition?: Statement["Condition"];
}

/** The policy of a role that says who may assume it. */
export interface TrustPolicy {
  readonly Version: typeof POLICY_VERSION;
  readonly Statement: readonly TrustStatement[];
}

/** A policy document of these statements, in this order. */
export function policyDocument(statements: readonly Statement[]): PolicyDocument {
  return { Version: POLICY_VERSION, Statement: statements };
}
