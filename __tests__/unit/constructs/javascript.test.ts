import type { Construct } from "constructs";
import { describe, expect, it } from "vitest";
import * as library from "../../../lib/index.js";
import { RemotionNarrowing } from "../../../lib/index.js";
import { synthesize } from "../support/synthesize.js";

/*
 * What JavaScript lets through: it knows no types when it runs. Each is refused with its path, what it
 * is and what it should be.
 */

type Make = new (scope: Construct, id: string, props: never) => Construct;

const CONSTRUCTS = {
  RemotionUser: library.RemotionUser,
  RemotionLambdaRole: library.RemotionLambdaRole,
  RemotionExecutionRole: library.RemotionExecutionRole,
  RemotionExecutionRolePolicy: library.RemotionExecutionRolePolicy,
  RemotionBucketGrants: library.RemotionBucketGrants,
  RemotionNarrowing: library.RemotionNarrowing,
} satisfies Record<string, Make>;

type Name = keyof typeof CONSTRUCTS;

const NAMES = Object.keys(CONSTRUCTS) as readonly Name[];

/** What a construct cannot do without. */
const NEEDED: Partial<Record<Name, object>> = {
  RemotionBucketGrants: {
    outputBuckets: [{ name: "acme-videos", prefix: "", access: "write" }],
    roleNames: { writer: "writer" },
  },
  RemotionExecutionRole: { trustedServices: ["lambda.amazonaws.com"] },
};

function make(name: Name, props: unknown): void {
  const construct: Make = CONSTRUCTS[name];
  synthesize((stack) => {
    new construct(stack, "it", props as never);
  });
}

const refused = (name: Name, props: unknown) => () =>
  make(
    name,
    typeof props === "object" && props !== null && !Array.isArray(props)
      ? { ...NEEDED[name], ...props }
      : props,
  );

const BUCKET = "{ name, prefix, access, acl, kmsKeyArn }";

const WITH_BUCKETS = [
  "RemotionUser",
  "RemotionLambdaRole",
  "RemotionExecutionRolePolicy",
  "RemotionBucketGrants",
] as const;

describe("output buckets", () => {
  it.each<[given: unknown, says: string]>([
    [
      [{ bucket: "acme" }],
      'outputBuckets[0].bucket is "acme", and there is no such prop: there are name, prefix, access, acl, kmsKeyArn.',
    ],
    [["acme"], `outputBuckets[0] is "acme": give an object ${BUCKET}.`],
    [{}, `outputBuckets is {}: give a list of objects ${BUCKET}.`],
    ["acme", `outputBuckets is "acme": give a list of objects ${BUCKET}.`],
    [null, `outputBuckets is null: give a list of objects ${BUCKET}.`],
    [[undefined], `outputBuckets[0] is undefined: give an object ${BUCKET}.`],
    [[null], `outputBuckets[0] is null: give an object ${BUCKET}.`],
    [new Array(1), `outputBuckets[0] is undefined: give an object ${BUCKET}.`],
    [[[]], `outputBuckets[0] is []: give an object ${BUCKET}.`],
    [[{}], "outputBuckets[0].name is undefined, which is not a bucket's name: give the name alone"],
    [[{ name: ["acme"] }], 'outputBuckets[0].name is ["acme"], which is not a bucket\'s name'],
    [
      [{ name: new String("acme") }],
      "outputBuckets[0].name is an object of the class String, which",
    ],
    [
      [{ name: "acme", perfix: "finished/" }],
      'outputBuckets[0].perfix is "finished/", and there is no such prop: there are name, prefix,',
    ],
    [
      [{ name: "acme", prefix: null }],
      "outputBuckets[0].prefix is null, which is not a key prefix",
    ],
    [
      [{ name: "acme", prefix: "", access: ["read"] }],
      'outputBuckets[0].access is ["read"]: give "write", "put", "read" or "delete".',
    ],
    [
      [{ name: "acme", prefix: "", access: "read", acl: "yes" }],
      'outputBuckets[0].acl is "yes": give true or false.',
    ],
    [
      [{ name: "acme", prefix: "", access: "read", kmsKeyArn: null }],
      "outputBuckets[0].kmsKeyArn is null, which is not the ARN",
    ],
  ])("%j", (outputBuckets, says) => {
    for (const name of WITH_BUCKETS) {
      expect(refused(name, { outputBuckets })).toThrow(`stack/it: ${says}`);
    }
  });
});

