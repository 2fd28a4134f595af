import { IamUser } from "@cdktf/provider-aws/lib/iam-user/index.js";
import { IamUserPolicy } from "@cdktf/provider-aws/lib/iam-user-policy/index.js";
import { IamUserPolicyAttachment } from "@cdktf/provider-aws/lib/iam-user-policy-attachment/index.js";
import type { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { QUOTAS } from "../iam/quotas.js";
import {
  ACCESS_KEY_NAME,
  IAM_PATH,
  PGP_KEY,
  POLICY_NAME,
  ROLE_NAME,
  USER_NAME,
} from "../iam/rules.js";
import { kindsOf, orNone } from "../iam/value-kind.js";
import { DEFAULT_NAMES } from "../remotion/default-names.js";
import { DESCRIPTIONS } from "../remotion/descriptions.js";
import {
  CALLER_ACCESSES,
  type CallerAccess,
  type OutputBucket,
} from "../remotion/output-bucket.js";
import { OUTPUT_BUCKETS } from "../remotion/output-bucket-kinds.js";
import { ACCESS_KEY_STATUSES, accessKeys, checkAccessKeys } from "./access-keys.js";
import { checkCallerBuckets, checkProps } from "./checks.js";
import { attributeOf, attributeOrNull, type Condition, createWhen } from "./condition.js";
import { CALLERS_ACCESSES, CREATE, choice, FLAG, nullableText, PRINCIPAL, text } from "./kinds.js";
import { enforceNameLength } from "./name-length.js";
import { optional } from "./optional.js";
import { bucketKeyArns, enforceInsights, enforcePartition } from "./partition-check.js";
import { type PolicyText, policyText } from "./policy-text.js";
import { asPolicyType, POLICY_TYPES } from "./policy-type.js";
import { principalPolicy } from "./principal-policy.js";
import { enforceRequirements, takeRequirements } from "./requirements.js";
import { USER_POLICY_KINDS, type UserPolicyProps, userPolicyText } from "./user-policy-props.js";

/** Props of {@link RemotionUser}. Every string may be a token. */
export interface RemotionUserProps extends UserPolicyProps {
  /** Name of the user: 1 to 64 of letters, digits and `_+=,.@-`. @default "remotion-user" */
  readonly name?: string;
  /** IAM path of the user and of its policy, if that is a managed one. @default "/" */
  readonly path?: string;
  /** Name of the policy: up to 128 characters. @default "remotion-user-policy" */
  readonly policyName?: string;
  /** `inline` (2,048 characters) or `managed` (6,144). @default "inline" */
  readonly policyType?: string;
  /** Name of the only role that the user may pass to Lambda. @default "remotion-lambda-role" */
  readonly lambdaRoleName?: string;
  /** IAM path of that role. @default "/" */
  readonly lambdaRolePath?: string;
  /** `aws` or `aws-cn`. @default "aws" */
  readonly partition?: string;
  /**
   * Further buckets that renders went to, to read and to delete in; a token where only Terraform knows
   * them. @default none
   */
  readonly outputBuckets?: readonly OutputBucket[] | IResolvable;
  /**
   * Which accesses the user takes from that list, where it is one for Remotion's role, too.
   * @default "read" and "delete", and the list may hold no others
   */
  readonly bucketAccesses?: readonly CallerAccess[];
  /** ARN of the managed policy that limits what the user can ever do. @default none */
  readonly permissionsBoundaryArn?: string;
  /** Up to 50 tags for the user and its managed policy. @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Create an access key. Its secret then lies in the state: in plain text, unless `pgpKey` encrypts
   * it. @default false
   */
  readonly createAccessKey?: Condition;
  /**
   * Access keys by names of your choice: `active` or `inactive`. Two at most, which is all that IAM takes, with
   * that of `createAccessKey`: a second one can be in use before the first is taken out. Their secrets lie in the
   * state, too. @default none
   */
  readonly accessKeys?: Readonly<Record<string, string>>;
  /**
   * PGP public key that the secret is encrypted with before it reaches the state: the binary key in
   * base64, as `gpg --export KEY | base64 -w0` writes it, or `keybase:USERNAME`. Another one makes another
   * access key of `createAccessKey`; those of `accessKeys` stay, and it is for new ones. @default none
   */
  readonly pgpKey?: string;
  /** On destroy, also remove keys and logins that Terraform did not make. @default false */
  readonly forceDestroy?: Condition;
  /** Whether Terraform creates anything at all, where only it knows. @default always */
  readonly create?: IResolvable;
}

const KINDS = kindsOf<RemotionUserProps>()({
  name: text(USER_NAME),
  policyName: text(POLICY_NAME),
  policyType: choice(POLICY_TYPES),
  lambdaRoleName: text(ROLE_NAME),
  lambdaRolePath: text(IAM_PATH),
  outputBuckets: orNone(OUTPUT_BUCKETS),
  bucketAccesses: CALLERS_ACCESSES,
  createAccessKey: FLAG,
  accessKeys: orNone({
    kind: "map",
    keys: ACCESS_KEY_NAME,
    values: { kind: "choice", choices: ACCESS_KEY_STATUSES },
  }),
  pgpKey: nullableText(PGP_KEY),
  forceDestroy: FLAG,
  create: CREATE,
  ...USER_POLICY_KINDS,
  ...PRINCIPAL,
});

/**
 * The user that Remotion's set-up guide calls `remotion-user`, with the policy that deploying and
 * rendering need. Equal to Remotion's `getUserPolicy()`.
 *
 * @throws when a prop breaks AWS's rule for it, or the policy its quota
 * @see https://www.remotion.dev/docs/lambda/setup
 */
export class RemotionUser extends Construct {
  /** Token of the user's name; `null` in Terraform when the user is not created. */
  readonly userName: string;
  /** Token of the user's ARN; `null` in Terraform when the user is not created. */
  readonly userArn: string;
  /** Token of the policy's JSON text. */
  readonly policyJson: string;
  /** The policy, for other principals that get the same. */
  readonly policy: PolicyText;
  /** Token of the access key's id; `null` in Terraform without one. */
  readonly accessKeyId: string;
  /** Token of the access key's secret; `null` in Terraform without one, or with `pgpKey`. A secret. */
  readonly secretAccessKey: string;
  /** Token of the secret, encrypted with `pgpKey` and in base64; `null` in Terraform without either. */
  readonly encryptedSecretAccessKey: string;
  /** Token of a map: name of an access key → its `id` and `status`. */
  readonly accessKeys: IResolvable;
  /** Token of a map: name of an access key → its secret; `null` in Terraform with `pgpKey`. Secrets. */
  readonly secretAccessKeys: IResolvable;
  /** Token of a map: name of an access key → its secret, encrypted and in base64; `null` without `pgpKey`. */
  readonly encryptedSecretAccessKeys: IResolvable;

  constructor(scope: Construct, id: string, props: RemotionUserProps = {}) {
    super(scope, id);
    checkProps(this, props, KINDS);
    const {
      name = DEFAULT_NAMES.user,
      policyName = DEFAULT_NAMES.userPolicy,
      policyType = "inline",
      outputBuckets = [],
      createAccessKey = false,
    } = props;
    const create: Condition = props.create ?? true;
    checkCallerBuckets(this, outputBuckets, props.bucketAccesses);
    takeRequirements(this, props.narrowing);
    const keys = { createAccessKey, accessKeys: props.accessKeys ?? {} };
    checkAccessKeys(this, keys);

    const policy = policyText(this, {
      ...userPolicyText(props),
      names: props,
      outputBuckets,
      bucketAccesses: props.bucketAccesses ?? CALLER_ACCESSES,
    });
    this.policy = policy;
    this.policyJson = policy.json;

    const user = new IamUser(this, "user", {
      name,
      ...optional("path", props.path),
      ...optional("permissionsBoundary", props.permissionsBoundaryArn),
      ...optional("forceDestroy", props.forceDestroy),
      ...optional("tags", props.tags),
    });
    createWhen(create, user);
    const isGuard = enforceRequirements(user, this);
    enforceNameLength(user, "user", name);
    enforcePartition(user, {
      partition: props.partition,
      arns: {
        permissionsBoundaryArn: props.permissionsBoundaryArn,
        customLayerArns: props.customLayerArns,
        ...bucketKeyArns(outputBuckets),
      },
      narrowing: props.narrowing,
    });
    enforceInsights(user, props.allInsightsRegions, props.partition);
    this.userName = attributeOrNull(user, "name", create);
    this.userArn = attributeOrNull(user, "arn", create);
    const userName = attributeOf(user, "name", create);

    principalPolicy(this, {
      policyName,
      policyType,
      policy,
      description: DESCRIPTIONS.userPolicy,
      create,
      guard: isGuard ? user : undefined,
      common: props,
      inline: {
        limit: QUOTAS.inlinePoliciesOfUser,
        wayOut: `make it a managed policy (${asPolicyType(this, policyType, "managed")}), which may have ${QUOTAS.managedPolicy}, or give fewer regions, buckets, functions and layers.`,
        make: () =>
          new IamUserPolicy(this, "inline-policy", {
            name: policyName,
            user: userName,
            policy: policy.json,
          }),
      },
      managed: {
        wayOut: "give fewer regions, buckets, functions and layers.",
        attach: (policyArn) =>
          new IamUserPolicyAttachment(this, "managed-policy-attachment", {
            user: userName,
            policyArn,
          }),
      },
    });

    const made = accessKeys(this, { ...keys, userName, create, pgpKey: props.pgpKey });
    this.accessKeyId = made.id;
    this.secretAccessKey = made.secret;
    this.encryptedSecretAccessKey = made.encryptedSecret;
    this.accessKeys = made.named.keys;
    this.secretAccessKeys = made.named.secrets;
    this.encryptedSecretAccessKeys = made.named.encryptedSecrets;
  }
}
