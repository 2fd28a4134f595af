import { type ArnParts, arnParts } from "./arn-parts.js";
import { parseText, type TextSyntax } from "./policy-text.js";
import type { RequestContext } from "./request-context.js";
import { textMatcher } from "./text-matcher.js";

/** Whether an ARN, split into its parts, fits an ARN pattern of the policy. */
export type ArnMatcher = (arn: ArnParts, context: RequestContext) => boolean;

/**
 * A matcher for ARNs. Each of the six parts is compared with its own part, and case counts; so a
 * wildcard in one of the first five stays between its colons, and one in the sixth, the resource,
 * also covers colons and slashes.
 *
 * AWS writes that a `*` that ends a segment of a resource's ARN "can expand to match beyond the colon
 * boundaries"; that is read here as the resource part, which all real ARNs agree with.
 *
 * @param parts the parts of the pattern
 * @param where what the pattern is, as it begins an error message
 * @throws PolicyError when a `${` does not begin a policy variable
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function arnMatcher(
  parts: ArnParts,
  syntax: Pick<TextSyntax, "variables">,
  where: string,
): ArnMatcher {
  const matchers = parts.map((part) =>
    textMatcher(parseText(part, { ...syntax, wildcards: true }, where, parts.join(":"))),
  );
  // The resource first: it is the part that differs most between requests.
  matchers.reverse();
  return (arn, context) =>
    matchers.every((matches, index) => matches(arn[5 - index] ?? "", context));
}

/** A matcher for ARNs that are still one text. A text that is no ARN fits nothing. */
export function arnTextMatcher(
  parts: ArnParts,
  syntax: Pick<TextSyntax, "variables">,
  where: string,
): (arn: string, context: RequestContext) => boolean {
  const matches = arnMatcher(parts, syntax, where);
  return (arn, context) => {
    const split = arnParts(arn);
    return split !== undefined && matches(split, context);
  };
}
