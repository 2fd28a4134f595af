import type { ApiCall, ApiRow } from "../../../lib/remotion/api-calls.js";
import type { AwsRequest } from "./aws-request.js";
import { callOf } from "./call-of.js";
import type { Permission } from "./permission.js";
import { requestPermissions } from "./request-permissions.js";

/**
 * The permission for want of which a request is refused, if it is, given the status that it is
 * answered with otherwise: 200 before that is known.
 */
export type Denial = (request: AwsRequest, status: number) => Permission | undefined;

/** Refuses every request that is an instance of one of these calls of a row, and no other. */
export function denialOf(row: ApiRow, calls: readonly ApiCall[]): Denial {
  return (request, status) =>
    requestPermissions(request, status).find((permission) => {
      const call = callOf(row, permission);
      return call !== undefined && calls.includes(call);
    });
}
