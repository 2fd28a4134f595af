import { runInNewContext } from "node:vm";
import { plainText, property, textIn } from "../json/json-value.js";
import { shown } from "../json/shown.js";

/** Milliseconds that a pattern of a template, which may backtrack without end, is tried for. */
const PATIENCE = 100;

/** Escapes that mean the same in Java, whose patterns CloudFormation takes, and in JavaScript. */
const FOREIGN = /\\[^dDwWsSbBnrtf\W]|&&|\[\[|\[\^\[/;

/**
 * Which rule of a parameter a value breaks, as the end of a sentence; undefined where it breaks none, and where
 * that cannot be said.
 *
 * @param parameter what the template says of it
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function brokenRule(parameter: unknown, value: string): string | undefined {
  const type = textIn(parameter, "Type") ?? "String";
  if (type.startsWith("AWS::SSM::Parameter::Value")) {
    return undefined;
  }
  const isList = type === "CommaDelimitedList" || type.startsWith("List<");
  const values = isList ? value.split(",").map((item) => item.trim()) : [value];
  const allowed = property(parameter, "AllowedValues");
  if (Array.isArray(allowed) && values.some((one) => !isAmong(one, allowed, type))) {
    const some = allowed.slice(0, 10).map((one) => shown(plainText(one)));
    return `its AllowedValues are ${some.join(", ")}${allowed.length > 10 ? ", …" : ""}`;
  }
  const pattern = textIn(parameter, "AllowedPattern");
  return pattern !== undefined && values.some((one) => isMatched(pattern, one) === false)
    ? `its AllowedPattern is ${shown(pattern)}`
    : undefined;
}

function isAmong(value: string, allowed: readonly unknown[], type: string): boolean {
  return allowed.some(
    (one) =>
      // What is no text or number is none of CloudFormation, either.
      (typeof one === "object" && one !== null) ||
      String(one) === value ||
      (type.includes("Number") && value.trim() !== "" && Number(one) === Number(value)),
  );
}

/** Whether a pattern matches all of a value; undefined where that cannot be said. */
function isMatched(pattern: string, value: string): boolean | undefined {
  if (FOREIGN.test(pattern)) {
    return undefined;
  }
  try {
    const isMatch: unknown = runInNewContext(
      "new RegExp(`^(?:${pattern})$`).test(value)",
      { pattern, value },
      { timeout: PATIENCE },
    );
    return isMatch === true;
  } catch {
    return undefined;
  }
}
