import type { Directive } from "../lib/module/module-document.js";

/** Linters that say something of what this project makes. */
type Linter = "checkov" | "trivy" | "parliament" | "cloudsplaining";

/** What we say to a rule that a linter sees broken. */
export interface LinterAnswer {
  readonly linter: Linter;
  readonly rule: string;
  /** Types of resources that it is said of; for a policy by itself, that of the principal it is for. */
  readonly of: readonly string[];
  /**
   * The reason in a word, as it stands in a comment in HCL, where the linter reads one and then says nothing.
   * @default the linter goes on saying it
   */
  readonly comment?: string;
  /** Where the comment stands, as `MODULE: TYPE.NAME`. @default on every resource of these types */
  readonly commentOn?: readonly string[];
  /** Why it is as it is, and what to do who wants it otherwise. */
  readonly answer: string;
}

/** Policies that linters read as JSON, without a resource around them. */
export const POLICY = "policy";

/** What is said of one resource in several ways, for which the same is true. */
const USER = {
  of: ["aws_iam_user"],
  comment: "Remotion's own set-up signs with the keys of a user; callers on AWS take a role.",
  answer:
    "Remotion's set-up guide has a user with access keys, for its command line and for servers outside of AWS. Whatever runs on AWS takes a role instead: `create_user = false`, with `role_names` or `create_execution_role`.",
};
const USER_POLICY = {
  of: ["aws_iam_user_policy", "aws_iam_user_policy_attachment"],
  comment: "The user has one purpose and this one policy; a group would hold nobody else.",
  answer:
    "The user has one purpose and one policy. A group would hold this user alone, and whoever may add others to it would give these permissions away.",
};

/**
 * Every rule that a linter sees broken in the modules, in their plans or in their policies, with our answer.
 * `npm run lint-modules` fails where one is missing, and where nothing is said any more to which one answers.
 */
export const LINTER_ANSWERS: readonly LinterAnswer[] = [
  { linter: "checkov", rule: "CKV_AWS_273", ...USER },
  { linter: "checkov", rule: "CKV_AWS_40", ...USER_POLICY },
  { linter: "trivy", rule: "AWS-0143", ...USER_POLICY, of: ["aws_iam_user"] },
  {
    linter: "trivy",
    rule: "AWS-0342",
    of: ["aws_iam_policy"],
    comment: "iam:PassRole is for one role alone, that of Remotion's functions.",
    commentOn: [
      "remotion-executionrole-policy: aws_iam_policy.this",
      "remotion-lambda: aws_iam_policy.executionrole_policy",
      "remotion-lambda: aws_iam_policy.user",
      "remotion-user: aws_iam_policy.this",
    ],
    answer:
      "Whoever deploys functions passes them their role. The statement names that one role, `lambda_role_name`; outside of the profile `full`, which is Remotion's word for word, it is for Lambda alone (`iam:PassedToService`), and `render` is without it.",
  },
  {
    linter: "checkov",
    rule: "CKV_AWS_290",
    of: ["aws_iam_policy", "aws_iam_user_policy"],
    answer:
      "Seen in plans alone, where the policy is text. One action on `*` writes: `servicequotas:RequestServiceQuotaIncrease`, in the profile `full`, as Remotion's guide has it. `deploy` narrows it to one quota, and `render` is without it.",
  },
  {
    linter: "checkov",
    rule: "CKV_AWS_355",
    of: ["aws_iam_policy", "aws_iam_user_policy"],
    answer:
      "The profile `full` is Remotion's own policy, word for word, and has `*` for quotas and for `lambda:GetFunction`. `render` and `deploy` keep `*` for what has no narrower resource.",
  },
  {
    linter: "parliament",
    rule: "RESOURCE_POLICY_PRIVILEGE_ESCALATION",
    of: [POLICY],
    answer:
      "`deploySite()` and `getOrCreateBucket()` set the policy, the ACL and the lifecycle rules of Remotion's own buckets, so whoever deploys may do so, on `remotionlambda-*` alone; such a bucket holds nothing but sites and videos. `account_id` and `bucket_names` narrow it.",
  },
  {
    linter: "parliament",
    rule: "RESOURCE_MISMATCH",
    of: [POLICY],
    answer:
      "The profile `deploy` names one quota by its ARN, which AWS takes for these actions; parliament's list of resources is older than that.",
  },
  {
    linter: "parliament",
    rule: "RESOURCE_STAR",
    of: [POLICY],
    answer:
      "`lambda:GetFunction` on `*`, in the profile `full`, as Remotion's guide has it. `deploy` names Remotion's functions, and `render` is without it.",
  },
  {
    linter: "cloudsplaining",
    rule: "Unrestricted Infrastructure Modification",
    of: [POLICY],
    answer:
      "`servicequotas:RequestServiceQuotaIncrease` on `*`, in the profile `full`, as Remotion's guide has it. A request for a higher quota changes nothing before AWS agrees. `deploy` narrows it to one quota.",
  },
];

/**
 * What linters are told of a resource, in the form and the place that each of them reads.
 *
 * @param address `TYPE.NAME`
 */
export function skipComments(module: string, address: string): readonly Directive[] {
  const [type = ""] = address.split(".");
  return LINTER_ANSWERS.flatMap(({ linter, rule, of, comment, commentOn }): Directive[] => {
    const isHere = commentOn?.includes(`${module}: ${address}`) ?? true;
    if (comment === undefined || !of.includes(type) || !isHere) {
      return [];
    }
    return linter === "checkov"
      ? [{ place: "inside", text: `checkov:skip=${rule}: ${comment}` }]
      : [
          { place: "above", text: comment },
          { place: "above", text: `trivy:ignore:${rule}` },
        ];
  });
}
