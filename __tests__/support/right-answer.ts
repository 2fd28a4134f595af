import { expect } from "vitest";
import type { Outcome } from "../unit/support/recording-console.js";

/** What is right to say of an input: its meaning, not its wording. */
export interface RightAnswer {
  readonly exitCode: 0 | 1 | 2 | 3;
  /** What the report or its notes say. */
  readonly says: readonly (string | RegExp)[];
  /** What the report does not say of anybody. */
  readonly neverSays?: readonly (string | RegExp)[];
}

/** A line about somebody who is checked as a user or caller. */
export function asUser(name: string, count: string): RegExp {
  return new RegExp(`^${name}\\b.* as a user or caller, .*: ${count} allowed`, "m");
}

/** A line about somebody who is checked as the role of Remotion's functions. */
export function asRole(name: string, count: string): RegExp {
  return new RegExp(`^${name}\\b.* as the role of Remotion's functions, .*: ${count} allowed`, "m");
}

/** Holds an outcome against what is right. */
export function expectRight({ exitCode, results, notes }: Outcome, right: RightAnswer): void {
  const said = `${results}\n${notes}`;
  for (const text of right.says) {
    expect(said).toMatch(text);
  }
  for (const text of right.neverSays ?? []) {
    // What is in excess is no lack.
    expect(results.replace(/^ {4}\S.*$/gm, "")).not.toMatch(text);
  }
  expect(exitCode, said).toBe(right.exitCode);
}
