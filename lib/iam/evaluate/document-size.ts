import { tooMuchText } from "./errors.js";
import { UnknownPart } from "./unknown-part.js";

/** Characters in all known texts of a policy: a hundred times what IAM takes, and evaluated in seconds whatever they are. */
const MOST_TEXT = 1_000_000;

/**
 * Refuses what is so large that it can be no policy, before time goes into it.
 *
 * @param where what the policy is, as it begins an error message
 * @throws PolicyError
 */
export function checkSize(document: object, where: string): void {
  let characters = 0;
  const values: unknown[] = [document];
  while (values.length > 0) {
    const value = values.pop();
    if (typeof value === "string") {
      characters += value.length;
      if (characters > MOST_TEXT) {
        throw tooMuchText(where, MOST_TEXT);
      }
    } else if (typeof value === "object" && value !== null && !(value instanceof UnknownPart)) {
      for (const item of Object.values(value)) {
        values.push(item);
      }
    }
  }
}
