import type { ApiCall, ApiRow } from "../../../lib/remotion/api-calls.js";
import type { Permission } from "./permission.js";
import { resourceMatches } from "./resource-pattern.js";

/** The call of a row that a permission is an instance of: the one with the longest resource. */
export function callOf(row: ApiRow, permission: Permission): ApiCall | undefined {
  return row.calls
    .filter(
      ({ action, resource }) =>
        action === permission.action && resourceMatches(resource, permission.resource),
    )
    .sort((a, b) => b.resource.length - a.resource.length)[0];
}
