import { describe, expect, it } from "vitest";
import { rolePolicy, type UserPolicyOptions, userPolicy } from "../../../lib/policies.js";
import upstream from "../../../lib/remotion/upstream-policies.json" with { type: "json" };

describe("policies for other programs", () => {
  it("are Remotion's own without options", () => {
    expect(userPolicy()).toEqual(upstream.policies.aws.user);
    expect(rolePolicy({ partition: "aws-cn" })).toEqual(upstream.policies["aws-cn"].role);
  });

  it("take every option that keeps its rule", () => {
    const policy = userPolicy({
      profile: "deploy",
      partition: "aws",
      accountId: "123456789012",
      regions: ["eu-central-1"],
      bucketNames: ["remotionlambda-useast1-abc1234567"],
      functionNames: ["remotion-render-4-0-527-mem2048mb-disk2048mb-120sec"],
      lambdaRoleName: "video-role",
      lambdaRolePath: "/video/",
      customLayerArns: ["arn:aws:lambda:eu-central-1:123456789012:layer:fonts:1"],
      outputBuckets: [{ name: "acme-videos", prefix: "finished/", access: "read" }],
    });

    expect(JSON.stringify(policy)).toContain("arn:aws:iam::123456789012:role/video/video-role");
  });

  it.each<{ options: object; says: string }>([
    { options: { profile: "minimal" }, says: 'profile is "minimal": give "full" or' },
    { options: { partition: "aws-us-gov" }, says: 'partition is "aws-us-gov": give "aws" or' },
    { options: { accountId: "*" }, says: 'accountId is "*", which is not' },
    { options: { accountId: 123456789012 }, says: "accountId is 123456789012, which is not" },
    { options: { regions: ["eu-central-1", "*"] }, says: 'regions[1] is "*", which is not' },
    { options: { bucketNames: ["*"] }, says: 'bucketNames[0] is "*"' },
    { options: { functionNames: ["remotion-?"] }, says: 'functionNames[0] is "remotion-?"' },
    { options: { lambdaRoleName: "${x}" }, says: 'lambdaRoleName is "${x}"' },
    { options: { lambdaRolePath: "/*/" }, says: 'lambdaRolePath is "/*/"' },
    { options: { customLayerArns: ["*"] }, says: 'customLayerArns[0] is "*"' },
    {
      options: { outputBuckets: [{ name: "a*", prefix: "", access: "write" }] },
      says: 'outputBuckets[0].name is "a*"',
    },
    {
      options: { outputBuckets: [{ name: "acme", prefix: "*", access: "write" }] },
      says: 'outputBuckets[0].prefix is "*"',
    },
    {
      options: { outputBuckets: [{ name: "acme", prefix: "", access: "write", kmsKeyArn: "*" }] },
      says: 'outputBuckets[0].kmsKeyArn is "*"',
    },
    {
      options: { outputBuckets: [{ name: "acme", prefix: "", access: "all" }] },
      says: 'outputBuckets[0].access is "all"',
    },
    {
      options: { outputBuckets: [{ name: "acme", prefix: "", access: "read", acl: true }] },
      says: 'outputBuckets[0] has acl with the access "read"',
    },
    {
      options: { regions: ["us-east-1", "cn-north-1"] },
      says: 'regions[1] is "cn-north-1", which is not in the partition "aws": give what is in it, or set partition.',
    },
    { options: { regions: ["us-gov-west-1"] }, says: 'Remotion runs in "aws" and "aws-cn" alone.' },
    {
      options: { partition: "aws-cn", regions: ["us-east-1"] },
      says: 'regions[0] is "us-east-1", which is not in the partition "aws-cn"',
    },
    {
      options: { customLayerArns: ["arn:aws-cn:lambda:cn-north-1:123456789012:layer:fonts:1"] },
      says: "customLayerArns[0] is",
    },
    {
      options: {
        outputBuckets: [
          {
            name: "acme",
            prefix: "",
            access: "read",
            kmsKeyArn:
              "arn:aws-cn:kms:cn-north-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
          },
        ],
      },
      says: 'which is not in the partition "aws"',
    },
    {
      options: { outputBuckets: [{ name: "acme", access: "read" }] },
      says: 'outputBuckets[0].prefix is missing, and has no default: write "" for the whole bucket',
    },
    {
      options: { outputBuckets: [{ name: "acme", prefix: null, access: "read" }] },
      says: "outputBuckets[0].prefix is missing",
    },
    {
      options: { outputBuckets: [{ name: "acme", prefix: "" }] },
      says: 'outputBuckets[0].access is missing, and has no default: give "write" or "put" or',
    },
    {
      options: { outputBuckets: [{ name: "acme", prefix: "", access: "write" }] },
      says: 'outputBuckets[0].access is "write", and callers write no video: give "read" or "delete", and give "write" to rolePolicy().',
    },
  ])("refuse $options", ({ options, says }) => {
    expect(() => userPolicy(options as UserPolicyOptions)).toThrow(says);
  });

  it("refuse a user's profile for the role", () => {
    const options = { profile: "deploy" } as object;

    expect(() => rolePolicy(options)).toThrow('profile is "deploy": give "full" or "minimal"');
  });
});
