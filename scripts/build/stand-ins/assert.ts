/*
 * In place of node:assert, of which yargs uses two functions to tell the compiler what it knows; Node.js
 * takes as long to load it as to run a small command.
 */

/** @throws when the values differ */
export function strictEqual(actual: unknown, expected: unknown, message?: string): void {
  if (!Object.is(actual, expected)) {
    throw new Error(message);
  }
}

/** @throws when the values are the same */
export function notStrictEqual(actual: unknown, expected: unknown, message?: string): void {
  if (Object.is(actual, expected)) {
    throw new Error(message);
  }
}
