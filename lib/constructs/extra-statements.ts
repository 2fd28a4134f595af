import { type IResolvable, TerraformLocal, Token } from "cdktf";
import type { Construct } from "constructs";
import {
  BUCKET_GRANTS,
  type BucketGrantFact,
  bucketGrantStatements,
} from "../remotion/bucket-grants.js";
import { OPTION_STATEMENTS, type OptionStatement } from "../remotion/option-statements.js";
import type { OutputBucket } from "../remotion/output-bucket.js";
import { comment } from "./comment.js";
import type { Condition } from "./condition.js";
import { expression, inQuotes } from "./expression.js";
import { placeholdersFor, type ReasonedStatement, type StatementScope } from "./fact-statement.js";
import { isTerraformList, type ListValue, resourceList } from "./resource-list.js";

/** What a policy allows beside the statements of its profile. Each may be a token. */
export interface Extras extends StatementScope {
  readonly principal: "user" | "role";
  readonly outputBuckets: readonly OutputBucket[] | IResolvable;
  /** @default none */
  readonly customLayerArns?: readonly string[] | IResolvable | undefined;
  /** @default false */
  readonly vpc?: Condition | undefined;
  /** @default false */
  readonly allInsightsRegions?: Condition | undefined;
}

/** The statements of a policy's extras. */
export interface ExtraStatements {
  /** Those that are there for certain. */
  readonly plain: readonly ReasonedStatement[];
  /** Makes a local of those that Terraform decides about, if there are any. */
  readonly local: () => TerraformLocal | undefined;
}

/**
 * The statements beside a profile's own: options, and grants to output buckets. Whether there is one
 * is known now, or Terraform finds it without resources and leaves it out.
 */
export function extraStatements(scope: Construct, extras: Extras): ExtraStatements {
  const plain: ReasonedStatement[] = [];
  const optional: ReasonedStatement[] = [];
  for (const option of OPTION_STATEMENTS) {
    const value = extras[option.option];
    if (option.principal === extras.principal && isOn(value)) {
      const statement = optionStatement(option, extras);
      (Token.isUnresolved(value) ? optional : plain).push(statement);
    }
  }
  const { outputBuckets } = extras;
  const { partition = "aws" } = extras.names;
  if (Token.isUnresolved(outputBuckets)) {
    for (const grant of BUCKET_GRANTS) {
      const resources = grantResources(grant, outputBuckets as IResolvable, partition);
      optional.push(reasoned(grant, resources));
    }
  } else {
    for (const statement of bucketGrantStatements(
      outputBuckets as readonly OutputBucket[],
      partition,
    )) {
      const grant = BUCKET_GRANTS.find(({ sid }) => sid === statement.Sid);
      plain.push({ statement, reason: grant?.reason ?? "" });
    }
  }
  return { plain, local: () => optionalLocal(scope, optional) };
}

function isOn(value: Extras["customLayerArns"] | Condition): boolean {
  return Token.isUnresolved(value) || value === true || (Array.isArray(value) && value.length > 0);
}

function optionStatement(option: OptionStatement, extras: Extras): ReasonedStatement {
  const { customLayerArns = [] } = extras;
  if (option.resources === "customLayerArns") {
    return reasoned(option, customLayerArns);
  }
  const resources = resourceList(option.resources, placeholdersFor(extras));
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
  const list = isTerraformList(resources)
    ? resources
    : resources.reduce(
        (text, resource, index) =>
          expression`${text}${index > 0 ? ", " : ""}"${inQuotes(resource)}"`,
        expression``,
      );
  const whole = isTerraformList(resources) ? list : expression`[${list}]`;
  return expression`[for resource in ${whole} : resource if ${on}]`;
}

function reasoned(
  { sid, actions, reason }: Pick<OptionStatement, "sid" | "actions" | "reason">,
  resources: ListValue,
): ReasonedStatement {
  return {
    statement: { Sid: sid, Effect: "Allow", Action: actions, Resource: resources },
    reason,
  };
}

function grantResources(
  grant: BucketGrantFact,
  outputBuckets: IResolvable,
  partition: string,
): IResolvable {
  const applies =
    "access" in grant.appliesTo ? `bucket.access == "${grant.appliesTo.access}"` : "bucket.acl";
  const bucket = expression`"arn:${inQuotes(partition)}:s3:::\${bucket.name}"`;
  const objects = expression`"arn:${inQuotes(partition)}:s3:::\${bucket.name}/\${bucket.prefix}*"`;
  const [first, second] = grant.resources.map((part) => (part === "bucket" ? bucket : objects));
  const [item, open, close] =
    first === undefined || second !== undefined
      ? [expression`[${bucket}, ${objects}]`, "distinct(flatten([", "]))"]
      : [first, "distinct([", "])"];
  return expression`${open}\n  for bucket in ${outputBuckets} : ${item} if ${applies}\n${close}`;
}

function optionalLocal(
  scope: Construct,
  optional: readonly ReasonedStatement[],
): TerraformLocal | undefined {
  if (optional.length === 0) {
    return undefined;
  }
  const local = new TerraformLocal(
    scope,
    "optional_statements",
    optional.map(({ statement }) => statement),
  );
  comment(local, "What the inputs add; statements without a resource are left out below.");
  for (const [index, { reason }] of optional.entries()) {
    comment(local, reason, `/${index}`);
  }
  return local;
}
