import { alignAssignments } from "./align.js";
import type { EditionFiles } from "./edition.js";
import { hclArgument, hclComment, hclValue, indent, quoted } from "./hcl-value.js";
import type { JsonObject } from "./json-value.js";
import type { ModuleTests, ProviderMock, TestFile, TestRun } from "./module-tests.js";

/** Folder of the tests, where Terraform and OpenTofu look for them. */
const FOLDER = "tests";

/**
 * The tests of a module as files beside it, for both editions: Terraform reads tests in HCL beside a module in JSON.
 * Each file has the mock of the provider in itself, for OpenTofu takes it from nowhere else. Whoever calls the module
 * from tests of their own has a file of the mock alone for Terraform, and a test with the mock in it for OpenTofu.
 *
 * @see https://developer.hashicorp.com/terraform/language/tests
 * @see https://opentofu.org/docs/cli/commands/test/
 */
export function testsEdition({ mock, inputs = {}, files }: ModuleTests): EditionFiles {
  return new Map([
    ...files.map(
      (file) => [`${FOLDER}/${file.name}.tftest.hcl`, testFile(file, mock, inputs)] as const,
    ),
    [`${FOLDER}/mocks/${mock.provider}.tfmock.hcl`, written(mockFile(mock))],
    [`${FOLDER}/mocks/${mock.provider}.tofutest.hcl`, written(callersTest(mock))],
  ]);
}

function testFile({ comment, runs }: TestFile, mock: ProviderMock, inputs: JsonObject): string {
  return written([
    hclComment(comment),
    mockProvider(mock),
    ...(Object.keys(inputs).length === 0 ? [] : [variablesBlock(inputs)]),
    ...runs.map(runBlock),
  ]);
}

/** The provider as a test has it, with all that it answers. */
function mockProvider(mock: ProviderMock): string[] {
  return block(`mock_provider ${quoted(mock.provider)}`, mockResources(mock));
}

function mockFile(mock: ProviderMock): string[][] {
  return [
    hclComment(
      `What a mocked provider answers, for tests that call this module: mock_provider ${quoted(mock.provider)} takes the folder of this file as its source, in Terraform from 1.7. For OpenTofu, ${mock.provider}.tofutest.hcl has the same in itself.`,
    ),
    ...mockResources(mock),
  ];
}

/** A test of a configuration that calls the module, whatever that is; in OpenTofu a mock has no source. */
function callersTest(mock: ProviderMock): string[][] {
  return [
    hclComment(
      "A test for configurations that call this module: it applies them on a mock. Copied to tests/NAME.tofutest.hcl, OpenTofu from 1.8 takes it in place of tests/NAME.tftest.hcl, and Terraform does not see it.",
    ),
    mockProvider(mock),
    block(`run ${quoted("applies_on_a_mock")}`, [["command = apply"]]),
  ];
}

function mockResources({ resources }: ProviderMock): string[][] {
  return Object.entries(resources).map(([type, defaults]) =>
    block(`mock_resource ${quoted(type)}`, [
      hclArgument("defaults", hclValue(defaults, { templates: false })),
    ]),
  );
}

function runBlock({
  name,
  comment,
  variables = {},
  assertions = [],
  expectFailures = [],
}: TestRun): string[] {
  return [
    ...(comment === undefined ? [] : hclComment(comment)),
    ...block(`run ${quoted(name)}`, [
      ["command = plan"],
      ...(Object.keys(variables).length === 0 ? [] : [variablesBlock(variables)]),
      ...assertions.map(({ condition, errorMessage }) =>
        block("assert", [
          [
            ...hclArgument("condition", condition.split("\n")),
            ...hclArgument("error_message", [quoted(errorMessage)]),
          ],
        ]),
      ),
      ...(expectFailures.length === 0
        ? []
        : [hclArgument("expect_failures", [`[${expectFailures.join(", ")}]`])]),
    ]),
  ];
}

function variablesBlock(variables: JsonObject): string[] {
  const lines = Object.entries(variables).flatMap(([name, value]) =>
    hclArgument(name, hclValue(value)),
  );
  return block("variables", [lines]);
}

/** A block whose parts stand apart. */
function block(header: string, parts: readonly (readonly string[])[]): string[] {
  return [`${header} {`, ...indent(apart(parts)), "}"];
}

function apart(parts: readonly (readonly string[])[]): string[] {
  return parts.flatMap((part, index) => (index === 0 ? part : ["", ...part]));
}

function written(parts: readonly (readonly string[])[]): string {
  return `${alignAssignments(apart(parts)).join("\n")}\n`;
}
