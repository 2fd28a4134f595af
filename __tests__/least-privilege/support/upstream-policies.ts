import type { Partition } from "../../../lib/iam/partition.js";
import upstream from "../../../lib/remotion/upstream-policies.json" with { type: "json" };

/** A policy as Remotion prints it. */
export interface UpstreamPolicy {
  readonly Statement: readonly {
    readonly Action: readonly string[];
    readonly Resource: readonly string[];
  }[];
}

/** The policies of record, as Remotion's packages print them. */
export const UPSTREAM_POLICIES: Readonly<
  Record<Partition, { readonly user: UpstreamPolicy; readonly role: UpstreamPolicy }>
> = upstream.policies;
