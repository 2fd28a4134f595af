import type { JsonObject, JsonValue } from "./json-value.js";

/** What holds of a plan. */
export interface TestAssertion {
  /** An expression in HCL, as in `output.user_name == "remotion-user"`; over several lines where that reads better. */
  readonly condition: string;
  /** What is wrong where it does not hold, as plain text. */
  readonly errorMessage: string;
}

/** One plan of a module under test. */
export interface TestRun {
  /** An identifier, unique in its file. */
  readonly name: string;
  /** What is said above it. @default nothing */
  readonly comment?: string;
  /** Inputs beside those of the file, in Terraform's JSON syntax: `${…}` is an expression. @default none */
  readonly variables?: JsonObject;
  /** @default none */
  readonly assertions?: readonly TestAssertion[];
  /** Addresses that must refuse what is given, as in `var.name` or `output.policy_json`. @default none */
  readonly expectFailures?: readonly string[];
}

/** The runs of one file of tests. */
export interface TestFile {
  /** Without its extension. */
  readonly name: string;
  /** What the file begins with, as sentences. */
  readonly comment: string;
  readonly runs: readonly TestRun[];
}

/** What stands in for a provider: its local name, and by type of resource what it would have answered. */
export interface ProviderMock {
  readonly provider: string;
  /** Type of a resource → attributes that a provider chooses. Plain values: engines differ in functions there. */
  readonly resources: Readonly<Record<string, JsonObject>>;
}

/** The tests that lie in a module's folder. */
export interface ModuleTests {
  readonly mock: ProviderMock;
  /** Inputs of every run: those that the module cannot do without. @default none */
  readonly inputs?: JsonObject;
  readonly files: readonly TestFile[];
}

/** What a validation refuses. */
export interface RefusedExample {
  /** The variable's whole value, in Terraform's JSON syntax. It breaks this rule of the variable, and no other. */
  readonly value: JsonValue;
  /** What Terraform then says. */
  readonly message: string;
}
