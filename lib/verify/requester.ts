import type { FunctionsRole } from "./checked-scope.js";
import type { Requester } from "./needed-request.js";
import { passedBy } from "./passers.js";
import type { Known } from "./who-is-who.js";

/**
 * Who makes the requests of a principal: by name alone where its policies do not ask for more.
 *
 * @param roles the roles that functions may be given
 */
export function requesterOf(
  { principal, policies }: Known,
  roles: readonly FunctionsRole[],
): Requester {
  // A policy that nobody in the file has is somebody's, and its own ARN is not theirs.
  const arn = principal.kind === "policy" ? undefined : principal.arn;
  const asked = policies.asksForCaller;
  return {
    name: nameOfCaller(principal),
    asked,
    roles: roles.length > 1 ? passedBy(principal, roles) : roles,
    answers: new Map(),
    ...(asked && arn !== undefined ? { arn } : {}),
  };
}

/** How the names of roles end that IAM Identity Center makes, as it could be. */
const OF_SET = "0123456789abcdef";

/**
 * What follows `user/` or `role/` where Remotion asks STS who calls: a user's path, too, no path of a
 * session's role, and of a permission set the role that IAM Identity Center makes for it.
 */
function nameOfCaller({ kind, name, arn }: Known["principal"]): string {
  if (kind === "permission set") {
    return `AWSReservedSSO_${name}_${OF_SET}`;
  }
  const [, path = ""] = (kind === "user" && /:user\/(.*\/)/.exec(arn ?? "")) || [];
  return `${path}${name}`;
}
