import { type IResolvable, TerraformLocal, type TerraformResource, Token } from "cdktf";
import {
  isPartition,
  isRegionOf,
  PARTITIONS,
  partitionOf,
  REGIONS_ELSEWHERE,
} from "../iam/partition.js";
import { notInPartition } from "../remotion/errors.js";
import type { OutputBucket } from "../remotion/output-bucket.js";
import { comment } from "./comment.js";
import { concatenation } from "./concatenation.js";
import type { Condition } from "./condition.js";
import { INSIGHTS_OF_CHINA, insightsOfChina } from "./errors.js";
import { type ExpressionPart, expression, inQuotes, textPart } from "./expression.js";
import { addPrecondition } from "./precondition.js";
import type { RemotionNarrowing } from "./remotion-narrowing.js";

/** The way out for what is in another partition. */
const WAY_OUT = `Give what belongs to it, or set partition: Remotion runs in ${PARTITIONS.map((each) => `"${each}"`).join(" and ")} alone.`;

/** One text or several, each known now, or known to Terraform only. */
type Texts = string | readonly string[] | IResolvable;

/** What has to be in one partition. */
export interface InPartition {
  /** @default "aws" */
  readonly partition?: string | undefined;
  /** Prop → its ARN or ARNs; what is no ARN is in every partition. */
  readonly arns?: Readonly<Record<string, Texts | undefined>>;
  /** Whose regions. @default none */
  readonly narrowing?: RemotionNarrowing | undefined;
}

/**
 * Lets Terraform refuse ARNs and regions of another partition than the one given, which IAM would take
 * and never match.
 *
 * @throws at once, when both are known already
 */
export function enforcePartition(resource: TerraformResource, props: InPartition): void {
  const { partition = "aws", arns = {}, narrowing } = props;
  const { scope } = resource.node;
  const open = (
    values: Readonly<Record<string, Texts | undefined>>,
    isIn: (value: string) => boolean,
  ) =>
    Object.entries(values).flatMap(([prop, texts]) =>
      openTexts(prop, texts, partition, resource, isIn),
    );
  const openArns = open(arns, isInPartition(partition));
  const openRegions = open(
    { "narrowing.regions": narrowing?.regions },
    (region) => isPartition(partition) && isRegionOf(partition, region),
  );
  const outside = [
    ...(openArns.length === 0
      ? []
      : [
          expression`distinct([for arn in compact(${joined(openArns)}) : arn if !${isOfPartition("arn", partition)}])`,
        ]),
    ...(openRegions.length === 0 || narrowing === undefined
      ? []
      : [regionsOutside(narrowing, partition, openRegions)]),
  ];
  if (scope === undefined || outside.length === 0) {
    return;
  }
  const local = new TerraformLocal(scope, "outside_partition", concatenation(outside));
  const what = openRegions.length === 0 ? "ARNs" : "ARNs and regions";
  comment(local, `${what} of another partition, where IAM would never match them.`);
  addPrecondition(resource, {
    condition: expression`length(${local.fqn}) == 0`,
    errorMessage: `These are not in the partition "${partition}": ${expression`join(", ", ${local.fqn})`}. ${WAY_OUT}`,
  });
}

/**
 * Lets Terraform refuse the further regions of Lambda Insights in China, where AWS publishes it from one account, which
 * every policy names.
 *
 * @throws at once, when both are known already
 */
export function enforceInsights(
  resource: TerraformResource,
  allInsightsRegions: Condition = false,
  partition = "aws",
): void {
  const isOff = allInsightsRegions === false || partition === "aws";
  if (allInsightsRegions === true && partition === "aws-cn") {
    throw insightsOfChina(resource.node.scope?.node.path ?? "");
  }
  if (isOff) {
    return;
  }
  const on = allInsightsRegions === true ? "true" : (allInsightsRegions as IResolvable);
  addPrecondition(resource, {
    condition: expression`!(${on} && ${textPart(partition)} == "aws-cn")`,
    errorMessage: `all_insights_regions would do nothing, as partition is "aws-cn": ${INSIGHTS_OF_CHINA}`,
  });
}

/** A map of ARNs, or of names and ARNs. */
interface PartitionEntries {
  readonly prop: string;
  readonly map: Readonly<Record<string, string>>;
  /** @default false */
  readonly mayBeNames?: boolean;
}

