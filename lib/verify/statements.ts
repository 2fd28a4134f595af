import { matchesGlob, parseGlob } from "../iam/evaluate/glob.js";

/** A statement of a policy that has been checked, as it was written. */
export type WrittenStatement = Readonly<Record<string, unknown>>;

/** The statements of a policy. */
export function statementsOf(document: unknown): WrittenStatement[] {
  const { Statement } = document as { readonly Statement?: unknown };
  return [Statement]
    .flat()
    .filter((item): item is WrittenStatement => typeof item === "object" && item !== null);
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
