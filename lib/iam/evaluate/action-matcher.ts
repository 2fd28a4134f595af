import { invalidAction } from "./errors.js";
import { matchesGlob, parseGlob } from "./glob.js";

const ACTION = /^[A-Za-z0-9-]+:[A-Za-z0-9*?-]+$/;

/**
 * Whether an action, in lower case, is one of those of a statement's Action or NotAction. Case is
 * ignored there, in the prefix and in the name.
 *
 * @param where the list, as it begins an error message
 * @throws PolicyError when a pattern is none
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function actionMatcher(
  patterns: readonly string[],
  where: string,
): (action: string) => boolean {
  const names = new Set<string>();
  const globs = patterns.flatMap((pattern, index) => {
    if (pattern !== "*" && pattern !== "*:*" && !ACTION.test(pattern)) {
      throw invalidAction(`${where}[${index}]`, pattern);
    }
    const folded = pattern.toLowerCase();
    if (!/[*?]/.test(folded)) {
      names.add(folded);
      return [];
    }
    return [parseGlob(folded)];
  });
  return (action) => names.has(action) || globs.some((glob) => matchesGlob(glob, action));
}
