import { type Glob, matchesGlob, parseGlob } from "../iam/evaluate/glob.js";
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
  const { names, patterns, isNegated } = actionsOf(statement);
  const isNamed = names.has(folded) || patterns.some((pattern) => matchesGlob(pattern, folded));
  return isNamed !== isNegated;
}

/** The actions of a statement, in lower case: those with a wildcard are patterns. */
const actionsOf = onceEach(({ Action, NotAction }: WrittenStatement) => {
  const isNegated = NotAction !== undefined;
  const names = new Set(listOf(isNegated ? NotAction : Action).map((text) => text.toLowerCase()));
  const patterns: Glob[] = [];
  for (const name of names) {
    if (/[*?]/.test(name)) {
      names.delete(name);
      patterns.push(parseGlob(name));
    }
  }
  return { names, patterns, isNegated };
});
