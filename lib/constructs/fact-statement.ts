import { type IResolvable, TerraformLocal } from "cdktf";
import type { Construct } from "constructs";
import { isPartition, PARTITIONS } from "../iam/partition.js";
import type { Statement } from "../iam/policy-document.js";
import {
  type Placeholders,
  placeholdersOf,
  type ResourceScope,
  scalarsOf,
} from "../remotion/resource-scope.js";
import {
  isByPartition,
  type ResourcesByPartition,
  type StatementFact,
  templatesOf,
} from "../remotion/statement-fact.js";
import { comment } from "./comment.js";
import { concern } from "./concern.js";
import { expression } from "./expression.js";
import type { RemotionNarrowing } from "./remotion-narrowing.js";
import { type ListValue, resourceList } from "./resource-list.js";

/** A statement whose resources may be known to Terraform only, with its reason. */
export interface ReasonedStatement {
  readonly statement: Omit<Statement, "Resource" | "Condition"> & {
    readonly Resource: ListValue;
    /** Left out where Terraform finds it to be `null`. */
    readonly Condition?: NonNullable<Statement["Condition"]> | IResolvable;
  };
  readonly reason: string;
}

/** What fills the resources of statements. Strings may be tokens. */
export interface StatementScope {
  /** Names in the statements' resources. */
  readonly names: Pick<ResourceScope, "partition" | "lambdaRoleName" | "lambdaRolePath">;
  /** What the locals of the statements are about. @default what their scope is */
  readonly statementsConcern?: string | undefined;
  /** @default Remotion's wildcards */
  readonly narrowing?:
    | (Pick<RemotionNarrowing, "account" | "lists"> &
        Partial<Pick<RemotionNarrowing, "accountCondition" | "arns">>)
    | undefined;
}

/** A fact as a statement; Terraform picks its resources where only it knows the partition. */
export function factStatement(
  scope: Construct,
  fact: StatementFact,
  statementScope: StatementScope,
): ReasonedStatement {
  const { partition = "aws" } = statementScope.names;
  const placeholders = placeholdersFor(statementScope);
  const resources =
    !isByPartition(fact.resources) || isPartition(partition)
      ? resourcesFor(templatesOf(fact, isPartition(partition) ? partition : "aws"), statementScope)
      : expression`${byPartitionLocal(scope, fact.resources, placeholders, statementScope)}[${partition}]`;
  const condition =
    fact.limitedToAccount === true
      ? (statementScope.narrowing?.accountCondition ?? fact.condition)
      : fact.condition;
  return {
    statement: {
      Sid: fact.sid,
      Effect: "Allow",
      Action: fact.actions,
      Resource: resources,
      ...(condition === undefined ? {} : { Condition: condition }),
    },
    reason: fact.reason,
  };
}

/** The resources that templates stand for, in the locals of the narrowing where it has any. */
export function resourcesFor(templates: readonly string[], scope: StatementScope): ListValue {
  const placeholders = placeholdersFor(scope);
  const named = scope.narrowing?.arns;
  return resourceList(templates, placeholders, (template) => named?.find(template, placeholders));
}

/** What every placeholder stands for. */
function placeholdersFor({ names, narrowing }: StatementScope): Placeholders<ListValue> {
  const { partition, account, lambdaRole } = scalarsOf(names);
  const { lists } = narrowing ?? { lists: placeholdersOf({}) };
  const { region, bucket, bucketTree, function: functions, functionLogs } = lists;
  return {
    partition,
    account: narrowing?.account ?? account,
    lambdaRole,
    region,
    bucket,
    bucketTree,
    function: functions,
    functionLogs,
  };
}

/** The resources of each partition in a local, made once however many statements name them. */
function byPartitionLocal(
  scope: Construct,
  resources: ResourcesByPartition,
  placeholders: Placeholders<ListValue>,
  { statementsConcern }: StatementScope,
): string {
  const existing = scope.node.tryFindChild(resources.name);
  if (existing instanceof TerraformLocal) {
    return existing.fqn;
  }
  const local = new TerraformLocal(
    scope,
    resources.name,
    Object.fromEntries(
      PARTITIONS.map((partition) => [
        partition,
        resourceList(resources.byPartition[partition], placeholders),
      ]),
    ),
  );
  concern(local, statementsConcern);
  comment(local, resources.about);
  return local.fqn;
}
