import { type ArnMatcher, arnMatcher } from "./arn-matcher.js";
import { completedArnParts } from "./arn-parts.js";
import { invalidResource, variableBeforeResource } from "./errors.js";
import type { TextSyntax } from "./policy-text.js";
import type { PreparedRequest } from "./request.js";

/**
 * Whether a request is for one of the resources of a statement's Resource or NotResource. A request
 * for `*`, made by an action that has no resources, fits only the pattern `*`.
 *
 * An ARN with a variable that has no value fits no resource, so in NotResource it excepts none.
 *
 * @param where the list, as it begins an error message
 * @throws PolicyError when a pattern is neither `*` nor an ARN, or has a variable where IAM fills in
 * none
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function resourceMatcher(
  patterns: readonly string[],
  syntax: Pick<TextSyntax, "variables">,
  where: string,
): (request: PreparedRequest) => boolean {
  const matchers = patterns.flatMap((pattern, index): ArnMatcher[] => {
    const site = `${where}[${index}]`;
    if (pattern === "*") {
      return [];
    }
    if (!pattern.startsWith("arn:")) {
      throw invalidResource(site, pattern);
    }
    const parts = completedArnParts(pattern);
    if (syntax.variables && parts.slice(0, 5).some((part) => part.includes("${"))) {
      throw variableBeforeResource(site, pattern);
    }
    return [arnMatcher(parts, syntax, site)];
  });
  if (matchers.length < patterns.length) {
    return () => true;
  }
  return ({ resource, context }) =>
    resource !== "*" && matchers.some((matches) => matches(resource, context));
}
