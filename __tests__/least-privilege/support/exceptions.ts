import type { Partition } from "../../../lib/iam/partition.js";
import type { ApiCall, CallOption } from "../../../lib/remotion/api-calls.js";
import type { PolicyName, PolicyUnderTest } from "./policies-under-test.js";

/** Calls of the table that a policy does not allow, and why that is meant. */
export interface Exception {
  readonly policies: readonly PolicyName[];
  readonly option?: CallOption;
  readonly action?: string;
  readonly resource?: string;
  /** @default both partitions */
  readonly partition?: Partition;
  readonly reason: string;
}

const USERS = ["user full", "user render", "user deploy"] as const;
const ROLES = ["role full", "role minimal"] as const;

/** All that the policies leave out of the APIs they are for. */
export const EXCEPTIONS: readonly Exception[] = [
  {
    policies: [...USERS, ...ROLES],
    option: "ownBucket",
    reason: "Remotion's policies name no bucket but its own; `outputBuckets` names more.",
  },
  {
    policies: [...USERS, ...ROLES],
    option: "vpc",
    reason: "Remotion's policies are for functions outside VPCs; `vpc` adds what one needs.",
  },
  {
    policies: USERS,
    option: "ownLayers",
    reason: "Remotion's policies name published layers; `customLayerArns` names more.",
  },
  {
    policies: USERS,
    option: "ownRole",
    reason: "Only the functions' role may be passed; `lambdaRoleName` names another.",
  },
  {
    policies: ["user render", "role minimal"],
    option: "newBucket",
    reason: "These profiles are for renders in a bucket that is there, and is named.",
  },
  {
    policies: ["role full"],
    action: "s3:PutBucketOwnershipControls",
    reason: "Missing in `getRolePolicy()`: a function that has to make its bucket fails.",
  },
  {
    policies: ["user full"],
    action: "s3:AbortMultipartUpload",
    reason: "Missing in `getUserPolicy()`. S3 lets whoever began an upload abort it anyway.",
  },
  {
    policies: ["user full", "user deploy"],
    resource: "arn:{partition}:lambda:{region}:678892195805:layer:remotion-binaries-*",
    partition: "aws-cn",
    reason: "Remotion publishes no layers in China, and refuses to deploy without customLayerArns.",
  },
];

/** The exception that a call is, or undefined where the policy has to allow it. */
export function exceptionOf(
  call: ApiCall,
  policy: Pick<PolicyUnderTest, "name">,
  partition: Partition,
): Exception | undefined {
  return EXCEPTIONS.find(
    (exception) =>
      exception.policies.includes(policy.name) &&
      [undefined, call.option].includes(exception.option) &&
      [undefined, call.action].includes(exception.action) &&
      [undefined, call.resource].includes(exception.resource) &&
      [undefined, partition].includes(exception.partition),
  );
}

/** The calls of a policy's APIs that it has to allow, each once. */
export function neededCalls(policy: PolicyUnderTest, partition: Partition): readonly ApiCall[] {
  const calls = policy.rows
    .flatMap((row) => row.calls)
    .filter((call) => exceptionOf(call, policy, partition) === undefined);
  return [...new Map(calls.map((call) => [`${call.action} ${call.resource}`, call])).values()];
}
