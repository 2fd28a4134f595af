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
      outputBuckets: [{ name: "acme-videos", prefix: "finished/", access: "put", acl: true }],
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
    { options: { outputBuckets: [{ name: "a*" }] }, says: 'outputBuckets[0].name is "a*"' },
    {
      options: { outputBuckets: [{ name: "acme", prefix: "*" }] },
      says: 'outputBuckets[0].prefix is "*"',
    },
    {
      options: { outputBuckets: [{ name: "acme", kmsKeyArn: "*" }] },
      says: 'outputBuckets[0].kmsKeyArn is "*"',
    },
    {
      options: { outputBuckets: [{ name: "acme", access: "all" }] },
      says: 'outputBuckets[0].access is "all"',
    },
    {
      options: { outputBuckets: [{ name: "acme", access: "read", acl: true }] },
      says: 'outputBuckets[0] has acl with the access "read"',
    },
  ])("refuse $options", ({ options, says }) => {
    expect(() => userPolicy(options as UserPolicyOptions)).toThrow(says);
  });

  it("refuse a user's profile for the role", () => {
    const options = { profile: "deploy" } as object;

    expect(() => rolePolicy(options)).toThrow('profile is "deploy": give "full" or "minimal"');
  });
});
