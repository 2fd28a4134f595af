/** Two elements of one stack would have the same Terraform address, and one would overwrite the other. */
export function duplicateAddress(address: string, first: string, second: string): Error {
  return new Error(
    `The constructs ${first} and ${second} would both be ${address}: an address names one element. Give one of them another id.`,
  );
}

/** The Terraform text ends inside a template. */
export function unclosedTemplate(text: string): Error {
  return new Error(
    `The string ${JSON.stringify(text)} opens \${ or %{ and does not close it: close it with }, or write $\${ or %%{ for the characters themselves.`,
  );
}

/** The stack holds an element that a published module must not have. */
export function notInModule(kind: string, address: string): Error {
  return new Error(
    `The module would hold ${kind} (${address}): a reusable module leaves that to its caller. Remove it, or declare it in the deployable stack.`,
  );
}

/** A resource has a block that the HCL edition has no form for. */
export function unwritableBlock(block: string, address: string): Error {
  return new Error(
    `${address} has a ${block} block, which the HCL edition cannot say: write it as plain arguments and nested blocks, or teach lib/module/hcl-body.ts to write it.`,
  );
}

/** One end of a move is not an address in the module. */
export function invalidAddress(path: string, end: string, address: string): Error {
  return new Error(
    `${path}: ${end} is ${JSON.stringify(address)}, which is no address of a resource in the module: give one like aws_iam_policy.this, aws_iam_policy.this[0] or aws_iam_policy.this["key"].`,
  );
}

/** A validation of a module's input has no example that its test could give. */
export function noRefusedExample(variable: string, index: number): Error {
  return new Error(
    `Validation ${index + 1} of the input ${variable} says nothing that it refuses: give it a value that breaks this rule of the input and no other, as "refused".`,
  );
}

/** A text stands in a table of terraform-docs, which would read it as Markdown. */
export function notPlainText(text: string): Error {
  return new Error(
    `${JSON.stringify(text)} stands in a table that terraform-docs writes, too, and it reads some Markdown there: leave out emphasis with underscores, double and lone backticks.`,
  );
}
