import { notPlainData } from "./errors.js";

/**
 * A JavaScript expression for a value: text, numbers, booleans, null, lists, maps and plain objects.
 *
 * @throws when there is something else in it
 */
export function sourceOf(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(sourceOf).join(",")}]`;
  }
  if (value instanceof Map) {
    return `new Map(${sourceOf([...value])})`;
  }
  if (value === undefined) {
    return "undefined";
  }
  if (typeof value !== "object" || value === null) {
    const source = typeof value === "function" ? undefined : JSON.stringify(value);
    if (source === undefined) {
      throw notPlainData(value);
    }
    return source;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) {
    throw notPlainData(value);
  }
  const members = Object.entries(value).map(
    ([key, member]) => `[${JSON.stringify(key)}]:${sourceOf(member)}`,
  );
  return `{${members.join(",")}}`;
}
