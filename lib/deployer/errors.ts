import type { ValueRule } from "../iam/value-rule.js";

/** What is asked for is none of what there is. */
export class DeployerError extends Error {
  override readonly name = "DeployerError";
}

/** The module has no such input, or none that changes what applying it takes. */
export function unknownInput(
  module: string,
  input: string,
  known: readonly string[],
): DeployerError {
  return new DeployerError(
    `${JSON.stringify(input)} is no input of ${module} by which applying it takes more or less: give ${known.join(", ")}, and leave out the others.`,
  );
}

/** A value is none that the input takes. */
export function invalidInput(
  input: string,
  value: string,
  values: readonly string[] | ValueRule,
): DeployerError {
  const isRule = "subject" in values;
  return new DeployerError(
    `${input} is ${JSON.stringify(value)}, which is not ${isRule ? values.subject : "one of its values"}: ${isRule ? values.requirement : `give ${values.join(" or ")}.`}`,
  );
}

/** A module attaches its policy to roles, and nothing says to which. */
export function withoutRoles(module: string): DeployerError {
  return new DeployerError(
    `${module} attaches policies to roles that exist, and role_names is not given: give it, as in role_names=remotion-lambda-role, with commas between several.`,
  );
}
