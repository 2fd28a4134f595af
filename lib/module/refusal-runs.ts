import { noRefusedExample } from "./errors.js";
import type { ModuleStack } from "./module-stack.js";
import type { TestFile, TestRun } from "./module-tests.js";
import { ModuleVariable } from "./module-variable.js";

/**
 * A run for every validation of every input of a module: it is given what that validation refuses, and no other of
 * the same input, so that a test fails where one of them is gone.
 *
 * @throws when a validation says nothing that it refuses
 */
export function refusals(stack: ModuleStack): TestFile {
  const variables = stack.node.findAll().filter((element) => element instanceof ModuleVariable);
  return {
    name: "refusals",
    comment:
      "A value for every rule of every input: the rule refuses it, and no other rule of that input does. What Terraform then says is above each.",
    runs: variables.flatMap(runsOf),
  };
}

function runsOf(variable: ModuleVariable): TestRun[] {
  const name = variable.friendlyUniqueId;
  const { validations } = variable;
  return validations.map(({ refused }, index) => {
    if (refused === undefined) {
      throw noRefusedExample(name, index);
    }
    return {
      name: validations.length === 1 ? `refuses_${name}` : `refuses_${name}_${index + 1}`,
      comment: refused.message,
      variables: { [name]: refused.value },
      expectFailures: [`var.${name}`],
    };
  });
}
