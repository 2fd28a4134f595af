import { type IResolvable, TerraformLocal, Token } from "cdktf";
import type { Construct } from "constructs";
import { isPartition, type Partition } from "../iam/partition.js";
import { policyDocument, type Statement } from "../iam/policy-document.js";
import { policySize } from "../iam/quotas.js";
import {
  BUCKET_GRANTS,
  type BucketGrantFact,
  bucketGrantStatements,
} from "../remotion/bucket-grants.js";
import type { OutputBucket } from "../remotion/output-bucket.js";
import {
  isByPartition,
  type ResourceNames,
  resourcesByPartition,
  resourcesOf,
} from "../remotion/resource-names.js";
import type { StatementFact } from "../remotion/statement-fact.js";
import { comment } from "./comment.js";
import { type ExpressionPart, expression, inQuotes } from "./expression.js";

/** What a policy says. */
export interface PolicyTextProps {
  readonly statements: readonly StatementFact[];
  /** Where the statements come from, for the reader of the Terraform. */
  readonly source: string;
  /** Names in the statements' resources; may be tokens. */
  readonly names: ResourceNames;
  /** Buckets to grant beside; a token where only Terraform knows them. */
  readonly outputBuckets: readonly OutputBucket[] | IResolvable;
  /** A policy of the same stack and with the same names, whose statements local serves again. @default none */
  readonly sameStatementsAs?: PolicyText | undefined;
}

/** A policy put together in Terraform's locals. */
export interface PolicyText {
  /** Token of the policy's JSON text. */
  readonly json: string;
  /** Token of the text's length, which is the size that IAM counts: `jsonencode` writes no white space. */
  readonly length: string;
  /** The local with Remotion's statements; none where the policy only grants buckets. */
  readonly statements: TerraformLocal | undefined;
  /** Characters without white space, where no part of the policy is a token. */
  readonly size: number | undefined;
}

/**
 * Puts a policy together in locals of the scope: `statements` as data, one after another with its
 * reason, and `policy_json` for the text. There is no data source in it, so a plan shows the text
 * even where the caller's module has `depends_on`.
 */
export function policyText(scope: Construct, props: PolicyTextProps): PolicyText {
  const { names, outputBuckets } = props;
  const { partition = "aws" } = names;
  const onlyTerraformKnows = Token.isUnresolved(outputBuckets);
  const grants = onlyTerraformKnows
    ? []
    : bucketGrantStatements(outputBuckets as readonly OutputBucket[], partition);
  const reasoned = [
    ...(props.sameStatementsAs === undefined ? factStatements(scope, props) : []),
    ...grants.map((grant) => ({ statement: grant, reason: reasonOf(grant) })),
  ];
  const own = reasoned.length > 0 ? statementsLocal(scope, props.source, reasoned) : undefined;
  const lists: ExpressionPart[] = [props.sameStatementsAs?.statements, own].flatMap((local) =>
    local === undefined ? [] : [local.fqn],
  );
  if (onlyTerraformKnows) {
    const local = grantsLocal(scope, outputBuckets as IResolvable, partition);
    lists.push(expression`[for grant in ${local.fqn} : grant if length(grant.Resource) > 0]`);
  }
  const text = new TerraformLocal(
    scope,
    "policy_json",
    expression`jsonencode({\n  Version   = "2012-10-17"\n  Statement = ${concatenation(lists)}\n})`,
  );
  const length = new TerraformLocal(scope, "policy_size", expression`length(${text.fqn})`);
  comment(length, "Characters as IAM counts them: jsonencode writes no white space.");
  return {
    json: text.asString,
    length: length.fqn,
    statements: props.sameStatementsAs?.statements ?? own,
    size:
      onlyTerraformKnows || props.sameStatementsAs !== undefined
        ? undefined
        : sizeOf(reasoned.map(({ statement }) => statement)),
  };
}

function factStatements(scope: Construct, props: PolicyTextProps): ReasonedStatement[] {
  return props.statements.map((fact) => ({
    statement: {
      Sid: fact.sid,
      Effect: "Allow",
      Action: fact.actions,
      Resource: factResources(scope, fact, props.names),
    },
    reason: fact.reason,
  }));
}

/** Lists as one, on a line each where there are several, indented as inside the policy. */
function concatenation(lists: readonly ExpressionPart[]): ExpressionPart {
  const [first = "[]", second] = lists;
  return second === undefined ? first : expression`concat(\n    ${first},\n    ${second},\n  )`;
}

interface ReasonedStatement {
  readonly statement: StatementOrTokens;
  readonly reason: string;
}

type StatementOrTokens = Omit<Statement, "Resource"> & {
  readonly Resource: readonly string[] | IResolvable;
};

function statementsLocal(
  scope: Construct,
  source: string,
  statements: readonly ReasonedStatement[],
): TerraformLocal {
  const local = new TerraformLocal(
    scope,
    "statements",
    statements.map(({ statement }) => statement),
  );
  comment(local, source);
  for (const [index, { reason }] of statements.entries()) {
    comment(local, reason, `/${index}`);
  }
  return local;
}

/** A statement's resources; picked by Terraform where only Terraform knows the partition. */
function factResources(
  scope: Construct,
  fact: StatementFact,
  names: ResourceNames,
): readonly string[] | IResolvable {
  const { partition = "aws" } = names;
  if (!isByPartition(fact.resources) || isPartition(partition)) {
    return resourcesOf(fact, partition as Partition, names);
  }
  const local = new TerraformLocal(
    scope,
    fact.resources.name,
    resourcesByPartition(fact.resources, names),
  );
  comment(local, `The ${fact.resources.name} differ between the partitions.`);
  return expression`${local.fqn}[${partition}]`;
}

function grantsLocal(
  scope: Construct,
  outputBuckets: IResolvable,
  partition: string,
): TerraformLocal {
  const local = new TerraformLocal(
    scope,
    "output_bucket_grants",
    BUCKET_GRANTS.map((grant) => ({
      Sid: grant.sid,
      Effect: "Allow",
      Action: grant.actions,
      Resource: grantResources(grant, outputBuckets, partition),
    })),
  );
  comment(local, "Grants to output_buckets; those that would name no bucket are left out below.");
  for (const [index, grant] of BUCKET_GRANTS.entries()) {
    comment(local, grant.reason, `/${index}`);
  }
  return local;
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
  const [wrap, item] =
    first === undefined || second !== undefined
      ? ["flatten", expression`[${bucket}, ${objects}]`]
      : ["distinct", first];
  return expression`${wrap}([\n  for bucket in ${outputBuckets} : ${item} if ${applies}\n])`;
}

function reasonOf(grant: Statement): string {
  return BUCKET_GRANTS.find(({ sid }) => sid === grant.Sid)?.reason ?? "";
}

/** The policy's size, unless a part of it is known to Terraform only. */
function sizeOf(statements: readonly StatementOrTokens[]): number | undefined {
  const text = JSON.stringify(statements);
  return Token.isUnresolved(text) || statements.some(({ Resource }) => !Array.isArray(Resource))
    ? undefined
    : policySize(policyDocument(statements as readonly Statement[]));
}
