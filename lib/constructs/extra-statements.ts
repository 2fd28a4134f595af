import { type IResolvable, Token } from "cdktf";
import {
  BUCKET_GRANTS,
  type BucketGrantFact,
  type BucketPart,
  bucketGrantStatements,
  grantsFor,
} from "../remotion/bucket-grants.js";
import { OPTION_STATEMENTS, type OptionStatement } from "../remotion/option-statements.js";
import {
  BUCKET_ACCESSES,
  type BucketAccess,
  type OutputBucket,
} from "../remotion/output-bucket.js";
import type { Condition } from "./condition.js";
import { type ExpressionPart, expression, inQuotes } from "./expression.js";
import { type ReasonedStatement, resourcesFor, type StatementScope } from "./fact-statement.js";
import { isTerraformList, type ListValue } from "./resource-list.js";

/** What a policy allows beside the statements of its profile. Each may be a token. */
export interface Extras extends StatementScope {
  readonly principal: "user" | "role";
  readonly outputBuckets: readonly OutputBucket[] | IResolvable;
  /** Whether a token for the buckets may stand for thousands, whose ARNs `toset` is too slow for. @default false */
  readonly hasManyBuckets?: boolean;
  /** Which accesses the principal takes from the list; the others are not for it. @default all */
  readonly bucketAccesses?: readonly BucketAccess[] | undefined;
  /** @default none */
  readonly customLayerArns?: readonly string[] | IResolvable | undefined;
  /** @default false */
  readonly vpc?: Condition | undefined;
  /** @default false */
  readonly allInsightsRegions?: Condition | undefined;
}

/** Statements that are there for certain, and those that Terraform decides about. */
export interface ExtraStatements {
  readonly plain: readonly ReasonedStatement[];
  /** Without a resource where Terraform decides against one. */
  readonly optional: readonly ReasonedStatement[];
}

/** The statements for what Remotion can do and its own policies do not allow. */
export function optionStatements(extras: Extras): ExtraStatements {
  const plain: ReasonedStatement[] = [];
  const optional: ReasonedStatement[] = [];
  for (const option of OPTION_STATEMENTS) {
    const value = extras[option.option];
    if (option.principal === extras.principal && isOn(value)) {
      (Token.isUnresolved(value) ? optional : plain).push(optionStatement(option, extras));
    }
  }
  return { plain, optional };
}

/** The statements that grant output buckets. */
export function grantStatements(extras: Extras): ExtraStatements {
  const { outputBuckets, bucketAccesses = BUCKET_ACCESSES } = extras;
  const { partition = "aws" } = extras.names;
  if (Token.isUnresolved(outputBuckets)) {
    const optional = grantsFor(bucketAccesses).map((grant) =>
      reasoned(grant, grantResources(grant, extras)),
    );
    return { plain: [], optional };
  }
  const buckets = (outputBuckets as readonly OutputBucket[]).filter(({ access }) =>
    bucketAccesses.includes(access),
  );
  const plain = bucketGrantStatements(buckets, partition).map((statement) => {
    const grant = BUCKET_GRANTS.find(({ sid }) => sid === statement.Sid);
    return { statement, reason: grant?.reason ?? "" };
  });
  return { plain, optional: [] };
}

function isOn(value: Extras["customLayerArns"] | Condition): boolean {
  return Token.isUnresolved(value) || value === true || (Array.isArray(value) && value.length > 0);
}

function optionStatement(option: OptionStatement, extras: Extras): ReasonedStatement {
  const { customLayerArns = [] } = extras;
  if (option.resources === "customLayerArns") {
    return reasoned(option, customLayerArns);
  }
  const resources = resourcesFor(option.resources, extras);
  const value = extras[option.option];
  if (!Token.isUnresolved(value)) {
    return reasoned(option, resources);
  }
  const on =
    option.option === "customLayerArns"
      ? expression`length(${value as IResolvable}) > 0`
      : (value as IResolvable);
  return reasoned(option, onlyIf(on, resources));
}

/** The resources where the condition holds, or none of them. */
function onlyIf(on: IResolvable, resources: ListValue): IResolvable {
  return expression`${on} ? ${isTerraformList(resources) ? resources : listOf(resources)} : []`;
}

/** A plain list as it stands in an expression, a line each where there are several. */
function listOf(values: readonly string[]): IResolvable {
  const items = values.map((value) => expression`"${inQuotes(value)}"`);
  const [only, ...more] = items;
  if (only !== undefined && more.length === 0) {
    return expression`[${only}]`;
  }
  const lines = items.reduce((text, item) => expression`${text}\n  ${item},`, expression``);
  return expression`[${lines}\n]`;
}

function reasoned(
  {
    sid,
    actions,
    condition,
    reason,
  }: Pick<BucketGrantFact, "sid" | "actions" | "condition" | "reason">,
  resources: ListValue,
): ReasonedStatement {
  return {
    statement: {
      Sid: sid,
      Effect: "Allow",
      Action: actions,
      Resource: resources,
      ...(condition === undefined ? {} : { Condition: condition }),
    },
    reason,
  };
}

/**
 * The resources of a grant, each once and in order. Wherever Terraform makes a set of what a `for` gives, it compares
 * each item with every other one: of thousands, the keys of an object are made in less time.
 */
function grantResources(
  grant: BucketGrantFact,
  { outputBuckets, names, hasManyBuckets = false }: Extras,
): IResolvable {
  const { partition = "aws" } = names;
  const buckets = outputBuckets as IResolvable;
  const applies = appliesTo(grant);
  const [first = "", ...more] = grant.resources.map((part) => resourceOf(part, partition));
  if (more.length === 0) {
    const loop = expression`for bucket in ${buckets} : ${first}`;
    return hasManyBuckets
      ? expression`keys({\n  ${loop} => true... if ${applies}\n})`
      : expression`toset([\n  ${loop} if ${applies}\n])`;
  }
  const all = more.reduce((list, resource) => expression`${list}, ${resource}`, first);
  const flat = expression`flatten([\n  for bucket in ${buckets} : [${all}] if ${applies}\n])`;
  return hasManyBuckets
    ? expression`keys({ for arn in ${flat} : arn => true... })`
    : expression`toset(${flat})`;
}

/** The condition on a bucket that the grant applies to it. */
function appliesTo({ accesses, acl, resources }: BucketGrantFact): string {
  const [only, ...more] = accesses.map((access) => `"${access}"`);
  const access =
    more.length === 0
      ? `bucket.access == ${only}`
      : `contains([${[only, ...more].join(", ")}], bucket.access)`;
  if (acl === true) {
    return "bucket.acl";
  }
  return resources.includes("key") ? `${access} && bucket.kms_key_arn != null` : access;
}

function resourceOf(part: BucketPart, partition: string): ExpressionPart {
  switch (part) {
    case "bucket":
      return expression`"arn:${inQuotes(partition)}:s3:::\${bucket.name}"`;
    case "objects":
      return expression`"arn:${inQuotes(partition)}:s3:::\${bucket.name}/\${bucket.prefix}*"`;
    case "key":
      return "bucket.kms_key_arn";
  }
}
