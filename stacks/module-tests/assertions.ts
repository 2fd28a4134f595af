import { hclValue } from "../../lib/module/hcl-value.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../lib/module/json-value.js";
import type { TestAssertion } from "../../lib/module/module-tests.js";

/** That an expression has a value: a string, a number, a switch or null. */
export function equals(expression: string, value: string | number | boolean | null): TestAssertion {
  const text = hclValue(value, { templates: false }).join("");
  return {
    condition: `${expression} == ${text}`,
    errorMessage: `${expression} is not ${text}.`,
  };
}

/** That there are as many instances of a resource, or items of a list or map. */
export function counts(address: string, count: number): TestAssertion {
  return {
    condition: `length(${address}) == ${count}`,
    errorMessage: `${address} has not ${count} ${count === 1 ? "item" : "items"}.`,
  };
}

/** That an output, or an argument, is this document as JSON: each statement, with its actions and resources. */
export function isDocument(expression: string, document: object): TestAssertion {
  const data = JSON.parse(JSON.stringify(document)) as JsonValue;
  return {
    condition: `jsondecode(${expression}) == ${hclValue(data, { templates: false }).join("\n")}`,
    errorMessage: `${expression} is not what Remotion Lambda needs here.`,
  };
}

/** That inputs have their defaults. */
export function defaultsOf(variables: JsonObject, given: JsonObject = {}): TestAssertion[] {
  return Object.entries(variables).flatMap(([name, variable]) => {
    const value = isJsonObject(variable) ? variable["default"] : undefined;
    return value === undefined || name in given ? [] : [defaultOf(`var.${name}`, value)];
  });
}

function defaultOf(expression: string, value: JsonValue): TestAssertion {
  // A list or a map is never equal to what looks like one in HCL, whose type is another.
  return typeof value === "object" && value !== null
    ? counts(expression, Object.keys(value).length)
    : equals(expression, value);
}
