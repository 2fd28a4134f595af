import { type IResolvable, Token } from "cdktf";
import { Construct } from "constructs";
import { QUOTAS } from "../iam/quotas.js";
import { NUMBERED_POLICY_NAME } from "../iam/rules.js";
import { kindsOf, orNone } from "../iam/value-kind.js";
import { DEFAULT_NAMES } from "../remotion/default-names.js";
import { DESCRIPTIONS } from "../remotion/descriptions.js";
import type { OutputBucket } from "../remotion/output-bucket.js";
import { OUTPUT_BUCKETS } from "../remotion/output-bucket-kinds.js";
import { checkAcls, checkProps } from "./checks.js";
import { noOutputBuckets, noRoles } from "./errors.js";
import { expression, inQuotes, textPart } from "./expression.js";
import { COMMON, text } from "./kinds.js";
import { adoptablePolicy } from "./managed-policy.js";
import { packPolicies } from "./packed-policies.js";
import { bucketKeyArns, enforcePartition } from "./partition-check.js";
import { policyText } from "./policy-text.js";
import { addPrecondition } from "./precondition.js";
import { enforceRequirements } from "./requirements.js";
import { attachAllToRoles } from "./role-attachments.js";

/** Props of {@link RemotionBucketGrants}. Every string may be a token. */
export interface RemotionBucketGrantsProps {
  /** The buckets to grant; a token where only Terraform knows them. At least one. */
  readonly outputBuckets: readonly OutputBucket[] | IResolvable;
  /** Roles to grant them to: a key fixed in the code → the role's name or ARN. At least one. */
  readonly roleNames: Readonly<Record<string, string>>;
  /**
   * Name of the first policy: up to 120 characters. Those after it have a hyphen and their number
   * behind it. @default "remotion-bucket-grants"
   */
  readonly policyName?: string;
  /** Managed policies that AWS lets a role have in this account. @default 10 */
  readonly maxPoliciesPerRole?: number;
  /** IAM path of the policies. @default "/" */
  readonly path?: string;
  /** `aws` or `aws-cn`. @default "aws" */
  readonly partition?: string;
  /** Up to 50 tags for the policies. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

const KINDS = kindsOf<RemotionBucketGrantsProps>()({
  outputBuckets: OUTPUT_BUCKETS,
  roleNames: { kind: "map", values: { kind: "text" } },
  policyName: text(NUMBERED_POLICY_NAME),
  maxPoliciesPerRole: orNone({
    kind: "number",
    from: 1,
    to: 1000,
    unit: "policies",
  }),
  ...COMMON,
});

/**
 * Access to further buckets for roles that exist, `remotion-lambda-role` first of all: it writes
 * every video, whoever asked for the render. The grants are spread over as many managed policies as
 * they need.
 *
 * @throws when a prop breaks AWS's rule for it
 * @see https://www.remotion.dev/docs/lambda/custom-destination
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export class RemotionBucketGrants extends Construct {
  /** Token of the list of the policies' ARNs; empty when there is no bucket to grant. */
  readonly policyArns: IResolvable;
  /** Token of the JSON text of all grants, as if one policy could hold them. */
  readonly policyJson: string;

  constructor(scope: Construct, id: string, props: RemotionBucketGrantsProps) {
    super(scope, id);
    checkProps(this, props, KINDS);
    const {
      outputBuckets,
      policyName = DEFAULT_NAMES.bucketGrants,
      roleNames,
      maxPoliciesPerRole = QUOTAS.managedPoliciesOfRole,
    } = props;
    checkAcls(this, outputBuckets);
    if (!Token.isUnresolved(outputBuckets) && (outputBuckets as readonly unknown[]).length === 0) {
      throw noOutputBuckets(this.node.path);
    }
    if (!Token.isUnresolved(roleNames) && Object.keys(roleNames).length === 0) {
      throw noRoles(this.node.path);
    }

    const policy = policyText(this, {
      principal: "role",
      profiles: {},
      profile: "",
      source: "Grants to output buckets.",
      names: props,
      outputBuckets,
      hasManyBuckets: true,
    });
    this.policyJson = policy.json;
    const policies = packPolicies(this, policy, outputBuckets);

    const resource = adoptablePolicy(this, {
      name: expression`each.key == "1" ? ${textPart(policyName)} : "${inQuotes(policyName)}-\${each.key}"`.toString(),
      description: DESCRIPTIONS.bucketGrants,
      policy: "${each.value}",
      common: props,
    });
    resource.addOverride("for_each", expression`${policies}`);
    enforceRequirements(resource, this);
    this.policyArns = expression`values(${resource.fqn})[*].arn`;

    enforcePartition(resource, {
      partition: props.partition,
      arns: bucketKeyArns(outputBuckets),
    });
    const roles = attachAllToRoles(this, resource, roleNames, props.partition);
    const most = Token.asString(maxPoliciesPerRole);
    // Said once, by the first policy.
    addPrecondition(resource, {
      condition: expression`each.key != "1" || length(${roles}) == 0 || length(${policies}) <= ${most}`,
      errorMessage: `The buckets need \${length(${policies})} managed policies, and a role may have ${most}: grant whole buckets in place of many folders, spread the buckets over several roles, an instance of the module each, or have AWS raise the quota and set max_policies_per_role.`,
    });
  }
}
