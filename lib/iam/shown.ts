const LONGEST_SHOWN = 120;

/** A value as a message shows it, whatever it is; what is no string is cut where it is long. */
export function shown(value: unknown): string {
  const text = textOf(value);
  return text.length > LONGEST_SHOWN && typeof value !== "string"
    ? `${text.slice(0, LONGEST_SHOWN)}…`
    : text;
}

/** Choices as prose, in quotes: `"a"`, `"a" or "b"`, `"a", "b" or "c"`. */
export function quotedChoices(choices: readonly string[]): string {
  const quoted = choices.map((choice) => JSON.stringify(choice));
  const last = quoted.slice(-1);
  return quoted.length < 2 ? last.join("") : `${quoted.slice(0, -1).join(", ")} or ${last}`;
}

function textOf(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "function":
      return "a function";
    case "object":
      return value === null ? "null" : objectText(value);
    default:
      return String(value);
  }
}

function objectText(value: object): string {
  if (Array.isArray(value)) {
    return `[${Array.from(value, briefly).join(", ")}]`;
  }
  const { name } = (value.constructor ?? {}) as { readonly name?: string };
  if (name !== undefined && name !== "Object") {
    return `an object of the class ${name}`;
  }
  const entries = Object.entries(value).map(([key, item]) => `${key}: ${briefly(item)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

/** A value inside another: what lies deeper is not shown, and circles end. */
function briefly(value: unknown): string {
  if (typeof value === "object" && value !== null) {
    return Array.isArray(value) ? "[…]" : "{…}";
  }
  return textOf(value);
}
