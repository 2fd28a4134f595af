import type { DeniedRequest } from "./denial.js";

/** A request of which only the action is known. */
export function plainRequest(action: string, isOfFunctions = false): DeniedRequest {
  return {
    kind: "request",
    action,
    resource: undefined,
    principal: undefined,
    isOfFunctions,
    policy: undefined,
    explicit: false,
  };
}
