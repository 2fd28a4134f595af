import { isJsonObject, type JsonValue } from "../../../lib/module/json-value.js";

/** Where two values differ, each difference with its path: `variable.name.default: "a", not "b"`. */
export function differences(
  actual: JsonValue | undefined,
  expected: JsonValue | undefined,
  path = "",
): string[] {
  if (isJsonObject(actual) && isJsonObject(expected)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
    return [...keys].flatMap((key) =>
      differences(own(actual, key), own(expected, key), path === "" ? key : `${path}.${key}`),
    );
  }
  if (Array.isArray(actual) && Array.isArray(expected)) {
    const length = Math.max(actual.length, expected.length);
    return Array.from({ length }, (_, index) =>
      differences(actual[index], expected[index], `${path}[${index}]`),
    ).flat();
  }
  // A missing value is `undefined`, which no JSON value is written as: it never equals null.
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
  return is === should ? [] : [`${path}: ${is}, not ${should}`];
}

function own(object: { readonly [key: string]: JsonValue }, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