/**
 * Lets Terraform refuse the ARN of another partition in a resource of a map's entry.
 *
 * @param value the entry's text in Terraform, as in `each.value`
 * @param entries the prop, what is known of its map already, and whether there may be names, which are in every
 * partition
 * @throws at once, when both are known already
 */
export function enforceEntriesPartition(
  resource: TerraformResource,
  value: string,
  { prop, map, mayBeNames = false }: PartitionEntries,
  partition = "aws",
): void {
  const known = Token.isUnresolved(map) ? [] : Object.entries(map);
  const open = known.flatMap(([key, text]) =>
    openTexts(`${prop}.${key}`, text, partition, resource, isInPartition(partition)),
  );
  if (Token.isUnresolved(map) || open.length > 0) {
    const isIn = isOfPartition(value, partition);
    addPrecondition(resource, {
      condition: mayBeNames ? expression`!startswith(${value}, "arn:") || ${isIn}` : isIn,
      errorMessage: `${expression`${value}`} is not in the partition "${partition}". ${WAY_OUT}`,
    });
  }
}

/** The keys of output buckets, for {@link enforcePartition}. */
export function bucketKeyArns(
  buckets: readonly OutputBucket[] | IResolvable,
): Readonly<Record<string, Texts | undefined>> {
  if (Token.isUnresolved(buckets)) {
    return {
      outputBuckets: expression`${buckets as IResolvable}[*].kms_key_arn`,
    };
  }
  const known = buckets as readonly OutputBucket[];
  return Object.fromEntries(
    known.map(({ kmsKeyArn }, index) => [`outputBuckets[${index}].kmsKeyArn`, kmsKeyArn]),
  );
}

/** Narrowing → partition → reference to those of its regions that are outside it. */
const regionLocals = new WeakMap<RemotionNarrowing, Map<string, string>>();

/** The regions that are in another partition, in a local that serves whatever has the same narrowing. */
function regionsOutside(
  narrowing: RemotionNarrowing,
  partition: string,
  regions: readonly ExpressionPart[],
): string {
  const references = regionLocals.get(narrowing) ?? new Map<string, string>();
  regionLocals.set(narrowing, references);
  const number = references.size === 0 ? "" : `_${references.size + 1}`;
  const existing = references.get(partition);
  if (existing !== undefined) {
    return existing;
  }
  const local = new TerraformLocal(
    narrowing,
    `regions_outside_partition${number}`,
    expression`[for region in ${joined(regions)} : region if ${isRegionOutside(partition)}]`,
  );
  comment(local, "Regions of another partition than the one that is given.");
  references.set(partition, local.fqn);
  return local.fqn;
}

function isInPartition(partition: string): (arn: string) => boolean {
  return (arn) => (partitionOf(arn) ?? partition) === partition;
}

/** Checks what is known, and gives back what only Terraform knows, as lists. */
function openTexts(
  prop: string,
  texts: Texts | undefined,
  partition: string,
  resource: TerraformResource,
  isIn: (value: string) => boolean,
): readonly ExpressionPart[] {
  if (texts === undefined) {
    return [];
  }
  if (typeof texts !== "string") {
    return Token.isUnresolved(texts)
      ? [texts as IResolvable]
      : (texts as readonly string[]).flatMap((text, index) =>
          openTexts(`${prop}[${index}]`, text, partition, resource, isIn),
        );
  }
  if (Token.isUnresolved(texts) || Token.isUnresolved(partition)) {
    return [expression`[${textPart(texts)}]`];
  }
  if (!isIn(texts)) {
    const { path = "" } = resource.node.scope?.node ?? {};
    throw notInPartition(`${path}: ${prop}`, texts, partition);
  }
  return [];
}

function joined(lists: readonly ExpressionPart[]): ExpressionPart {
  const [first = "[]", ...more] = lists;
  return more.length === 0
    ? first
    : expression`concat(${more.reduce((all, list) => expression`${all}, ${list}`, first)})`;
}

/** That an ARN is of a partition. */
function isOfPartition(arn: string, partition: string): IResolvable {
  return expression`startswith(${arn}, "arn:${inQuotes(partition)}:")`;
}

function isRegionOutside(partition: string): IResolvable {
  const ofChina = expression`startswith(region, "cn-")`;
  const elsewhere = expression`can(regex("${REGIONS_ELSEWHERE}", region))`;
  if (partition === "aws") {
    return elsewhere;
  }
  return partition === "aws-cn"
    ? expression`!${ofChina}`
    : expression`${textPart(partition)} == "aws-cn" ? !${ofChina} : ${elsewhere}`;
}
