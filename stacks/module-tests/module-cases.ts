import type { JsonObject } from "../../lib/module/json-value.js";
import type { TestAssertion, TestRun } from "../../lib/module/module-tests.js";

/** What the tests of one module say beyond what its inputs say. */
export interface ModuleCases {
  /** Inputs that the module cannot do without. @default none */
  readonly inputs?: JsonObject;
  /** What holds where nothing else is given. */
  readonly defaults: readonly TestAssertion[];
  /** What further inputs change: each switch and each choice at least once. */
  readonly options: readonly TestRun[];
  /** Inputs that are right alone, and refused together. */
  readonly refusedTogether: readonly TestRun[];
}
