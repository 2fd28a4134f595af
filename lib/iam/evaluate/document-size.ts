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
  const open: object[] = [document];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    for (const item of Array.isArray(value) ? value : Object.values(value)) {
      if (typeof item === "string") {
        characters += item.length;
      } else if (typeof item === "object" && item !== null && !(item instanceof UnknownPart)) {
        open.push(item);
      }
    }
    if (characters > MOST_TEXT) {
      throw tooMuchText(where, MOST_TEXT);
    }
  }
}
