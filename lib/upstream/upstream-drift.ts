import { PARTITIONS, type Partition } from "../iam/partition.js";
import { rolePolicy, userPolicy } from "../remotion/policies.js";
import { REMOTION_VERSION } from "../remotion/release.js";
import type { UpstreamPolicies } from "./fetch-upstream-policies.js";
import { isDrift, type PolicyDrift, policyDrift } from "./policy-drift.js";

/** How all our policies differ from those of a release. */
export interface UpstreamDrift {
  /** The release that ours are compared with. */
  readonly version: string;
  /** The release that ours reproduce. */
  readonly ours: string;
  /** Whether any policy differs in more than order and form. */
  readonly drift: boolean;
  readonly policies: readonly ComparedPolicy[];
  /** Partitions that the release publishes no policies for. */
  readonly notCompared: readonly Partition[];
}

/** How one policy of ours differs from that of a release. */
export interface ComparedPolicy extends PolicyDrift {
  readonly principal: "user" | "role";
  readonly partition: Partition;
  readonly drift: boolean;
}

const POLICIES = [
  { principal: "user", policyOf: userPolicy },
  { principal: "role", policyOf: rolePolicy },
] as const;

/** Compares each policy of ours with that of a release. */
export function upstreamDrift({ version, policies }: UpstreamPolicies): UpstreamDrift {
  const compared = PARTITIONS.flatMap((partition) => {
    const theirs = policies[partition];
    return theirs === undefined
      ? []
      : POLICIES.map(({ principal, policyOf }): ComparedPolicy => {
          const difference = policyDrift(policyOf({ partition }), theirs[principal]);
          return { principal, partition, drift: isDrift(difference), ...difference };
        });
  });
  return {
    version,
    ours: REMOTION_VERSION,
    drift: compared.some(({ drift }) => drift),
    policies: compared,
    notCompared: PARTITIONS.filter((partition) => policies[partition] === undefined),
  };
}
