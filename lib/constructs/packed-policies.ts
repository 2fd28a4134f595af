import { type IResolvable, TerraformLocal, Token } from "cdktf";
import type { Construct } from "constructs";
import { QUOTAS } from "../iam/quotas.js";
import type { OutputBucket } from "../remotion/output-bucket.js";
import { comment } from "./comment.js";
import type { Condition } from "./condition.js";
import { expression, textPart } from "./expression.js";
import type { PolicyText } from "./policy-text.js";

/**
 * Characters that a bucket adds to a policy at most, its prefix aside: it is in the ARN of its
 * objects for reading or writing and again for ACLs, in that of the bucket, and names a key.
 */
const LONGEST_BUCKET = 350;

/** Characters that a policy has at least for resources: with every statement of the grants in it. */
const ROOM_BESIDE_STATEMENTS = 5000;

/** ARNs are measured in millionths of a policy, so that Terraform adds whole numbers. */
const UNIT = "1000000";

/** Millionths that the text of a second statement takes up in a policy, its ARNs aside. */
const SECOND_STATEMENT = "35000";

/**
 * Spreads the statements of a policy over as many managed policies as they need, in Terraform, from
 * lists that only Terraform knows.
 *
 * Terraform has no loop that remembers: which policy an ARN falls into is found from its place among
 * all of them. The fewest policies that could do are tried first, then more, and the first number at
 * which every text keeps the quota is taken. Nothing in it costs more than its share of the ARNs.
 *
 * @param policy the whole, as one text; its statements are in a single list
 * @param outputBuckets the buckets that its ARNs are made of
 * @returns the texts by number: `{ "1" = "…", "2" = "…" }`
 */
export function packPolicies(
  scope: Construct,
  policy: PolicyText,
  outputBuckets: readonly OutputBucket[] | IResolvable,
): string {
  const [all = ""] = policy.lists;
  const quota = String(QUOTAS.managedPolicy);
  const local = (id: string, value: IResolvable, text: string) => {
    const element = new TerraformLocal(scope, id, value);
    comment(element, text);
    return element.fqn;
  };

  const few = areFew(outputBuckets);
  if (few === true || (policy.size !== undefined && policy.size <= QUOTAS.managedPolicy)) {
    return new TerraformLocal(scope, "policies", { 1: policy.json }).fqn;
  }
  const isOne =
    few === false
      ? "false"
      : local(
          "one_policy_is_enough",
          few,
          "So few buckets fit into one policy, also those whose names or keys are not known before the apply.",
        );
  const statements = local(
    "granted_statements",
    expression`[for statement in ${all} : statement if length(statement.Resource) > 0]`,
    "What is spread over several policies otherwise.",
  );
  const room = local(
    "statement_room",
    expression`[
  for statement in ${statements} : ${quota} - length(jsonencode({ Version = "2012-10-17", Statement = [merge(statement, { Resource = [] })] }))
]`,
    "Characters for resources in a policy with one of the statements.",
  );
  const arns = local(
    "arns",
    expression`merge([
  for index, statement in ${statements} : { for arn in statement.Resource : "\${index} \${length(jsonencode(arn))}" => arn... }
]...)`,
    "The ARNs by statement and length in JSON, which has six characters for each of & < >: those together take up equal parts of a policy.",
  );
  const parts = local(
    "arn_parts",
    expression`[for key, arns in ${arns} : ceil((length(jsonencode(arns[0])) + 1) * ${UNIT} / ${room}[split(" ", key)[0]])]`,
    "That part, in millionths: the ARN in quotes and a comma, of the room that there is.",
  );
  const sums = local(
    "arn_sums",
    expression`tolist([for index, arns in values(${arns}) : length(arns) * ${parts}[index]])`,
    "What those of a statement and length take up together.",
  );
  const total = local(
    "arn_total",
    expression`sum(concat([0], ${sums}))`,
    "What all of them take up.",
  );
  const row = local(
    "row",
    expression`${total} + ${SECOND_STATEMENT} * length(${statements})`,
    "All of them in a row, with a gap before each statement for its own text.",
  );
  const starts = local(
    "arn_starts",
    expression`[for index, key in keys(${arns}) : sum(concat([${SECOND_STATEMENT} * (split(" ", key)[0] + 1)], slice(${sums}, 0, index)))]`,
    "Where in the row those of a statement and length begin.",
  );
  const placed = local(
    "placed_arns",
    expression`flatten([
  for index, key in keys(${arns}) : [
    for place, arn in ${arns}[key] : {
      statement = split(" ", key)[0]
      arn       = arn
      middle    = ${starts}[index] + (place + 0.5) * ${parts}[index]
    }
  ]
])`,
    "Every ARN with its statement and the place of its middle in the row.",
  );
  const tries = local(
    "policies_by_count",
    expression`[
  for count in [ceil(${total} / ${UNIT}), ceil(${total} / ${UNIT}) + 1, ceil(${total} / ${UNIT} * 1.05) + 1, ceil(${row} / ${UNIT} * 1.3) + 1] : {
    for number, placed in { for arn in ${placed} : floor(arn.middle / ${row} * count) + 1 => arn... } : number => jsonencode({
      Version = "2012-10-17"
      Statement = [
        for statement, arns in { for arn in placed : arn.statement => arn.arn... } : merge(${statements}[statement], { Resource = arns })
      ]
    })
  }
]`,
    "The texts when the row is cut into so many equal parts: the fewest that could do, and some more. With the last number, everything fits.",
  );
  const fitting = expression`[
    for policies in concat([{ 1 = ${policy.json} }], ${tries}) : policies if alltrue([for text in values(policies) : length(text) <= ${quota}])
  ][0]`;
  const some = Token.isUnresolved(outputBuckets)
    ? expression` if length(${outputBuckets as IResolvable}) > 0`
    : "";
  return local(
    "policies",
    expression`{
  for number, text in ${isOne} ? { 1 = ${policy.json} } : ${fitting} : number => text${some}
}`,
    "The text of each policy by its number.",
  );
}

/**
 * Whether so few buckets are granted that one policy holds them, whatever their names and keys are: how
 * many policies there are must be known when Terraform plans, and names may be known later.
 */
function areFew(buckets: readonly OutputBucket[] | IResolvable): Condition {
  const longest = String(LONGEST_BUCKET);
  const room = String(ROOM_BESIDE_STATEMENTS);
  if (Token.isUnresolved(buckets)) {
    return expression`sum(concat([0], [for bucket in ${buckets as IResolvable} : ${longest} + 2 * length(jsonencode(bucket.prefix))])) <= ${room}`;
  }
  const prefixes = (buckets as readonly OutputBucket[]).map(({ prefix }) => prefix);
  const unknown = prefixes.filter((prefix) => Token.isUnresolved(prefix));
  const known = prefixes.filter((prefix) => !Token.isUnresolved(prefix)).join("");
  const size = LONGEST_BUCKET * prefixes.length + 2 * known.length;
  return unknown.length === 0
    ? size <= ROOM_BESIDE_STATEMENTS
    : unknown.reduce(
        (sum, prefix) => expression`2 * length(jsonencode(${textPart(prefix)})) + ${sum}`,
        expression`${String(size)} <= ${room}`,
      );
}
