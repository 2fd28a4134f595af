import { type IResolvable, Token } from "cdktf";
import { Construct } from "constructs";
import { POLICY_NAME } from "../iam/rules.js";
import { DEFAULT_NAMES } from "../remotion/default-names.js";
import type { OutputBucket } from "../remotion/output-bucket.js";
import { checkCommonProps, checkOutputBuckets, checkRule } from "./checks.js";
import { attributeOf, type Condition } from "./condition.js";
import { noOutputBuckets } from "./errors.js";
import { expression } from "./expression.js";
import { managedPolicy } from "./managed-policy.js";
import { policyText } from "./policy-text.js";
import { attachToRoles } from "./role-attachments.js";

/** Props of {@link RemotionBucketGrants}. Every string may be a token. */
export interface RemotionBucketGrantsProps {
  /** The buckets to grant; a token where only Terraform knows them. At least one. */
  readonly outputBuckets: readonly OutputBucket[] | IResolvable;
  /** Roles to grant them to: a key fixed in the code → the role's name. @default none */
  readonly roleNames?: Readonly<Record<string, string>>;
  /** Name of the policy: up to 128 characters. @default "remotion-bucket-grants" */
  readonly policyName?: string;
  /** IAM path of the policy. @default "/" */
  readonly path?: string;
  /** `aws` or `aws-cn`. @default "aws" */
  readonly partition?: string;
  /** Up to 50 tags for the policy. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * Write access to further buckets for roles that exist, `remotion-lambda-role` first of all: it
 * writes every video, whoever asked for the render.
 *
 * @throws when a prop breaks AWS's rule for it, or the policy its quota
 * @see https://www.remotion.dev/docs/lambda/custom-destination
 */
export class RemotionBucketGrants extends Construct {
  /** Token of the list of the policies' ARNs; empty when there is no bucket to grant. */
  readonly policyArns: IResolvable;
  /** Token of the policy's JSON text. */
  readonly policyJson: string;

  constructor(scope: Construct, id: string, props: RemotionBucketGrantsProps) {
    super(scope, id);
    const { outputBuckets, policyName = DEFAULT_NAMES.bucketGrants, roleNames = {} } = props;
    checkCommonProps(this, props);
    checkRule(this, "policyName", policyName, POLICY_NAME);
    if (!Token.isUnresolved(outputBuckets)) {
      checkOutputBuckets(this, outputBuckets as readonly OutputBucket[]);
      if ((outputBuckets as readonly OutputBucket[]).length === 0) {
        throw noOutputBuckets(this.node.path);
      }
    }
    // IAM refuses a policy without statements.
    const create: Condition = Token.isUnresolved(outputBuckets)
      ? expression`length(${outputBuckets as IResolvable}) > 0`
      : true;

    const policy = policyText(this, {
      principal: "role",
      profiles: {},
      profile: "",
      source: "Grants to output buckets.",
      names: props,
      outputBuckets,
    });
    this.policyJson = policy.json;

    const resource = managedPolicy(this, {
      name: policyName,
      description: "Lets Remotion Lambda write to further buckets.",
      policy,
      wayOut:
        "split output_buckets over several instances of the module, each with its own policy_name.",
      create,
      common: props,
    });
    this.policyArns =
      create === true ? expression`[${resource.fqn}.arn]` : expression`${resource.fqn}[*].arn`;
    attachToRoles(this, attributeOf(resource, "arn", create), roleNames, create);
  }
}
