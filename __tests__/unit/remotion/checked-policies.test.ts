import { describe, expect, it } from "vitest";
import {
  explainRole,
  explainUser,
  rolePolicy,
  type UserPolicyOptions,
  userPolicy,
} from "../../../lib/policies.js";
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
    { options: { profile: "minimal" }, says: 'profile is "minimal": give "full", "render" or' },
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
      says: 'outputBuckets[0].kmsKeyArn is "*", which is not the ARN of a KMS key',
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
      says: 'outputBuckets[0].kmsKeyArn is "arn:aws-cn:kms:cn-north-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab", which is not in the partition "aws"',
    },
    {
      options: { outputBuckets: [{ name: "acme", access: "read" }] },
      says: 'outputBuckets[0].prefix is undefined, which is not a key prefix: write "" for the whole bucket',
    },
    {
      options: { outputBuckets: [{ name: "acme", prefix: null, access: "read" }] },
      says: "outputBuckets[0].prefix is null, which is not a key prefix",
    },
    {
      options: { outputBuckets: [{ name: "acme", prefix: "" }] },
      says: 'outputBuckets[0].access is undefined: give "write", "put", "read" or',
    },
    {
      options: { outputBuckets: [{ name: "acme", prefix: "", access: "write" }] },
      says: 'outputBuckets[0].access is "write", and callers write no video: give "read" or "delete", and give "write" to rolePolicy().',
    },
  ])("refuse $options", ({ options, says }) => {
    expect(() => userPolicy(options as UserPolicyOptions)).toThrow(says);
  });

  const BUCKET = "{ name, prefix, access, acl, kmsKeyArn }";

  it.each<{ options: unknown; says: string }>([
    { options: null, says: "options is null: give an object { profile, partition," },
    { options: "render", says: 'options is "render": give an object { profile, partition,' },
    {
      options: new Map([["profile", "render"]]),
      says: "options is an object of the class Map: give",
    },
    {
      options: { buckets: ["acme"] },
      says: 'buckets is ["acme"], and there is no such prop: there are profile, partition,',
    },
    {
      options: { outputBuckets: [{ bucket: "acme" }] },
      says: 'outputBuckets[0].bucket is "acme", and there is no such prop: there are name, prefix, access, acl, kmsKeyArn.',
    },
    {
      options: { outputBuckets: ["acme"] },
      says: `outputBuckets[0] is "acme": give an object ${BUCKET}.`,
    },
    {
      options: { outputBuckets: {} },
      says: `outputBuckets is {}: give a list of objects ${BUCKET}.`,
    },
    {
      options: { outputBuckets: [undefined] },
      says: `outputBuckets[0] is undefined: give an object ${BUCKET}.`,
    },
    {
      options: { outputBuckets: [{}] },
      says: "outputBuckets[0].name is undefined, which is not a",
    },
    {
      options: { outputBuckets: [{ name: "acme", prefix: null }] },
      says: "outputBuckets[0].prefix is null, which is not a key prefix: write",
    },
    {
      options: { outputBuckets: [{ name: "acme", prefix: "", access: "write", acl: "yes" }] },
      says: 'outputBuckets[0].acl is "yes": give true or false.',
    },
    {
      options: { regions: "eu-central-1" },
      says: 'regions is "eu-central-1": give a list of strings.',
    },
    { options: { regions: [undefined] }, says: "regions[0] is undefined, which is not a region's" },
    // A list with a hole.
    { options: { bucketNames: new Array(1) }, says: "bucketNames[0] is undefined, which is not a" },
    { options: { functionNames: [["*"]] }, says: 'functionNames[0] is ["*"], which is not a' },
    {
      options: { lambdaRoleName: null },
      says: "lambdaRoleName is null, which is not a role's name",
    },
    { options: { vpc: "false" }, says: 'vpc is "false": give true or false.' },
    { options: { allInsightsRegions: 1 }, says: "allInsightsRegions is 1: give true or false." },
    { options: { profile: ["render"] }, says: 'profile is ["render"]: give "full"' },
    { options: { partition: null }, says: 'partition is null: give "aws" or "aws-cn".' },
  ])("refuse $says", ({ options, says }) => {
    expect(() => userPolicy(options as UserPolicyOptions)).toThrow(says);
    expect(() => rolePolicy(options as object)).toThrow(says.split(" or")[0]);
  });

  it("take an option that is undefined as none", () => {
    const options = { regions: undefined, outputBuckets: undefined } as object;

    expect(userPolicy(options)).toEqual(userPolicy());
    expect(rolePolicy(undefined)).toEqual(rolePolicy());
  });

  it("explain the profiles that there are, and no others", () => {
    expect(explainUser("deploy").map(({ sid }) => sid)).toContain("FunctionsInVpc");
    expect(explainRole("minimal")).not.toEqual([]);
    expect(() => explainUser("minimal" as "full")).toThrow(
      'profile is "minimal": give "full", "render" or',
    );
    expect(() => explainRole(undefined as unknown as "full")).toThrow("profile is undefined: give");
  });

  it("refuse a user's profile for the role", () => {
    const options = { profile: "deploy" } as object;

    expect(() => rolePolicy(options)).toThrow('profile is "deploy": give "full" or "minimal"');
  });
});
