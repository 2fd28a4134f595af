import { concatenation } from "./concatenation.js";
import { type ExpressionPart, expression } from "./expression.js";

/** Lists of statements that make up a policy. */
export interface StatementLists {
  /** Those that are always there. */
  readonly statements: ExpressionPart | undefined;
  /** Whether Terraform may find the condition of one of them to be `null`. */
  readonly hasOptionalConditions: boolean;
  /** Those that are there only if they have a resource. */
  readonly optional: readonly ExpressionPart[];
}

/**
 * The statements of a policy as one list in Terraform: without those that have no resource, and without conditions
 * that are null. IAM takes neither.
 *
 * @param indent what the line begins with that it stands on
 */
export function joinedStatements(lists: StatementLists, indent: string): ExpressionPart {
  const { statements, hasOptionalConditions, optional } = lists;
  const all = [...(statements === undefined ? [] : [statements]), ...optional];
  const kept = hasOptionalConditions
    ? "{ for element, value in statement : element => value if value != null }"
    : "statement";
  const condition = optional.length > 0 ? " if length(statement.Resource) > 0" : "";
  const [only = "[]"] = all;
  if (all.length <= 1) {
    return hasOptionalConditions || condition !== ""
      ? expression`[for statement in ${only} : ${kept}${condition}]`
      : only;
  }
  const joined = concatenation(all, `${indent}  `);
  return hasOptionalConditions
    ? expression`[\n${indent}  for statement in ${joined} :\n${indent}  ${kept}\n${indent} ${condition}\n${indent}]`
    : expression`[\n${indent}  for statement in ${joined} : ${kept}${condition}\n${indent}]`;
}
