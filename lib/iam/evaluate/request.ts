import { type ArnParts, arnParts } from "./arn-parts.js";
import { invalidRequestAction, invalidRequestResource } from "./errors.js";
import { type ContextSource, RequestContext } from "./request-context.js";

/**
 * A call to AWS, as IAM sees it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/intro-structure.html#intro-structure-request
 */
export interface AccessRequest extends ContextSource {
  /** One action, as in `s3:GetObject`. Case is ignored. */
  readonly action: string;
  /**
   * The ARN of one resource, or `*` for an action that has no resources, as `s3:ListAllMyBuckets`.
   * A `*` or `?` in an ARN stands for itself, as in the key of an object.
   */
  readonly resource: string;
}

/** A request, checked and taken apart once for all statements. */
export interface PreparedRequest {
  /** In lower case. */
  readonly action: string;
  readonly resource: "*" | ArnParts;
  readonly context: RequestContext;
}

/**
 * Checks a request and takes it apart.
 *
 * @param sourceOf what fills its context, asked for once, when a statement has to know it
 * @throws RequestError when the action or the resource is none, or is a pattern
 */
export function prepareRequest(
  request: Pick<AccessRequest, "action" | "resource">,
  sourceOf: () => ContextSource,
): PreparedRequest {
  const resource = request.resource === "*" ? "*" : arnParts(request.resource);
  const action = requestedAction(request.action);
  if (resource === undefined || (resource !== "*" && resource[0] !== "arn")) {
    throw invalidRequestResource(request.resource);
  }
  return { action, resource, context: new RequestContext(sourceOf) };
}

/**
 * The action of a request, in lower case.
 *
 * @throws RequestError when it is none, or is a pattern
 */
export function requestedAction(action: string): string {
  if (!/^[A-Za-z0-9-]+:[A-Za-z0-9-]+$/.test(action)) {
    throw invalidRequestAction(action);
  }
  return action.toLowerCase();
}
