import type { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { IAM_PATH, POLICY_NAME, ROLE_NAME } from "../iam/rules.js";
import { kindsOf, orNone } from "../iam/value-kind.js";
import { DEFAULT_NAMES } from "../remotion/default-names.js";
import { DESCRIPTIONS } from "../remotion/descriptions.js";
import {
  CALLER_ACCESSES,
  type CallerAccess,
  type OutputBucket,
} from "../remotion/output-bucket.js";
import { OUTPUT_BUCKETS } from "../remotion/output-bucket-kinds.js";
import { checkCallerBuckets, checkProps } from "./checks.js";
import { attributeOf, attributeOrNull, type Condition } from "./condition.js";
import { CALLERS_ACCESSES, COMMON, CREATE, TEXT_MAP, text } from "./kinds.js";
import { managedPolicy } from "./managed-policy.js";
import { bucketKeyArns, enforceInsights, enforcePartition } from "./partition-check.js";
import { policyText } from "./policy-text.js";
import { RemotionUser } from "./remotion-user.js";
import { enforceRequirements, takeRequirements } from "./requirements.js";
import { attachToRoles } from "./role-attachments.js";
import { USER_POLICY_KINDS, type UserPolicyProps, userPolicyText } from "./user-policy-props.js";

/** Props of {@link RemotionExecutionRolePolicy}. Every string may be a token. */
export interface RemotionExecutionRolePolicyProps extends UserPolicyProps {
  /** Name of the policy: up to 128 characters. @default "remotion-executionrole-policy" */
  readonly name?: string;
  /** IAM path of the policy. @default "/" */
  readonly path?: string;
  /** Roles to attach the policy to: a key fixed in the code → the role's name or ARN. @default none */
  readonly roleNames?: Readonly<Record<string, string>>;
  /** Name of the only role that callers may pass to Lambda. @default "remotion-lambda-role" */
  readonly lambdaRoleName?: string;
  /** IAM path of that role. @default "/" */
  readonly lambdaRolePath?: string;
  /**
   * Further buckets that renders went to, to read and to delete in; a token where only Terraform knows
   * them. @default none
   */
  readonly outputBuckets?: readonly OutputBucket[] | IResolvable;
  /**
   * Which accesses the callers take from that list, where it is one for Remotion's role, too.
   * @default "read" and "delete", and the list may hold no others
   */
  readonly bucketAccesses?: readonly CallerAccess[];
  /**
   * A user of the same stack, with the same role, partition and narrowing: the policy then refers to
   * its statements and does not repeat them. @default none
   */
  readonly sameStatementsAs?: RemotionUser;
  /** `aws` or `aws-cn`. @default "aws" */
  readonly partition?: string;
  /** Up to 50 tags for the policy. @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Whether Terraform creates anything at all, where only it knows. @default always */
  readonly create?: IResolvable;
}

const KINDS = kindsOf<RemotionExecutionRolePolicyProps>()({
  name: text(POLICY_NAME),
  roleNames: TEXT_MAP,
  lambdaRoleName: text(ROLE_NAME),
  lambdaRolePath: text(IAM_PATH),
  outputBuckets: orNone(OUTPUT_BUCKETS),
  bucketAccesses: CALLERS_ACCESSES,
  sameStatementsAs: orNone({
    kind: "other",
    is: (value: unknown) => value instanceof RemotionUser,
    expected: "a RemotionUser of the same stack",
  }),
  create: CREATE,
  ...USER_POLICY_KINDS,
  ...COMMON,
});

/**
 * The managed policy for whatever calls `renderMediaOnLambda()` without long-term keys: the policy
 * of the user, attached to the roles named.
 *
 * @throws when a prop breaks AWS's rule for it, or the policy its quota
 * @see https://www.remotion.dev/docs/lambda/lambda-role-permissions
 */
export class RemotionExecutionRolePolicy extends Construct {
  /** Token of the policy's name; `null` in Terraform when the policy is not created. */
  readonly policyName: string;
  /** Token of the policy's ARN; `null` in Terraform when the policy is not created. */
  readonly policyArn: string;
  /** Token of the policy's JSON text. */
  readonly policyJson: string;

  constructor(scope: Construct, id: string, props: RemotionExecutionRolePolicyProps = {}) {
    super(scope, id);
    checkProps(this, props, KINDS);
    const { name = DEFAULT_NAMES.executionRolePolicy, outputBuckets = [], roleNames = {} } = props;
    const create: Condition = props.create ?? true;

    checkCallerBuckets(this, outputBuckets, props.bucketAccesses);
    takeRequirements(this, props.narrowing);
    takeRequirements(this, props.sameStatementsAs);

    const policy = policyText(this, {
      ...userPolicyText(props),
      names: props,
      outputBuckets,
      bucketAccesses: props.bucketAccesses ?? CALLER_ACCESSES,
      sameStatementsAs: props.sameStatementsAs?.policy,
    });
    this.policyJson = policy.json;

    const resource = managedPolicy(this, {
      name,
      description: DESCRIPTIONS.executionRolePolicy,
      policy,
      wayOut:
        props.outputBuckets === undefined
          ? "give fewer regions, buckets, functions and layers."
          : "give fewer regions, buckets, functions and layers, or grant some of the output buckets through the module remotion-bucket-grants.",
      create,
      common: props,
    });
    enforceRequirements(resource, this);
    enforcePartition(resource, {
      partition: props.partition,
      arns: { customLayerArns: props.customLayerArns, ...bucketKeyArns(outputBuckets) },
      narrowing: props.narrowing,
    });
    enforceInsights(resource, props.allInsightsRegions, props.partition);
    this.policyName = attributeOrNull(resource, "name", create);
    this.policyArn = attributeOrNull(resource, "arn", create);
    attachToRoles(this, attributeOf(resource, "arn", create), roleNames, create, props.partition);
  }
}
