import type { JsonObject } from "../../lib/module/json-value.js";
import type { TestAssertion, TestRun } from "../../lib/module/module-tests.js";
import {
  type PolicyOptions,
  type RolePolicyOptions,
  rolePolicy,
  type UserPolicyOptions,
  userPolicy,
} from "../../lib/remotion/policies.js";
import { ROLE_PROFILES, USER_PROFILES } from "../../lib/remotion/profile-names.js";
import { isDocument } from "./assertions.js";

/** A policy's inputs, with the same as the functions of policies take it. */
interface PolicyCase<Options> {
  readonly name: string;
  readonly inputs: JsonObject;
  readonly options: Options;
}

/** Names of a module's inputs and outputs where it makes a policy. */
interface PolicyNames {
  /** The outputs that hold it. */
  readonly outputs: readonly string[];
  /** The inputs that say its profile. */
  readonly profiles: readonly string[];
  /** What the names of runs begin with. @default nothing */
  readonly prefix?: string;
}

const KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const LAYER = "arn:aws:lambda:us-east-1:123456789012:layer:fonts:3";

/** What holds for every policy of Remotion. */
const COMMON: readonly PolicyCase<PolicyOptions>[] = [
  {
    name: "narrowed",
    inputs: {
      regions: ["eu-central-1"],
      account_id: "123456789012",
      bucket_names: ["remotionlambda-eucentral1-abc"],
      function_names: ["remotion-render-video"],
    },
    options: {
      regions: ["eu-central-1"],
      accountId: "123456789012",
      bucketNames: ["remotionlambda-eucentral1-abc"],
      functionNames: ["remotion-render-video"],
    },
  },
  { name: "in_vpc", inputs: { vpc: true }, options: { vpc: true } },
  { name: "in_china", inputs: { partition: "aws-cn" }, options: { partition: "aws-cn" } },
];

const USER_ONLY: readonly PolicyCase<UserPolicyOptions>[] = [
  {
    name: "custom_layers",
    inputs: { custom_layer_arns: [LAYER] },
    options: { customLayerArns: [LAYER] },
  },
  {
    name: "all_insights_regions",
    inputs: { all_insights_regions: true },
    options: { allInsightsRegions: true },
  },
];

/** Buckets for callers, and for the role that writes. */
const CALLER_BUCKETS: PolicyCase<PolicyOptions> = {
  name: "output_buckets",
  inputs: {
    output_buckets: [
      { name: "acme-videos", prefix: "finished/", access: "read", kms_key_arn: KEY },
      { name: "acme-videos", prefix: "finished/", access: "delete" },
    ],
  },
  options: {
    outputBuckets: [
      { name: "acme-videos", prefix: "finished/", access: "read", kmsKeyArn: KEY },
      { name: "acme-videos", prefix: "finished/", access: "delete" },
    ],
  },
};

const WRITER_BUCKETS: PolicyCase<PolicyOptions> = {
  name: "output_buckets",
  inputs: {
    output_buckets: [
      { name: "acme-videos", prefix: "finished/", access: "write", acl: true, kms_key_arn: KEY },
      { name: "acme-archive", prefix: "", access: "put" },
    ],
  },
  options: {
    outputBuckets: [
      { name: "acme-videos", prefix: "finished/", access: "write", acl: true, kmsKeyArn: KEY },
      { name: "acme-archive", prefix: "", access: "put" },
    ],
  },
};

/** That the policy of a user, or of callers, is Remotion's own. */
export function userPolicyDefaults({ outputs }: Pick<PolicyNames, "outputs">): TestAssertion[] {
  return outputs.map((output) => isDocument(`output.${output}`, userPolicy()));
}

/** That the policy of the functions' role is Remotion's own. */
export function rolePolicyDefaults({ outputs }: Pick<PolicyNames, "outputs">): TestAssertion[] {
  return outputs.map((output) => isDocument(`output.${output}`, rolePolicy()));
}

/**
 * What inputs do to the policy of a user, or of callers.
 *
 * @param inputs of every run, beside those of its own
 */
export function userPolicyRuns(names: PolicyNames, inputs: JsonObject = {}): TestRun[] {
  const profiles = USER_PROFILES.slice(1).map(
    (profile): PolicyCase<UserPolicyOptions> => profileCase(profile, names),
  );
  return runsOf(names, inputs, [...profiles, ...COMMON, ...USER_ONLY, CALLER_BUCKETS], userPolicy);
}

/** The same of the role that Remotion's functions run as. */
export function rolePolicyRuns(names: PolicyNames, inputs: JsonObject = {}): TestRun[] {
  const profiles = ROLE_PROFILES.slice(1).map(
    (profile): PolicyCase<RolePolicyOptions> => profileCase(profile, names),
  );
  return runsOf(names, inputs, [...profiles, ...COMMON, WRITER_BUCKETS], rolePolicy);
}

function profileCase<Profile extends string>(profile: Profile, { profiles }: PolicyNames) {
  return {
    name: `profile_${profile}`,
    inputs: Object.fromEntries(profiles.map((input) => [input, profile])),
    options: { profile },
  };
}

function runsOf<Options>(
  { outputs, prefix = "" }: PolicyNames,
  inputs: JsonObject,
  cases: readonly PolicyCase<Options>[],
  policy: (options: Options) => object,
): TestRun[] {
  return cases.map(({ name, inputs: own, options }) => ({
    name: `${prefix}${name}`,
    variables: { ...inputs, ...own },
    assertions: outputs.map((output) => isDocument(`output.${output}`, policy(options))),
  }));
}
