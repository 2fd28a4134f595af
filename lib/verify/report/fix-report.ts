import type { Verification } from "../answer.js";
import type { Fix } from "../fix.js";
import { jsonText } from "./json-text.js";
import { printable } from "./printable.js";
import { standingLine } from "./standing-line.js";

/**
 * What gives those who lack something what they lack: a policy document for each, or the inputs of the module that
 * makes it, or why there is nothing.
 */
export function fixReport(verified: readonly Verification[]): string {
  return verified
    .flatMap((verification) =>
      verification.fix === undefined
        ? []
        : [[printable(standingLine(verification)), ...fixLines(verification.fix)].join("\n")],
    )
    .join("\n\n");
}

function fixLines(fix: Fix): readonly string[] {
  if ("none" in fix) {
    return [printable(`  Nothing to add: ${fix.none}.`)];
  }
  if ("inputs" in fix) {
    const { module, address, inputs, additions = {} } = fix;
    const width = Math.max(...Object.keys(inputs).map(({ length }) => length));
    return [
      printable(`  Set in ${address} (${module}):`),
      ...Object.entries(inputs).map(([name, value]) =>
        printable(`${name.padEnd(width)} = ${hcl(value)}`),
      ),
      ...Object.entries(additions).flatMap(([name, value]) => [
        printable(`  Add to ${name}, beside what is there:`),
        printable(hcl(value)),
      ]),
    ];
  }
  const { document, as, size, most } = fix;
  return [
    `  Add as ${as === "inline policy" ? "an inline policy" : "a managed policy"}, of ${size} characters where IAM takes ${most}:`,
    jsonText(document),
  ];
}

/** A value as Terraform takes it, in one line. */
function hcl(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(hcl).join(", ")}]`;
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([name, one]) => `${name} = ${hcl(one)}`);
    return `{ ${entries.join(", ")} }`;
  }
  return (JSON.stringify(value) ?? "null").replace(/[$%](?=\{)/g, "$&$&");
}
