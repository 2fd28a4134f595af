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

/** What follows `user/` or `role/` where STS says who calls: a user's path, too, and no path of a session's role. */
function nameOfCaller({ kind, name, arn }: Known["principal"]): string {
  const [, path = ""] = (kind === "user" && /:user\/(.*\/)/.exec(arn ?? "")) || [];
  return `${path}${name}`;
}
