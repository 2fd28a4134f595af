import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js";
import { type IResolvable, TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { POLICY_VERSION, type TrustPolicy } from "../iam/policy-document.js";
import { QUOTAS } from "../iam/quotas.js";
import { POLICY_NAME, ROLE_NAME } from "../iam/rules.js";
import { kindsOf, orNone } from "../iam/value-kind.js";
import { DEFAULT_NAMES } from "../remotion/default-names.js";
import { DESCRIPTIONS } from "../remotion/descriptions.js";
import type { BucketAccess, OutputBucket } from "../remotion/output-bucket.js";
import { OUTPUT_BUCKETS } from "../remotion/output-bucket-kinds.js";
import { ROLE_PROFILES } from "../remotion/profile-names.js";
import { roleStatements } from "../remotion/profiles.js";
import { checkAcls, checkProps } from "./checks.js";
import { comment } from "./comment.js";
import { CONCERNS } from "./concern.js";
import { attributeOf, attributeOrNull, type Condition, createWhen } from "./condition.js";
import { expression } from "./expression.js";
import { ACCESSES, CREATE, choice, FLAG, PRINCIPAL, SESSION_DURATION, text } from "./kinds.js";
import { enforceNameLength } from "./name-length.js";
import { optional } from "./optional.js";
import { bucketKeyArns, enforcePartition } from "./partition-check.js";
import { policyText } from "./policy-text.js";
import { asPolicyType, POLICY_TYPES } from "./policy-type.js";
import { principalPolicy } from "./principal-policy.js";
import { NARROWING, type RemotionNarrowing } from "./remotion-narrowing.js";
import { enforceRequirements, takeRequirements } from "./requirements.js";
import { statementsSource } from "./statements-source.js";

/** Props of {@link RemotionLambdaRole}. Every string may be a token. */
export interface RemotionLambdaRoleProps {
  /** Name of the role: 1 to 64 of letters, digits and `_+=,.@-`. @default "remotion-lambda-role" */
  readonly name?: string;
  /** IAM path of the role and of its policy, if that is a managed one. @default "/" */
  readonly path?: string;
  /** Name of the policy: up to 128 characters. @default "remotion-lambda-policy" */
  readonly policyName?: string;
  /** `inline` (10,240 characters) or `managed` (6,144). @default "inline" */
  readonly policyType?: string;
  /** `full` (Remotion's own policy) or `minimal` (renders with a known bucket). @default "full" */
  readonly profile?: string;
  /** What Remotion's wildcards are narrowed to. @default nothing */
  readonly narrowing?: RemotionNarrowing;
  /** Functions are in a VPC. @default false */
  readonly vpc?: boolean | IResolvable;
  /** Further buckets that renders write to; a token where only Terraform knows them. @default none */
  readonly outputBuckets?: readonly OutputBucket[] | IResolvable;
  /** Which accesses the role takes from that list. @default all of them */
  readonly bucketAccesses?: readonly BucketAccess[];
  /** Seconds that a session of the role may last: 3,600 to 43,200. @default 3600 */
  readonly maxSessionDuration?: number;
  /** `aws` or `aws-cn`. @default "aws" */
  readonly partition?: string;
  /** ARN of the managed policy that limits what the role can ever do. @default none */
  readonly permissionsBoundaryArn?: string;
  /** Up to 50 tags for the role and its managed policy. @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Whether Terraform creates anything at all, where only it knows. @default always */
  readonly create?: IResolvable;
}

/** Lambda, and nobody else, may assume the role. */
const TRUST_POLICY: TrustPolicy = {
  Version: POLICY_VERSION,
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: ["lambda.amazonaws.com"] },
      Action: ["sts:AssumeRole"],
    },
  ],
};

const KINDS = kindsOf<RemotionLambdaRoleProps>()({
  name: text(ROLE_NAME),
  policyName: text(POLICY_NAME),
  policyType: choice(POLICY_TYPES),
  profile: choice(ROLE_PROFILES),
  narrowing: NARROWING,
  vpc: FLAG,
  outputBuckets: orNone(OUTPUT_BUCKETS),
  bucketAccesses: ACCESSES,
  maxSessionDuration: SESSION_DURATION,
  create: CREATE,
  ...PRINCIPAL,
});

