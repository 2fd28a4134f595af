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
  const { name, arn } = principal;
  const asked = policies.asksForCaller;
  return {
    name,
    asked,
    roles: roles.length > 1 ? passedBy(principal, roles) : roles,
    answers: new Map(),
    ...(asked && arn !== undefined ? { arn } : {}),
  };
}
