import type { PolicyDocument, Statement } from "../../../lib/iam/policy-document.js";

/** A policy from which one thing was taken. */
export interface Mutation {
  /** The statement and what it lacks, as in `Storage: s3:GetObject`. */
  readonly without: string;
  readonly policy: PolicyDocument;
}

/** A policy without each of its actions, and without each of its resources, one at a time. */
export function mutationsOf(policy: PolicyDocument): readonly Mutation[] {
  return policy.Statement.flatMap((statement) => [
    ...statement.Action.map((action) => ({
      without: `${statement.Sid}: ${action}`,
      policy: replaced(policy, statement, {
        ...statement,
        Action: statement.Action.filter((other) => other !== action),
      }),
    })),
    ...statement.Resource.map((resource) => ({
      without: `${statement.Sid}: ${resource}`,
      policy: replaced(policy, statement, {
        ...statement,
        Resource: statement.Resource.filter((other) => other !== resource),
      }),
    })),
  ]);
}

/** The policy with a statement in another's place; without it when it grants nothing any more. */
function replaced(policy: PolicyDocument, old: Statement, by: Statement): PolicyDocument {
  const kept = by.Action.length > 0 && by.Resource.length > 0 ? [by] : [];
  const statements = policy.Statement.flatMap((statement) =>
    statement === old ? kept : [statement],
  );
  return { ...policy, Statement: statements };
}
