import { namesAction, statementsOf } from "./statements.js";

/** Documents whose statements about an action name nobody, by the action. */
const NAMING = new WeakMap<object, Map<string, boolean>>();

/** A resource that is everybody, or every user or role. */
const EVERYBODY = /^(?:\*|arn:[^:]*:iam::[^:]*:(?:user|role)\/\*)$/;

/** Whether a statement of a policy about an action may name one user or role, and no other. */
export function mayName(document: unknown, action: string): boolean {
  if (typeof document !== "object" || document === null) {
    return true;
  }
  const known = NAMING.get(document) ?? new Map<string, boolean>();
  NAMING.set(document, known);
  const named =
    known.get(action) ??
    statementsOf(document).some(
      (statement) =>
        namesAction(statement, action) &&
        (statement["Resource"] === undefined ||
          [statement["Resource"]]
            .flat()
            .some((resource) => typeof resource !== "string" || !EVERYBODY.test(resource))),
    );
  known.set(action, named);
  return named;
}
