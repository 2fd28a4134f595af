import { PARTITIONS } from "../partition.js";
import { type Answer, both, either, not } from "./answer.js";
import { type ArnMatcher, arnMatcher, unknownArnMatcher } from "./arn-matcher.js";
import { type ArnParts, completedArnParts } from "./arn-parts.js";
import { invalidResource, variableBeforeResource } from "./errors.js";
import type { PreparedRequest } from "./request.js";
import type { RequestContext } from "./request-context.js";
import type { NamedTexts, StatementSyntax } from "./statement-syntax.js";
import { UnknownPart } from "./unknown-part.js";
import { areMet, fitsAny, type Need, type ValueMatcher } from "./value-matcher.js";

/** Whether a request is for one of the resources that a statement is about. */
export type ResourceMatcher = (request: PreparedRequest) => Answer;

/**
 * What a request for `*` is for, where AWS's own examples name it by an ARN, too: all buckets.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/walkthrough1.html
 */
const ARNS_OF_ALL: Readonly<Record<string, readonly ArnParts[]>> = {
  "s3:listallmybuckets": PARTITIONS.map((partition) => ["arn", partition, "s3", "", "", "*"]),
};

/**
 * A matcher for a statement's Resource or NotResource. A request for `*`, made by an action that has
 * no resources, fits only the pattern `*`, or a pattern for all buckets where it lists them.
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
  return ({ action, resource, context }) => {
    if (resource !== "*") {
      return namesArn(known, unknown, resource, context);
    }
    let answer: Answer = fitsAny(unknown, resource, context);
    for (const arn of ARNS_OF_ALL[action] ?? []) {
      answer = either(answer, namesArn(known, unknown, arn, context));
    }
    return answer;
  };
}

function namesArn(
  known: readonly ArnMatcher[],
  unknown: readonly ValueMatcher[],
  arn: ArnParts,
  context: RequestContext,
): Answer {
  let answer: Answer = false;
  for (const { fits } of known) {
    answer = either(answer, fits(arn, context));
    if (answer === true) {
      return true;
    }
  }
  return unknown.length === 0 ? answer : either(answer, fitsAny(unknown, arn.join(":"), context));
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
