import { ACCOUNT_ID, REGION } from "../iam/rules.js";
import { keepsRule } from "../iam/value-rule.js";
import type { MadeCall } from "./answer.js";
import type { Asker } from "./asker.js";
import {
  bucketOf,
  isFunction,
  isRemotionBucket,
  isSameAction,
  type LikeCall,
  namesResource,
} from "./calls-like.js";
import type { DeniedRequest } from "./denial.js";

/** What to know of a call, and of who made it. */
export function adviceOn(
  { resource = "", action }: DeniedRequest,
  asker: Asker,
  like: readonly LikeCall[],
  isOther: boolean,
): string[] {
  const byFunction = like.every(isFunction);
  const bucket = bucketOf(resource);
  const isOwnBucket = bucket !== undefined && !isRemotionBucket(bucket);
  const role = /:role\/(.+)$/.exec(resource)?.[1];
  return [
    ...(isOther && byFunction
      ? [
          `Remotion does not do this as ${asker.words}: the functions do, as their own role, whoever starts the render. Give it to remotion-lambda-role, and look why ${asker.words} asks.`,
        ]
      : []),
    ...(isOther && !byFunction
      ? [
          "The functions' role is not made for this: deploying and calling is done as a user or as a role of the caller's own. Look which credentials are used.",
        ]
      : []),
    ...(byFunction && asker.kind === "role"
      ? [
          `Only Remotion's functions make this call, so ${asker.words} is taken for the role that they run as. If it is a caller's, look why it asks.`,
        ]
      : []),
    ...(isOwnBucket && byFunction
      ? [
          `The render is written to a bucket of your own: outName: { bucketName: ${JSON.stringify(bucket)}, key: … }.`,
          isSameAction(action, "s3:PutObjectAcl")
            ? 'Or start the render with privacy: "no-acl": then no ACL is sent, and acl = true is not needed. Where the bucket has ACLs turned off, that is the only way.'
            : 'acl = true is needed besides, unless the render is started with privacy: "no-acl"; where the bucket has ACLs turned off, it has to be "no-acl".',
          "Remotion names the account of the functions as the bucket's owner: a bucket of another account needs s3OutputProvider.",
        ]
      : []),
    ...(isSameAction(action, "iam:PassRole") && role !== undefined
      ? [
          `deployFunction() passes ${JSON.stringify(role)} to the function: whoever deploys may pass one role, which lambda_role_name names. Without customRoleArn Remotion passes remotion-lambda-role. In the module remotion-lambda it is the name of the role that is made, too, behind name_prefix.`,
        ]
      : []),
    ...(!namesResource(resource) && like.some(({ call }) => call.option === "ownBucket")
      ? [
          "The text does not name the bucket. If it is not one of Remotion's (remotionlambda-…), output_buckets has to name it, whatever the profile.",
        ]
      : []),
    ...(/^arn:(?!aws:|aws-cn:)/.test(resource)
      ? [
          "Remotion has policies for the partitions aws and aws-cn, and for no other one: neither have the modules.",
        ]
      : []),
    ...(asker.kind === "account"
      ? [
          "The root of an account has every permission of the account: only a policy of the organization, or of the resource, denies it anything. Use a user or a role for Remotion.",
        ]
      : []),
    ...(asker.name?.startsWith("AWSReservedSSO_") === true
      ? [
          "The role is one of IAM Identity Center's: no module can attach a policy to it. Put remotion-executionrole-policy into the permission set, as a customer managed policy, or the text that `policy execution-role` prints as its inline policy.",
        ]
      : []),
    ...(like.every(({ call }) => call.option === "newBucket") && byFunction
      ? [
          "A function makes a bucket only where none is there when a render starts: make it once with getOrCreateBucket() or deploySite(), and give it as forceBucketName.",
        ]
      : []),
  ];
}

/** What else a policy with the right profile may lack. */
export function narrowedAdvice(
  { resource = "" }: DeniedRequest,
  like: readonly LikeCall[],
): string[] {
  const [, partition = "", , region = "", account = ""] = resource.split(":");
  const templates = like.map(({ call }) => call.resource);
  const has = (place: string) => templates.some((template) => template.includes(place));
  const functionName = /:(?:function:|log-group:\/aws\/lambda\/)(remotion-render-[\w-]+)/.exec(
    resource,
  )?.[1];
  const bucket = bucketOf(resource);
  const places = [
    ...(has("{region}") && keepsRule(REGION, region)
      ? [`regions has to hold ${JSON.stringify(region)}`]
      : []),
    ...(has("{account}") && keepsRule(ACCOUNT_ID, account)
      ? [`account_id has to be ${JSON.stringify(account)}`]
      : []),
    ...(has("{bucket}") && bucket !== undefined
      ? [
          `bucket_names has to hold ${JSON.stringify(bucket)}`,
          "account_id has to be the bucket's account",
        ]
      : []),
    ...(has("{function") && functionName !== undefined
      ? [`function_names has to hold ${JSON.stringify(functionName)}`]
      : []),
  ];
  return [
    ...(places.length === 0
      ? []
      : [
          `Where the profile is right already, the policy is narrowed past this, or not applied or attached yet. As far as they are given, ${places.join(", ")}.`,
        ]),
    ...(partition === "aws-cn" ? ['In China the modules need partition = "aws-cn".'] : []),
  ];
}

/** What a message of the old form leaves open. */
export function oldFormAdvice({ policy }: DeniedRequest): string[] {
  return policy === undefined
    ? [
        "The text does not say which policy decided. Where verify finds it allowed, a permissions boundary, a session policy, a service control policy or the resource's own policy denies it.",
      ]
    : [];
}

/** What happens where Remotion goes on without it. */
export function toleranceAdvice(calls: readonly MadeCall[]): string[] {
  const [first] = calls.filter(({ otherwise }) => otherwise !== undefined);
  return first?.otherwise === undefined
    ? []
    : [`${first.api} goes on without it. ${first.otherwise}`];
}
