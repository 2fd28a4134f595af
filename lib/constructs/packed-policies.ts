import { type IResolvable, TerraformLocal, Token } from "cdktf";
import type { Construct } from "constructs";
import { POLICY_VERSION } from "../iam/policy-document.js";
import { policySize, QUOTAS } from "../iam/quotas.js";
import type { OutputBucket } from "../remotion/output-bucket.js";
import { comment } from "./comment.js";
import { CONCERNS, concern } from "./concern.js";
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
const UNIT = 1_000_000;

/** Millionths that the text of a second statement takes up in a policy, its ARNs aside. */
const SECOND_STATEMENT = 35_000;

/** Millionths of a policy from which on an ARN is long. */
const LONG_ARN = 40_000;

/** Characters of a policy without a statement, less the comma that each statement brings but the first. */
const FRAME = policySize({ Version: POLICY_VERSION, Statement: [] }) - 1;

/**
 * Spreads the statements of a policy over as many managed policies as they need, in Terraform, from
 * lists that only Terraform knows.
 *
 * Terraform has no loop that remembers: which policy an ARN falls into is found from its place among all of them.
 * What this costs depends on how often Terraform calls a function or an operator, and hardly on how long its
 * arguments are; so ARNs are looked at once, and everything else is worked out for runs of one length.
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
    concern(element, CONCERNS.packing);
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
          `How the grants are spread over several policies. Terraform has no loop that remembers, so there is no "fill one, then open the next". Instead all ARNs stand in a row, each as long as the part of a policy that it takes up, and the row is cut into equal parts: first into as few as could do, then into more, until every policy keeps the quota of ${quota} characters. ARNs of one statement and length are worked with as one, for a plan takes as long as Terraform has operators to work out. First of all: so few buckets fit into one policy, also those whose names or keys are not known before the apply.`,
        );
  const statements = local(
    "granted_statements",
    expression`[for statement in ${all} : statement if length(statement.Resource) > 0]`,
    "1. What is spread over several policies otherwise.",
  );
  const frames = local(
    "statement_frames",
    expression`[for statement in ${statements} : merge(statement, { Resource = [] })]`,
    "Each statement without its ARNs.",
  );
  const sizes = local(
    "statement_sizes",
    expression`[for frame in ${frames} : length(jsonencode(frame))]`,
    "How many characters that has.",
  );
  const arns = local(
    "arns_by_length",
    expression`[
  for statement in ${statements} : { for arn in statement.Resource : length(jsonencode(arn)) => arn... }
]`,
    "2. The ARNs of each statement by their length in JSON, which has six characters for each of & < >.",
  );
  const runs = local(
    "runs",
    expression`flatten([
  for index, lengths in ${arns} : [
    for length, arns in lengths : {
      statement = index
      arns      = arns
      count     = length(arns)
      length    = length + 1
      part      = ceil((length + 1) * ${String(UNIT)} / (${String(QUOTAS.managedPolicy - FRAME)} - ${sizes}[index]))
    }
  ]
])`,
    "Those of one length are a run. Each ARN, with its comma, takes up the same part of the room that a policy has beside the statement: in millionths, for whole numbers.",
  );
  const parts = local(
    "run_parts",
    expression`[for run in ${runs} : run.count * run.part]`,
    "What each run takes up.",
  );
  const row = local(
    "row",
    expression`sum(concat([0], ${parts})) + ${String(SECOND_STATEMENT)} * length(${statements})`,
    "3. The runs in a row, with a gap before each statement for its own text, as the last policy of the one before may have room for the first of its ARNs.",
  );
  const starts = local(
    "run_starts",
    expression`[
  for index, run in ${runs} : sum(concat([${String(SECOND_STATEMENT)} * (run.statement + 1)], slice(${parts}, 0, index)))
]`,
    "Where in the row each run begins.",
  );
  const fewest = local(
    "fewest_policies",
    expression`max(1, ceil(sum(concat([0], ${parts})) / ${String(UNIT)}))`,
    "4. No fewer policies could hold them.",
  );
  const counts = local(
    "policy_counts",
    expression`concat(
  [${fewest}, ${fewest} + 1, floor(${fewest} * 1.05), floor(${fewest} * 1.1) + 2],
  [for times in [1.25, 1.5, 2, 3] : ceil(${fewest} * times) + 1 if max(0, ${runs}[*].part...) > ${String(LONG_ARN)}],
)`,
    "How many are tried: so many, one more, a twentieth more; and more where ARNs are so long that few of them fill a policy.",
  );
  const cuts = local(
    "cuts",
    expression`[
  for width in [for count in ${counts} : ${row} / count] : {
    for piece in flatten([
      for index, run in ${runs} : [
        for number in range(floor(${starts}[index] / width), floor((${starts}[index] + ${parts}[index]) / width) + 1) : {
          number = number
          run    = index
          from   = max(0, min(run.count, ceil((number * width - ${starts}[index]) / run.part - 0.5)))
          to     = max(0, min(run.count, ceil(((number + 1) * width - ${starts}[index]) / run.part - 0.5)))
        }
      ]
    ]) : format("%05d", piece.number) => piece... if piece.to > piece.from
  }
]`,
    "5. For each of these numbers, the row cut into so many equal parts: of which runs a policy has which ARNs. An ARN is where its middle is.",
  );
  const fitting = local(
    "fitting_cut",
    expression`[
  for cut in ${cuts} : values(cut) if alltrue([
    for pieces in values(cut) : ${String(FRAME)} + sum([for piece in pieces : (piece.to - piece.from) * ${runs}[piece.run].length]) + sum([
      for statement in keys({ for piece in pieces : ${runs}[piece.run].statement => true... }) : ${sizes}[statement]
    ]) <= ${quota}
  ])
][0]`,
    "6. The first of them with which every policy keeps the quota.",
  );
  const packed = local(
    "packed_policies",
    expression`{
  for index, pieces in ${fitting} : index + 1 => jsonencode({
    Version = "${POLICY_VERSION}"
    Statement = [
      for statement, pieces in { for piece in pieces : ${runs}[piece.run].statement => piece... } :
      merge(${frames}[statement], {
        Resource = concat([for piece in pieces : slice(${runs}[piece.run].arns, piece.from, piece.to)]...)
      })
    ]
  })
}`,
    "Their texts, numbered from 1.",
  );
  const one = Token.isUnresolved(outputBuckets)
    ? local(
        "one_policy",
        expression`length(${outputBuckets as IResolvable}) == 0 ? {} : { 1 = ${policy.json} }`,
        "The text of the only policy; none without a bucket.",
      )
    : expression`{ 1 = ${policy.json} }`;
  return local(
    "policies",
    expression`{
  for number, text in ${isOne} ? ${one} : ${packed} : number => text
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
    return expression`${longest} * length(${buckets as IResolvable}) + 2 * length(jsonencode(${buckets as IResolvable}[*].prefix)) <= ${room}`;
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
