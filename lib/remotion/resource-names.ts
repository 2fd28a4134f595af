import { PARTITIONS, type Partition } from "../iam/partition.js";
import { DEFAULT_NAMES } from "./default-names.js";
import type { ResourcesByPartition, ResourceTemplates, StatementFact } from "./statement-fact.js";

/** The names that fill a statement's resource templates. Values may be Terraform expressions. */
export interface ResourceNames {
  /** @default "aws" */
  readonly partition?: string;
  /** Name of the role that Remotion's functions run as. @default "remotion-lambda-role" */
  readonly lambdaRoleName?: string;
  /** IAM path of that role, a slash at both ends. @default "/" */
  readonly lambdaRolePath?: string;
}

/** A statement's resources in one partition. */
export function resourcesOf(
  fact: StatementFact,
  partition: Partition,
  names: ResourceNames = {},
): string[] {
  const { resources } = fact;
  const templates = isByPartition(resources) ? resources.byPartition[partition] : resources;
  return fillAll(templates, { partition, ...names });
}

/** A statement's resources in every partition. */
export function resourcesByPartition(
  resources: ResourcesByPartition,
  names: ResourceNames,
): Record<Partition, string[]> {
  const filled = PARTITIONS.map((partition) => [
    partition,
    fillAll(resources.byPartition[partition], names),
  ]);
  return Object.fromEntries(filled) as Record<Partition, string[]>;
}

/** Whether the resources differ between the partitions in more than the first part of their ARNs. */
export function isByPartition(resources: ResourceTemplates): resources is ResourcesByPartition {
  return !Array.isArray(resources);
}

function fillAll(templates: readonly string[], names: ResourceNames): string[] {
  const {
    partition = "aws",
    lambdaRoleName = DEFAULT_NAMES.lambdaRole,
    lambdaRolePath = "/",
  } = names;
  const values: Record<string, string> = { partition, lambdaRoleName, lambdaRolePath };
  return templates.map((template) =>
    template.replace(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder),
  );
}
