import type { Partition } from "../iam/partition.js";
import type { Statement } from "../iam/policy-document.js";

/**
 * The resources of a statement as ARN templates: `{partition}`, `{region}` and the other placeholders
 * of `resource-scope.ts` stand for what the caller narrows; every other `*` is Remotion's own wildcard.
 */
export type ResourceTemplates = readonly string[] | ResourcesByPartition;

/** Resources that differ between the partitions in more than the first part of their ARNs. */
export interface ResourcesByPartition {
  /** What they are called together, where Terraform picks among them. */
  readonly name: string;
  /** What they are, in a sentence. */
  readonly about: string;
  readonly byPartition: Readonly<Record<Partition, readonly string[]>>;
}

/** One statement of a Remotion policy, with what a security reviewer asks about it. */
export interface StatementFact {
  readonly sid: string;
  /** The actions; in a policy of record in Remotion's order. */
  readonly actions: readonly string[];
  /** The resources; in a policy of record in Remotion's order. */
  readonly resources: ResourceTemplates;
  /** Conditions on the request. @default none */
  readonly condition?: Statement["Condition"];
  /** Whether a condition limits it to the account that is given, as its ARNs name none. @default false */
  readonly limitedToAccount?: true;
  /** What the resources are, in words. */
  readonly scope: string;
  /** Why its policy needs the statement, in one sentence. */
  readonly reason: string;
  /** The resources as the table of API calls has them, where it is derived from that. @default any */
  readonly calledOn?: readonly string[];
}

/** Whether the resources differ between the partitions in more than the first part of their ARNs. */
export function isByPartition(resources: ResourceTemplates): resources is ResourcesByPartition {
  return !Array.isArray(resources);
}

/** The templates of a statement in one partition. */
export function templatesOf(fact: StatementFact, partition: Partition): readonly string[] {
  const { resources } = fact;
  return isByPartition(resources) ? resources.byPartition[partition] : resources;
}