/**
 * The role that Remotion's functions run as. It writes every video, whoever asked for the render.
 * Equal to Remotion's `getRolePolicy()`, with the grants to output buckets beside.
 *
 * @throws when a prop breaks AWS's rule for it, or the policy its quota
 * @see https://www.remotion.dev/docs/lambda/setup
 */
export class RemotionLambdaRole extends Construct {
  /** Token of the role's name; `null` in Terraform when the role is not created. */
  readonly roleName: string;
  /** Token of the role's ARN; `null` in Terraform when the role is not created. */
  readonly roleArn: string;
  /** Token of the policy's JSON text. */
  readonly policyJson: string;

  constructor(scope: Construct, id: string, props: RemotionLambdaRoleProps = {}) {
    super(scope, id);
    checkProps(this, props, KINDS);
    const {
      name = DEFAULT_NAMES.lambdaRole,
      policyName = DEFAULT_NAMES.lambdaRolePolicy,
      policyType = "inline",
      profile = "full",
      outputBuckets = [],
    } = props;
    const create: Condition = props.create ?? true;

    checkAcls(this, outputBuckets);
    takeRequirements(this, props.narrowing);

    const trustPolicy = new TerraformLocal(this, "trust_policy", TRUST_POLICY);
    comment(trustPolicy, "Lambda, and nobody else, may assume the role.");
    const policy = policyText(this, {
      principal: "role",
      profiles: Object.fromEntries(ROLE_PROFILES.map((each) => [each, roleStatements(each)])),
      profile,
      source: statementsSource(profile, "getRolePolicy()"),
      statementsConcern: CONCERNS.roleStatements,
      narrowing: props.narrowing,
      vpc: props.vpc,
      names: props,
      outputBuckets,
      bucketAccesses: props.bucketAccesses,
    });
    this.policyJson = policy.json;

    const role = new IamRole(this, "role", {
      name,
      ...optional("path", props.path),
      description: DESCRIPTIONS.lambdaRole,
      assumeRolePolicy: expression`jsonencode(${trustPolicy.fqn})`.toString(),
      ...optional("maxSessionDuration", props.maxSessionDuration),
      ...optional("permissionsBoundary", props.permissionsBoundaryArn),
      ...optional("tags", props.tags),
    });
    createWhen(create, role);
    const isGuard = enforceRequirements(role, this);
    enforceNameLength(role, "role", name);
    enforcePartition(role, {
      partition: props.partition,
      arns: {
        permissionsBoundaryArn: props.permissionsBoundaryArn,

        ...bucketKeyArns(outputBuckets),
      },
      narrowing: props.narrowing,
    });
    this.roleName = attributeOrNull(role, "name", create);
    this.roleArn = attributeOrNull(role, "arn", create);
    const roleName = attributeOf(role, "name", create);

    principalPolicy(this, {
      policyName,
      policyType,
      policy,
      description: DESCRIPTIONS.lambdaRolePolicy,
      create,
      guard: isGuard ? role : undefined,
      common: props,
      inline: {
        limit: QUOTAS.inlinePoliciesOfRole,
        wayOut: "grant some of the output buckets through the module remotion-bucket-grants.",
        make: () =>
          new IamRolePolicy(this, "inline-policy", {
            name: policyName,
            role: roleName,
            policy: policy.json,
          }),
      },
      managed: {
        wayOut: `make it an inline policy (${asPolicyType(this, policyType, "inline")}), which may have ${QUOTAS.inlinePoliciesOfRole}, or grant some of the output buckets through the module remotion-bucket-grants.`,
        attach: (policyArn) =>
          new IamRolePolicyAttachment(this, "managed-policy-attachment", {
            role: roleName,
            policyArn,
          }),
      },
    });
  }
}
