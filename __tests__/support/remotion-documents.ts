import upstream from "../../lib/remotion/upstream-policies.json" with { type: "json" };

/** A statement as people write it: elements are texts or lists. */
export type StatementInput = Readonly<Record<string, unknown>>;

/** A policy as people write it. */
export interface DocumentInput {
  readonly Version: string;
  readonly Statement: readonly StatementInput[];
}

/** What `getUserPolicy()` and `getRolePolicy()` of Remotion give. */
export const REMOTION_USER: DocumentInput = upstream.policies.aws.user;
export const REMOTION_ROLE: DocumentInput = upstream.policies.aws.role;

/** A policy of these statements. */
export function policyOf(...statements: readonly StatementInput[]): DocumentInput {
  return { Version: "2012-10-17", Statement: statements };
}

/** A statement that allows. */
export function allow(
  actions: string | readonly string[],
  resources: string | readonly string[],
  further: StatementInput = {},
): StatementInput {
  return { Effect: "Allow", Action: actions, Resource: resources, ...further };
}

/** The same policy with further statements. */
export function plus(
  document: DocumentInput,
  ...statements: readonly StatementInput[]
): DocumentInput {
  return { ...document, Statement: [...document.Statement, ...statements] };
}

/** The same policy without these actions. */
export function without(document: DocumentInput, ...actions: readonly string[]): DocumentInput {
  return policyOf(
    ...document.Statement.map(({ Action, ...rest }): StatementInput & { Action: string[] } => ({
      ...rest,
      Action: [Action].flat().filter((one): one is string => !actions.includes(String(one))),
    })).filter(({ Action }) => Action.length > 0),
  );
}

/** The same policy with this in each statement that `which` takes: all of them unless given. */
export function each(
  document: DocumentInput,
  further: StatementInput,
  which: (statement: StatementInput) => boolean = () => true,
): DocumentInput {
  return policyOf(
    ...document.Statement.map((statement) =>
      which(statement) ? { ...statement, ...further } : statement,
    ),
  );
}

/** The same policy with another text in place of one, as a copy for other names has. */
export function renamed(document: DocumentInput, from: string, to: string): DocumentInput {
  return JSON.parse(JSON.stringify(document).replaceAll(from, to)) as DocumentInput;
}

/** Whether a statement has an action that begins so. */
export function of(start: string): (statement: StatementInput) => boolean {
  return ({ Action }) => [Action].flat().some((action) => String(action).startsWith(start));
}
