import type { Partition } from "../iam/partition.js";
import type { RemotionApi } from "./api.js";

/**
 * The resources of a statement as ARN templates. `{partition}`, `{lambdaRolePath}` and
 * `{lambdaRoleName}` stand for what the caller names; every other `*` is Remotion's own wildcard.
 */
export type ResourceTemplates = readonly string[] | ResourcesByPartition;

/** Resources that differ between the partitions in more than the first part of their ARNs. */
export interface ResourcesByPartition {
  /** What they are called together, where Terraform picks among them. */
  readonly name: string;
  readonly byPartition: Readonly<Record<Partition, readonly string[]>>;
}

/** One statement of a Remotion policy, with what a security reviewer asks about it. */
export interface StatementFact {
  /** Remotion's own Sid. */
  readonly sid: string;
  /** The actions, in Remotion's order. */
  readonly actions: readonly string[];
  /** The resources, in Remotion's order. */
  readonly resources: ResourceTemplates;
  /** What the resources are, in words. */
  readonly scope: string;
  /** Why the statement is needed, in a sentence. */
  readonly reason: string;
  /** The Remotion APIs that make these calls. */
  readonly apis: readonly RemotionApi[];
}
