import { matchesGlob, parseGlob } from "../iam/evaluate/glob.js";
import { onceEach } from "./once-each.js";

/** A statement of a policy that has been checked, as it was written. */
export type WrittenStatement = Readonly<Record<string, unknown>>;

/** The statements of a policy, as far as they are told. */
export function statementsOf(document: unknown): readonly WrittenStatement[] {
  return isObject(document) ? statementsIn(document) : [];
}

const statementsIn = onceEach(({ Statement }: WrittenStatement): readonly WrittenStatement[] =>
  [Statement].flat().filter(isObject),
);

function isObject(value: unknown): value is WrittenStatement {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a statement allows something. */
export function isAllow(statement: WrittenStatement): boolean {
  return statement["Effect"] === "Allow";
}

/** What a statement names as an element, scalar or list. */
export function listOf(value: unknown): string[] {
  if (typeof value === "string") {
    return [value];
  }
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** Whether a statement names the action, on whatever resource. */
export function namesAction(statement: WrittenStatement, action: string): boolean {
  const folded = action.toLowerCase();
  const matches = (pattern: string) => {
    const other = pattern.toLowerCase();
    return /[*?]/.test(other) ? matchesGlob(parseGlob(other), folded) : other === folded;
  };
  const { Action, NotAction } = statement;
  return NotAction === undefined ? listOf(Action).some(matches) : !listOf(NotAction).some(matches);
}
