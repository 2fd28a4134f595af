import { describe, expect, it } from "vitest";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../lib/module/json-value.js";
import { soleExpression } from "../../../lib/module/template.js";
import { testsEdition } from "../../../lib/module/tests-edition.js";
import { PUBLISHED_MODULES } from "../../../stacks/modules/index.js";

const MODULES = [...PUBLISHED_MODULES].map(([name, create]) => {
  const stack = create();
  const terraform = stack.toTerraform();
  const tests = stack.toTests();
  const runs = tests.files.flatMap((file) => file.runs);
  return { name, terraform, tests, runs };
});

describe.each(MODULES)("the tests of $name", ({ terraform, tests, runs }) => {
  const variables = Object.entries(objectOf(terraform["variable"]));

  it("have a run for every validation of every input", () => {
    const counted = variables.map(([name, variable]) => [name, validationsOf(variable)]);

    expect(
      variables.map(([name]) => [
        name,
        runs.filter(({ expectFailures = [] }) => expectFailures.includes(`var.${name}`)).length,
      ]),
    ).toEqual(counted);
  });

  it("turn every switch, in a plan that nothing refuses", () => {
    const given = new Set(
      runs
        .filter(({ expectFailures = [] }) => expectFailures.length === 0)
        .flatMap((run) => Object.keys(run.variables ?? {})),
    );
    const switches = variables.filter(([, variable]) => objectOf(variable)["type"] === "bool");

    expect(switches.filter(([name]) => !given.has(name))).toEqual([]);
  });

  it("name each run once", () => {
    for (const file of tests.files) {
      const names = file.runs.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it("call no function in what they give, where OpenTofu 1.9 has none", () => {
    const given = [tests.inputs ?? {}, ...runs.map((run) => run.variables ?? {})];
    const expressions = textsIn(given).flatMap((text) => soleExpression(text) ?? []);
    const withoutTexts = expressions.map((expression) => expression.replace(/"[^"]*"/g, '""'));

    expect(withoutTexts.filter((expression) => /\w\(/.test(expression))).toEqual([]);
  });

  it("mock every type of resource that the module has", () => {
    expect(Object.keys(tests.mock.resources)).toEqual(
      expect.arrayContaining(Object.keys(objectOf(terraform["resource"]))),
    );
  });
});

describe("the mock for callers", () => {
  it.each(["aws.tfmock.hcl", "aws.tofutest.hcl"])(
    "is one and the same file in every module: %s",
    (name) => {
      const files = MODULES.map(({ tests }) => testsEdition(tests).get(`tests/mocks/${name}`));

      expect(files).toHaveLength(6);
      expect(new Set(files).size).toBe(1);
      expect(files[0]).not.toMatch(/\$\{|\(/);
    },
  );
});

function validationsOf(variable: JsonValue): number {
  const { validation = [] } = objectOf(variable);
  return Array.isArray(validation) ? validation.length : 0;
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function textsIn(value: JsonValue): string[] {
  if (typeof value === "string") {
    return [value];
  }
  const parts = isJsonObject(value) ? Object.values(value) : Array.isArray(value) ? value : [];
  return parts.flatMap(textsIn);
}
