import {
  createValidatedPolicy,
  validateIdentityPolicy,
  validateTrustPolicy,
} from "@cloud-copilot/iam-policy";
import { runSimulation, runUnsafeSimulation } from "@cloud-copilot/iam-simulate";
import { keyPolicy } from "./key-policy.js";
import type { FinalBucket, Finals, TextSort } from "./random-props.js";

/*
 * What a construct may grant, by the values that it was given and by nothing of lib: it decides on its
 * own, and iam-simulate says what is granted.
 */

const ACCOUNT = "123456789012";

/** What a value of each sort is made of at most. None of it widens a policy. */
const NARROW: Readonly<Record<TextSort, RegExp>> = {
  name: /^[\w+=,.@-]+$/,
  path: /^\/([!#%-)+->@-[\]-~]+\/)*$/,
  region: /^[a-z]+(-[a-z]+)+-\d$/,
  account: /^\d{12}$/,
  bucket: /^[a-z0-9.-]+$/,
  // Whatever can be seen and is neither a wildcard nor a policy variable.
  prefix: /^$|^[^*?$"\\{}\p{C}]+\/$/u,
  function: /^[\w-]+$/,
  layer: /^arn:aws:lambda:[a-z0-9-]+:\d{12}:layer:[\w-]+:\d+$/,
  key: /^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[0-9a-f-]+$/,
  boundary: /^arn:aws:iam::\d{12}:policy\/[\w+=,.@/-]+$/,
  service: /^[a-z0-9.-]+\.amazonaws\.com$/,
  principal: /^arn:aws:iam::\d{12}:(root|(role|user)\/[\w+=,.@/-]+)$/,
  externalId: /^[\w+=,.@:/-]+$/,
};

/** The values that would widen what they are put into. */
export function wideValues({ texts, lists, buckets }: Finals): string[] {
  const all: (readonly [TextSort, string])[] = [
    ...Object.values(texts).map(({ sort, value }) => [sort, value] as const),
    ...Object.values(lists).flatMap(({ sort, value }) =>
      value.map((each) => [sort, each] as const),
    ),
    ...buckets.flatMap(({ name, prefix, key }) => [
      ["bucket", name] as const,
      ["prefix", prefix] as const,
      ...(key === undefined ? [] : [["key", key] as const]),
    ]),
  ];
  return all.filter(([sort, value]) => !NARROW[sort].test(value)).map(([, value]) => value);
}

/** A request, and whether the values that a construct was given let it pass at most. */
interface Probe {
  readonly action: string;
  readonly resource: string;
  readonly mayPass: boolean;
}

/** What the policies of a construct grant, and were not to. */
export async function excessOf(
  kind: string,
  finals: Finals,
  policies: readonly object[],
): Promise<{ readonly excess: readonly string[]; readonly allowed: number }> {
  const excess: string[] = [];
  let allowed = 0;
  const identity = policies.map((policy, index) => ({
    name: String(index),
    policy: createValidatedPolicy(policy, validateIdentityPolicy),
  }));
  for (const { action, resource, mayPass } of probesOf(kind, finals)) {
    const result = await runSimulation(
      {
        request: {
          principal: `arn:aws:iam::${ACCOUNT}:role/under-test`,
          action,
          resource: { resource, accountId: resource.split(":")[4] || ACCOUNT },
          contextVariables: {
            "iam:PassedToService": "lambda.amazonaws.com",
            "kms:ViaService": "s3.eu-central-1.amazonaws.com",
          },
        },
        identityPolicies: identity,
        serviceControlPolicies: [],
        resourceControlPolicies: [],
        // What is granted is asked for, not what the other side lets in: nothing but a key has a policy here.
        resourcePolicy: resource.includes(":kms:") ? keyPolicy(ACCOUNT) : undefined,
      } as Parameters<typeof runSimulation>[0],
      {},
    );
    if (result.resultType === "error") {
      throw new Error(`${action} on ${resource}: ${JSON.stringify(result.errors)}`);
    }
    if (result.overallResult === "Allowed") {
      allowed += 1;
      if (!mayPass) {
        excess.push(`${action} on ${resource}`);
      }
    }
  }
  return { excess, allowed };
}

const REGIONS = ["eu-central-1", "us-east-1", "sa-east-1"];

function probesOf(kind: string, finals: Finals): Probe[] {
  const probes = [
    ...objectProbes(kind, finals),
    ...keyProbes(finals),
    ...functionProbes(kind, finals),
  ];
  return kind === "user" || kind === "policy"
    ? [...probes, ...roleProbes(finals), ...layerProbes(finals)]
    : probes;
}

/** Names that are none of those given, and those given. */
function around(given: readonly string[]): string[] {
  return [...new Set([...given, ...given.map((name) => `${name}x`), "stranger"])];
}

function roleProbes({ texts }: Finals): Probe[] {
  const name = texts["lambdaRoleName"]?.value ?? "remotion-lambda-role";
  const path = texts["lambdaRolePath"]?.value ?? "/";
  const account = texts["accountId"]?.value;
  const own = `role${path}${name}`;
  const others = [`role${path}x${name}`, `role/admin`, `role/other${path}${name}`, `${own}-admin`];
  return [own, ...others].flatMap((role) =>
    [ACCOUNT, "210987654321"].map((owner) => ({
      action: "iam:PassRole",
      resource: `arn:aws:iam::${owner}:${role}`,
      mayPass: role === own && (account === undefined || account === owner),
    })),
  );
}

/** Buckets that the policy of a user or role is for by itself. */
function isOwnBucket(kind: string, { lists }: Finals, bucket: string): boolean {
  if (kind === "grants") {
    return false;
  }
  const names = lists["bucketNames"]?.value ?? [];
  const regions = lists["regions"]?.value ?? [];
  if (names.length > 0) {
    return names.includes(bucket);
  }
  return regions.length > 0
    ? regions.some((region) => bucket.startsWith(`remotionlambda-${region.split("-").join("")}-`))
    : bucket.startsWith("remotionlambda-");
}

const OBJECT_ACTIONS: Readonly<Record<string, (bucket: FinalBucket) => boolean>> = {
  "s3:PutObject": ({ access }) => access === "write" || access === "put",
  "s3:GetObject": ({ access }) => access === "write" || access === "read",
  "s3:DeleteObject": ({ access }) => access === "delete",
  "s3:PutObjectAcl": ({ access, acl }) => acl && (access === "write" || access === "put"),
};

function objectProbes(kind: string, finals: Finals): Probe[] {
  const { buckets, lists } = finals;
  const own = ["remotionlambda-euwest3-abc", ...(lists["bucketNames"]?.value ?? [])];
  const names = around([...buckets.map(({ name }) => name), ...own]);
  const keys = [
    ...new Set(["k", ...buckets.map(({ prefix }) => `${prefix}k`), "finished-private/k"]),
  ];
  return names.flatMap((name) =>
    keys.flatMap((key) =>
      Object.entries(OBJECT_ACTIONS).map(([action, isFor]) => ({
        action,
        resource: `arn:aws:s3:::${name}/${key}`,
        mayPass:
          isOwnBucket(kind, finals, name) ||
          buckets.some(
            (bucket) => bucket.name === name && key.startsWith(bucket.prefix) && isFor(bucket),
          ),
      })),
    ),
  );
}

function keyProbes({ buckets }: Finals): Probe[] {
  const given = buckets.flatMap(({ key }) => (key === undefined ? [] : [key]));
  const stranger = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/ffffffff-12ab-34cd-56ef-1234567890ab`;
  return [...new Set([...given, stranger])].map((key) => ({
    action: "kms:Decrypt",
    resource: key,
    mayPass: buckets.some((bucket) => bucket.key === key && bucket.access !== "delete"),
  }));
}

function functionProbes(kind: string, { texts, lists }: Finals): Probe[] {
  const regions = lists["regions"]?.value ?? [];
  const names = lists["functionNames"]?.value ?? [];
  const account = texts["accountId"]?.value;
  return around([...names, "remotion-render-4"]).flatMap((name) =>
    REGIONS.map((region) => ({
      action: "lambda:InvokeFunction",
      resource: `arn:aws:lambda:${region}:${ACCOUNT}:function:${name}`,
      mayPass:
        kind !== "grants" &&
        (regions.length === 0 || regions.includes(region)) &&
        (names.length === 0 ? name.startsWith("remotion-render-") : names.includes(name)) &&
        (account === undefined || account === ACCOUNT),
    })),
  );
}

function layerProbes({ lists }: Finals): Probe[] {
  const given = lists["customLayerArns"]?.value ?? [];
  const stranger = `arn:aws:lambda:eu-central-1:${ACCOUNT}:layer:other:1`;
  return [...given, ...given.map((arn) => `${arn}1`), stranger].map((resource) => ({
    action: "lambda:GetLayerVersion",
    resource,
    mayPass: given.includes(resource),
  }));
}

/** Whom a trust policy lets in, and was not to. */
export function strangersIn(finals: Finals, trustPolicy: object): string[] {
  const services = finals.lists["trustedServices"]?.value ?? [];
  const principals = finals.lists["trustedPrincipalArns"]?.value ?? [];
  const externalId = finals.texts["externalId"]?.value;
  const accounts = principals
    .filter((arn) => arn.endsWith(":root"))
    .map((arn) => arn.split(":")[4]);
  const callers = [
    "lambda.amazonaws.com",
    "ecs-tasks.amazonaws.com",
    "ec2.amazonaws.com",
    "arn:aws:iam::210987654321:role/video-api",
    "arn:aws:iam::210987654321:role/admin",
    "arn:aws:iam::999999999999:role/video-api",
  ];
  const isTrusted = (caller: string, id: string | undefined) =>
    services.includes(caller) ||
    ((principals.includes(caller) || accounts.includes(caller.split(":")[4])) &&
      (externalId === undefined || id === externalId));
  return callers.flatMap((caller) =>
    [undefined, "acme-0", externalId]
      .filter((id) => mayAssume(trustPolicy, caller, id) && !isTrusted(caller, id))
      .map((id) => `${caller} with ${id}`),
  );
}

function mayAssume(
  trustPolicy: object,
  principal: string,
  externalId: string | undefined,
): boolean {
  const result = runUnsafeSimulation(
    {
      request: {
        principal,
        action: "sts:AssumeRole",
        resource: { resource: `arn:aws:iam::${ACCOUNT}:role/under-test`, accountId: ACCOUNT },
        contextVariables: externalId === undefined ? {} : { "sts:ExternalId": externalId },
      },
      identityPolicies: principal.startsWith("arn:")
        ? [
            {
              name: "own",
              policy: {
                Version: "2012-10-17",
                Statement: [{ Effect: "Allow", Action: "sts:*", Resource: "*" }],
              },
            },
          ]
        : [],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: createValidatedPolicy(trustPolicy, validateTrustPolicy, { name: "trust" }),
    },
    {},
  );
  return result === "Allowed";
}
