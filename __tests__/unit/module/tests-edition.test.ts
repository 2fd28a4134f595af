import { describe, expect, it } from "vitest";
import { testsEdition } from "../../../lib/module/tests-edition.js";

const MOCK = { provider: "aws", resources: { aws_iam_role: { arn: "arn:mock" } } };

describe("the tests of a module", () => {
  it("have the mock in each file, and in two for whoever calls the module", () => {
    const files = testsEdition({
      mock: MOCK,
      inputs: { services: ["lambda"] },
      files: [
        {
          name: "names",
          comment: "What names are.",
          runs: [
            {
              name: "named",
              comment: "A name.",
              variables: { name: "video", keys: '${["a"]}' },
              assertions: [
                { condition: 'output.name == "video"', errorMessage: 'It is not "${name}".' },
              ],
              expectFailures: ["var.name"],
            },
          ],
        },
      ],
    });

    expect([...files.keys()]).toEqual([
      "tests/names.tftest.hcl",
      "tests/mocks/aws.tfmock.hcl",
      "tests/mocks/aws.tofutest.hcl",
    ]);
    expect(files.get("tests/names.tftest.hcl")).toBe(`# What names are.

mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = {
      arn = "arn:mock"
    }
  }
}

variables {
  services = ["lambda"]
}

# A name.
run "named" {
  command = plan

  variables {
    name = "video"
    keys = ["a"]
  }

  assert {
    condition     = output.name == "video"
    error_message = "It is not \\"$\${name}\\"."
  }

  expect_failures = [var.name]
}
`);
    expect(files.get("tests/mocks/aws.tfmock.hcl")).toMatch(
      /\n\nmock_resource "aws_iam_role" \{\n {2}defaults = \{\n {4}arn = "arn:mock"\n/,
    );
    expect(files.get("tests/mocks/aws.tofutest.hcl")).toMatch(/^# A test for configurations /);
    expect(files.get("tests/mocks/aws.tofutest.hcl")).toContain(`

mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = {
      arn = "arn:mock"
    }
  }
}

run "applies_on_a_mock" {
  command = apply
}
`);
  });
});
