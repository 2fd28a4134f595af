import type { Principal } from "../../../lib/terraform/principal.js";
import type { VerifyOptions } from "../../../lib/verify/verify-options.js";

/** A principal as a file would have it; only what is given is told of it. */
export function principal(given: Partial<Principal> & Pick<Principal, "name">): Principal {
  return {
    kind: "role",
    arn: undefined,
    address: "",
    policies: [],
    unread: [],
    boundary: undefined,
    trust: undefined,
    moduleSources: [],
    runs: [],
    notes: [],
    ...given,
  };
}

/** A policy of that name. */
export function policy(name: string, document: unknown): Principal["policies"][number] {
  return { name, address: "", document };
}

/** What `verify` is asked for without options, some of them given. */
export function options(given: Partial<VerifyOptions> = {}): VerifyOptions {
  return {
    named: [],
    scope: {},
    outputBuckets: [],
    forbid: [],
    now: new Date("2026-11-28T12:00:00Z"),
    ...given,
  };
}
