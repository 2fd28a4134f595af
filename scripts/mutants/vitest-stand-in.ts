import { readFileSync } from "node:fs";
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  ChaiStyleAssertions,
  chai,
  customMatchers,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
} from "@vitest/expect";

/** A test as its file declares it. */
export interface DeclaredTest {
  /** Names of the suites and of the test, with numbers where a table of cases repeats one. */
  readonly name: string;
  readonly run: () => unknown;
}

type Body = (...given: never[]) => unknown;

/** `(name, body)` or `(name, options, body)`, as Vitest takes them. */
type Declare = (name: string, ...given: unknown[]) => void;

/** What the body that runs declares, in its order. */
let declared: { readonly name: string; readonly isSuite: boolean; readonly body: () => unknown }[];

/**
 * Gathers the tests that a file declares. As in Vitest, suites are looked into when the file is loaded.
 *
 * @throws whatever the file throws
 */
export async function declaredBy(load: () => Promise<unknown>): Promise<DeclaredTest[]> {
  const occurrences = new Map<string, number>();
  const gather = async (suite: string, body: () => unknown): Promise<DeclaredTest[]> => {
    declared = [];
    await body();
    const tests: DeclaredTest[] = [];
    for (const one of declared) {
      const name = `${suite}${one.name}`;
      if (one.isSuite) {
        tests.push(...(await gather(`${name} > `, one.body)));
      } else {
        const times = (occurrences.get(name) ?? 0) + 1;
        occurrences.set(name, times);
        tests.push({ name: times === 1 ? name : `${name} (${times})`, run: one.body });
      }
    }
    return tests;
  };
  return gather("", load);
}

/** Stands in for Vitest's `describe`. */
export const describe = withTables((name, ...given) => declare(name, true, given));

/** Stands in for Vitest's `it`. */
export const it = withTables((name, ...given) => declare(name, false, given));

/** Stands in for Vitest's `test`. */
export const test = withTables((name, ...given) => declare(name, false, given));

/** Stands in for Vitest's `inject`: of programs that tests may need, none is there. */
export const inject = (program: string) => ({
  missing: `${program}: mutants are found out by Node.js alone.`,
});

for (const plugin of [JestExtend, JestChaiExpect, ChaiStyleAssertions, JestAsymmetricMatchers]) {
  chai.use(plugin);
}

chai.use(({ Assertion }, { addMethod }) => {
  addMethod(Assertion.prototype, "toMatchFileSnapshot", matchFile);
});

/** Vitest's own `expect`; of snapshots it knows whole files alone. */
export const expect = Object.assign(
  chai.expect,
  Reflect.get(globalThis, ASYMMETRIC_MATCHERS_OBJECT),
);

// What Vitest has from jest-extended, as `toSatisfy`, it adds to its `expect` likewise. No type knows of `extend`.
Reflect.apply(Reflect.get(expect, "extend"), expect, [expect, customMatchers]);

function declare(name: string, isSuite: boolean, given: readonly unknown[]): void {
  if (!isSkipped(given)) {
    declared.push({ name, isSuite, body: bodyOf(given) });
  }
}

function matchFile(this: { readonly _obj: unknown }, path: string): void {
  chai.assert.equal(this._obj, readFileSync(path, "utf8"));
}

function withTables(declare: Declare) {
  const each =
    (cases: readonly unknown[]) =>
    (name: string, ...given: unknown[]): void => {
      const body = bodyOf(given) as (...values: unknown[]) => unknown;
      const areLists = cases.every((values) => Array.isArray(values));
      for (const values of cases) {
        declare(name, () => (areLists ? body(...(values as unknown[])) : body(values)));
      }
    };
  return Object.assign(declare, { each });
}

function isSkipped(given: readonly unknown[]): boolean {
  return given.some((one) => typeof one === "object" && one !== null && "skip" in one && one.skip);
}

function bodyOf(given: readonly unknown[]): Body & (() => unknown) {
  const body = given.find((one) => typeof one === "function");
  if (body === undefined) {
    throw new TypeError("A test without a body.");
  }
  return body as Body & (() => unknown);
}
