import { type ArnParts, arnParts } from "./arn-parts.js";
import { invalidRequestAction, invalidRequestResource } from "./errors.js";
import { RequestContext } from "./request-context.js";

/**
 * A call to AWS, as IAM sees it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/intro-structure.html#intro-structure-request
 */
export interface AccessRequest {
  /** One action, as in `s3:GetObject`. Case is ignored. */
  readonly action: string;
  /**
   * The ARN of one resource, or `*` for an action that has no resources, as `s3:ListAllMyBuckets`.
   * A `*` or `?` in an ARN stands for itself, as in the key of an object.
   */
  readonly resource: string;
  /**
   * The ARN of the user or role that calls. Only fills in the context keys that follow from it,
   * such as `aws:username`; a key given in `context` comes before.
   */
  readonly principal?: string;
  /** Context keys and values: a list for a key with many values, as `aws:TagKeys`. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
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
 * @throws RequestError when the action or the resource is none, or is a pattern
 */
export function prepareRequest(request: AccessRequest): PreparedRequest {
  if (!/^[A-Za-z0-9-]+:[A-Za-z0-9-]+$/.test(request.action)) {
    throw invalidRequestAction(request.action);
  }
  const resource = request.resource === "*" ? "*" : arnParts(request.resource);
  if (resource === undefined || (resource !== "*" && resource[0] !== "arn")) {
    throw invalidRequestResource(request.resource);
  }
  return {
    action: request.action.toLowerCase(),
    resource,
    context: new RequestContext(request),
  };
}
