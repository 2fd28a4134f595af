/** A JSON object of unknown make. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object: neither null nor a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An own property: what a file does not hold is never found on a prototype. */
export function property(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** An object in an object; an empty one where there is none. */
export function objectIn(value: unknown, key: string): JsonObject {
  const found = property(value, key);
  return isObject(found) ? found : {};
}

/** The objects of a list in an object. */
export function objectsIn(value: unknown, key: string): readonly JsonObject[] {
  const found = property(value, key);
  return Array.isArray(found) ? found.filter(isObject) : [];
}

/** A text in an object. */
export function textIn(value: unknown, key: string): string | undefined {
  const found = property(value, key);
  return typeof found === "string" ? found : undefined;
}

/** The texts of a list. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** Sets a member, whatever its name: an assignment to `__proto__` would set none. */
export function setMember(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name === "__proto__") {
    Object.defineProperty(object, name, { value, enumerable: true });
  } else {
    object[name] = value;
  }
}

/** A value as a text: what it says, and of a list or an object how it is written, which may name `toString` itself. */
export function plainText(value: unknown): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}
