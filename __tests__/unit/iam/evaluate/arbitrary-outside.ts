import fc from "fast-check";
import { compilePolicy } from "../../../../lib/iam/evaluate/compile-policy.js";
import {
  compileResourceControlPolicy,
  compileResourcePolicy,
} from "../../../../lib/iam/evaluate/compile-resource-policy.js";
import { evaluate } from "../../../../lib/iam/evaluate/evaluate.js";
import { resourceCaller } from "../../../../lib/iam/evaluate/resource-caller.js";

/* Random sets of policies of principals, resources and organizations, and requests that they are about. */

const ACCOUNT = "123456789012";
const OTHER = "210987654321";
const CALLERS = [
  `arn:aws:iam::${ACCOUNT}:user/remotion-user`,
  `arn:aws:sts::${ACCOUNT}:assumed-role/video-api/one`,
];

const REQUESTS = [
  { action: "s3:GetObject", resource: "arn:aws:s3:::videos/renders/one/out.mp4", account: ACCOUNT },
  { action: "s3:ListBucket", resource: "arn:aws:s3:::videos", account: ACCOUNT },
  {
    action: "kms:Decrypt",
    resource: `arn:aws:kms:us-east-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
    account: ACCOUNT,
  },
  {
    action: "kms:GenerateDataKey",
    resource: `arn:aws:kms:us-east-1:${OTHER}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
    account: OTHER,
  },
] as const;

type Request = (typeof REQUESTS)[number];

const condition = fc.constantFrom<object>(
  {},
  {},
  {},
  { Condition: { Bool: { "aws:SecureTransport": "false" } } },
  { Condition: { Bool: { "aws:SecureTransport": "true" } } },
  { Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-central-1" } } },
  { Condition: { StringEquals: { "aws:PrincipalAccount": ACCOUNT } } },
);

const actions = ({ action }: Request) =>
  fc.constantFrom<object>(
    { Action: action },
    { Action: `${action.split(":")[0]}:*` },
    { Action: "*" },
    { Action: "sqs:SendMessage" },
    { NotAction: "sqs:*" },
    { NotAction: [action, "sqs:*"] },
  );

/** AWS takes no "*" for the actions of a resource control policy, and no NotAction. */
const controlledActions = ({ action }: Request) =>
  fc.constantFrom<object>(
    { Action: action },
    { Action: `${action.split(":")[0]}:*` },
    { Action: "sqs:SendMessage" },
    { Action: ["sqs:*", action] },
  );

const resources = ({ resource }: Request) =>
  fc.constantFrom<object>(
    { Resource: "*" },
    { Resource: resource },
    { Resource: "arn:aws:s3:::other/*" },
    { NotResource: "arn:aws:s3:::other/*" },
    { NotResource: resource },
  );

const principals = fc.constantFrom<object>(
  { Principal: "*" },
  { Principal: { AWS: "*" } },
  { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } },
  { Principal: { AWS: ACCOUNT } },
  { Principal: { AWS: OTHER } },
  { Principal: { AWS: CALLERS } },
  { Principal: { AWS: CALLERS[0] } },
  { Principal: { AWS: CALLERS[1] } },
  { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/video-api` } },
  { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:user/other` } },
  { Principal: { AWS: `arn:aws:iam::${OTHER}:user/remotion-user` } },
  { Principal: { Service: "cloudfront.amazonaws.com" } },
  { NotPrincipal: { AWS: `arn:aws:iam::${ACCOUNT}:user/other` } },
);

const effect = fc.oneof(
  { weight: 14, arbitrary: fc.constant("Allow") },
  { weight: 1, arbitrary: fc.constant("Deny") },
);

function statement(
  request: Request,
  effects = effect,
  principal: fc.Arbitrary<object> = fc.constant({}),
  about = actions(request),
) {
  return (
    fc
      .tuple(effects, about, resources(request), condition, principal)
      .map(([Effect, ...parts]) => Object.assign({ Effect }, ...parts) as Record<string, unknown>)
      // An Allow for all but some is one that AWS warns of, and iam-simulate says that it has not tried it.
      .filter(({ Effect, NotPrincipal }) => Effect === "Deny" || NotPrincipal === undefined)
  );
}

function policy(...args: Parameters<typeof statement>) {
  return fc
    .array(statement(...args), { minLength: 1, maxLength: 3 })
    .map((Statement) => ({ Version: "2012-10-17", Statement }));
}

const EVERYBODY = fc.constant({ Principal: "*" });

export const outsideCase = fc.constantFrom(...REQUESTS).chain((request) =>
  fc.record({
    request: fc.constant(request),
    caller: fc.constantFrom(...CALLERS),
    identity: policy(request),
    boundary: fc.option(policy(request), { nil: undefined, freq: 2 }),
    levels: fc.array(fc.array(policy(request), { minLength: 1, maxLength: 2 }), { maxLength: 2 }),
    rcps: fc.option(
      fc.array(policy(request, fc.constant("Deny"), EVERYBODY, controlledActions(request)), {
        minLength: 1,
        maxLength: 2,
      }),
      { nil: undefined, freq: 1 },
    ),
    resource: fc.option(policy(request, effect, principals), { nil: undefined, freq: 3 }),
  }),
);

export type OutsideCase = typeof outsideCase extends fc.Arbitrary<infer Value> ? Value : never;

export const CONTEXT = {
  "aws:SecureTransport": "true",
  "aws:RequestedRegion": "us-east-1",
  "aws:PrincipalAccount": ACCOUNT,
};

/** A key has a policy, always. */
export const NO_STATEMENT_APPLIES = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "kms:TagResource", Resource: "*" }],
};

/** What is decided; policies may be told in part, and so may who calls. */
export function decided({
  request,
  caller,
  identity,
  boundary,
  levels,
  rcps = [],
  resource,
}: OutsideCase): string {
  const { action, account } = request;
  const isKey = action.startsWith("kms:");
  const rule = account !== ACCOUNT ? "of another account" : isKey ? "own key" : "own";
  const document = resource ?? (isKey ? NO_STATEMENT_APPLIES : undefined);
  return evaluate(
    { action, resource: request.resource, principal: caller, context: CONTEXT },
    {
      identity: [compilePolicy(identity, "identity")],
      ...(boundary === undefined ? {} : { boundary: compilePolicy(boundary, "boundary") }),
    },
    {
      caller: resourceCaller(caller),
      serviceControl: levels.map((policies, level) => ({
        name: String(level),
        policies: policies.map((one, index) => compilePolicy(one, `${level} ${index}`)),
      })),
      resourceControl: rcps.map((one, index) =>
        compileResourceControlPolicy(one, { name: String(index) }),
      ),
      ...(document === undefined
        ? {}
        : {
            resource: {
              rule,
              policies: [
                compileResourcePolicy(document, { name: "resource", kind: "bucket policy" }),
              ],
            },
          }),
    },
  ).decision;
}