describe.each(NAMES)("%s", (name) => {
  it.each<[given: unknown, says: string]>([
    [null, "stack/it: props is null: give an object { "],
    ["remotion", 'stack/it: props is "remotion": give an object { '],
    [[], "stack/it: props is []: give an object { "],
    [new Map(), "stack/it: props is an object of the class Map: give an object { "],
    [() => ({}), "stack/it: props is a function: give an object { "],
  ])("is not made of %s", (props, says) => {
    expect(() => make(name, props)).toThrow(says);
  });

  it("has no props but its own", () => {
    expect(refused(name, { nmae: "acme" })).toThrow(
      'stack/it: nmae is "acme", and there is no such prop: there are ',
    );
    // A typing error may lie on what was undefined this time.
    expect(refused(name, { perfix: undefined })).toThrow(
      "stack/it: perfix is undefined, and there",
    );
  });

  it("takes an optional prop that is undefined as left out", () => {
    const given = name === "RemotionNarrowing" ? "accountId" : "partition";

    expect(() => make(name, { ...NEEDED[name], [given]: undefined })).not.toThrow();
  });
});

describe("a prop of another type", () => {
  const Tags = { a: 1 };
  const LISTS = "give a list of strings.";

  it.each<[name: Name, props: object, says: string]>([
    ["RemotionUser", { name: null }, "name is null, which is not a user's name: give 1 to 64"],
    ["RemotionUser", { name: 7 }, "name is 7, which is not a user's name: give 1 to 64"],
    ["RemotionUser", { name: {} }, "name is {}, which is not a user's name: give 1 to 64"],
    ["RemotionUser", { lambdaRoleName: ["*"] }, 'lambdaRoleName is ["*"], which is not a role\'s'],
    ["RemotionUser", { path: true }, "path is true, which is not an IAM path: begin and end"],
    ["RemotionUser", { tags: Tags }, "tags.a is 1, which is not a tag's value: give at most 256"],
    ["RemotionUser", { tags: { a: undefined } }, "tags.a is undefined, which is not a tag's value"],
    ["RemotionUser", { tags: [["a", "b"]] }, "tags is [[…]]: give an object of strings by keys"],
    ["RemotionUser", { tags: new Map() }, "tags is an object of the class Map: give an object of"],
    ["RemotionUser", { pgpKey: 5n }, "pgpKey is 5, which is not a PGP public key: give the binary"],
    ["RemotionUser", { profile: null }, 'profile is null: give "full", "render" or "deploy".'],
    ["RemotionUser", { policyType: ["inline"] }, 'policyType is ["inline"]: give "inline" or'],
    ["RemotionUser", { partition: 1 }, 'partition is 1: give "aws" or "aws-cn".'],
    ["RemotionUser", { vpc: "false" }, 'vpc is "false": give true or false.'],
    ["RemotionUser", { createAccessKey: 0 }, "createAccessKey is 0: give true or false."],
    ["RemotionUser", { forceDestroy: null }, "forceDestroy is null: give true or false."],
    ["RemotionUser", { customLayerArns: "*" }, `customLayerArns is "*": ${LISTS}`],
    ["RemotionUser", { customLayerArns: [undefined] }, "customLayerArns[0] is undefined, which is"],
    ["RemotionUser", { bucketAccesses: "read" }, 'bucketAccesses is "read": give a list of'],
    ["RemotionUser", { bucketAccesses: ["all"] }, 'bucketAccesses[0] is "all": give "read" or'],
    [
      "RemotionUser",
      { narrowing: { regions: ["eu-central-1"] } },
      "narrowing is { regions: […] }: give a RemotionNarrowing, as new RemotionNarrowing(",
    ],
    ["RemotionUser", { create: false }, "create is false: give a token of a condition, or leave"],
    [
      "RemotionExecutionRolePolicy",
      { sameStatementsAs: "user" },
      'sameStatementsAs is "user": give a RemotionUser of the same stack.',
    ],
    [
      "RemotionExecutionRolePolicy",
      { roleNames: ["api"] },
      'roleNames is ["api"]: give an object of',
    ],
    ["RemotionExecutionRolePolicy", { roleNames: { api: null } }, "roleNames.api is null: give a"],
    [
      "RemotionExecutionRolePolicy",
      { roleNames: { a: undefined } },
      "roleNames.a is undefined: give",
    ],
    [
      "RemotionLambdaRole",
      { maxSessionDuration: "3600" },
      'maxSessionDuration is "3600": give a whole',
    ],
    ["RemotionLambdaRole", { maxSessionDuration: Number.NaN }, "maxSessionDuration is NaN: give a"],
    ["RemotionLambdaRole", { profile: "render" }, 'profile is "render": give "full" or "minimal".'],
    [
      "RemotionBucketGrants",
      { outputBuckets: undefined },
      "outputBuckets is undefined: give a list",
    ],
    [
      "RemotionBucketGrants",
      { maxPoliciesPerRole: null },
      "maxPoliciesPerRole is null: give a whole",
    ],
    ["RemotionNarrowing", { regions: "eu-central-1" }, `regions is "eu-central-1": ${LISTS}`],
    ["RemotionNarrowing", { regions: [null] }, "regions[0] is null, which is not a region's name"],
    [
      "RemotionNarrowing",
      { bucketNames: new Set(["a"]) },
      `bucketNames is an object of the class Set: ${LISTS}`,
    ],
    [
      "RemotionNarrowing",
      { functionNames: [{}] },
      "functionNames[0] is {}, which is not a function's",
    ],
    [
      "RemotionNarrowing",
      { accountId: 123456789012 },
      "accountId is 123456789012, which is not an",
    ],
    ["RemotionExecutionRole", { trustedServices: "*" }, `trustedServices is "*": ${LISTS}`],
    [
      "RemotionExecutionRole",
      { trustedServices: [null] },
      "trustedServices[0] is null, which is not",
    ],
    ["RemotionExecutionRole", { trustedPrincipalArns: {} }, `trustedPrincipalArns is {}: ${LISTS}`],
    [
      "RemotionExecutionRole",
      { externalId: null },
      "externalId is null, which is not an external id",
    ],
    ["RemotionExecutionRole", { trustedOidc: {} }, "trustedOidc is {}: give a list of objects { "],
    [
      "RemotionExecutionRole",
      { trustedOidc: ["gitlab"] },
      'trustedOidc[0] is "gitlab": give an object',
    ],
    [
      "RemotionExecutionRole",
      { trustedOidc: [{}] },
      "trustedOidc[0].providerArn is undefined: give a",
    ],
    [
      "RemotionExecutionRole",
      { trustedOidc: [{ provider_arn: "x" }] },
      'trustedOidc[0].provider_arn is "x", and there is no such prop: there are providerArn, audiences',
    ],
    ["RemotionExecutionRole", { policyArns: { a: 1 } }, "policyArns.a is 1: give a string."],
    ["RemotionExecutionRole", { logFunctionNames: "*" }, `logFunctionNames is "*": ${LISTS}`],
  ])("%s: %o", (name, props, says) => {
    expect(refused(name, props)).toThrow(`stack/it: ${says}`);
  });
});

describe("a RemotionNarrowing that another copy of the package made", () => {
  it("is refused: its requirements would be lost", () => {
    const forged = Object.create(Object.prototype, {
      account: { value: "*", enumerable: true },
      lists: { value: {}, enumerable: true },
    });

    expect(refused("RemotionUser", { narrowing: forged })).toThrow("give a RemotionNarrowing");
    expect(() =>
      synthesize((stack) => {
        const narrowing = new RemotionNarrowing(stack, "narrowing");
        new library.RemotionUser(stack, "user", { narrowing });
      }),
    ).not.toThrow();
  });
});
