import { type Answer, both, either, not } from "./answer.js";
import { type ArnMatcher, arnMatcher, unknownArnMatcher } from "./arn-matcher.js";
import { type ArnParts, completedArnParts } from "./arn-parts.js";
import { invalidResource, variableBeforeResource } from "./errors.js";
import type { PreparedRequest } from "./request.js";
import type { NamedTexts, StatementSyntax } from "./statement-syntax.js";
import { UnknownPart } from "./unknown-part.js";
import { areMet, fitsAny, type Need, type ValueMatcher } from "./value-matcher.js";

/** Whether a request is for one of the resources that a statement is about. */
export type ResourceMatcher = (request: PreparedRequest) => Answer;

/**
 * A matcher for a statement's Resource or NotResource. A request for `*`, made by an action that has
 * no resources, fits only the pattern `*`.
 *
 * An ARN with a variable that has no value fits no resource. In NotResource it excepts none of what
 * is denied; where something is allowed, the statement does not apply.
 *
 * @throws PolicyError when a pattern is neither `*` nor an ARN, or has a variable where IAM fills in
 * none
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value
 */
export function resourceMatcher(
  { texts, negated, where }: NamedTexts,
  syntax: StatementSyntax,
): ResourceMatcher {
  if (texts.includes("*")) {
    return () => !negated;
  }
  const known: ArnMatcher[] = [];
  const unknown: ValueMatcher[] = [];
  for (const [index, text] of texts.entries()) {
    const site = `${where}[${index}]`;
    if (text instanceof UnknownPart) {
      unknown.push(unknownArnMatcher(text, syntax, site));
    } else {
      known.push(arnMatcher(partsOf(text, syntax, site), syntax, site));
    }
  }
  const named = namedBy(known, unknown);
  return negated ? butFor(named, syntax.allows ? [...known, ...unknown] : []) : named;
}

function partsOf(
  pattern: string,
  { variables }: Pick<StatementSyntax, "variables">,
  where: string,
): ArnParts {
  if (!pattern.startsWith("arn:")) {
    throw invalidResource(where, pattern);
  }
  const parts = completedArnParts(pattern);
  if (variables === true && parts.slice(0, 5).some((part) => part.includes("${"))) {
    throw variableBeforeResource(where, pattern);
  }
  return parts;
}

function namedBy(known: readonly ArnMatcher[], unknown: readonly ValueMatcher[]): ResourceMatcher {
  return ({ resource, context }) => {
    let answer: Answer = false;
    if (resource !== "*") {
      for (const { fits } of known) {
        answer = either(answer, fits(resource, context));
        if (answer === true) {
          return true;
        }
      }
    }
    if (unknown.length === 0) {
      return answer;
    }
    const text = resource === "*" ? resource : resource.join(":");
    return either(answer, fitsAny(unknown, text, context));
  };
}

/** All resources but those named; none where a name means nothing. */
function butFor(
  named: ResourceMatcher,
  matchers: readonly { readonly needs?: readonly Need[] }[],
): ResourceMatcher {
  const needs = matchers.flatMap((matcher) => matcher.needs ?? []);
  if (needs.length === 0) {
    return (request) => not(named(request));
  }
  return (request) => both(not(named(request)), areMet(needs, request.context));
}
