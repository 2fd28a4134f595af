import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PolicyError, RequestError } from "../../../../lib/iam/evaluate/errors.js";
import type { Decision } from "../../../../lib/iam/evaluate/evaluate.js";
import {
  compileTrustPolicy,
  evaluateTrust,
  type TrustedBy,
  type TrustRequest,
  trusteesOf,
} from "../../../../lib/iam/evaluate/trust.js";
import { APPLY, obscured, randomNumbers, unknown } from "./obscured-policy.js";

const ACCOUNT = "123456789012";
const OTHER = "999999999999";
const LAMBDA = "lambda.amazonaws.com";
const GITHUB = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
const iam = (name: string, account = ACCOUNT): string => `arn:aws:iam::${account}:${name}`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/api/job`;

const allow = (Principal: unknown, more: object = {}): object => ({
  Effect: "Allow",
  Principal,
  Action: "sts:AssumeRole",
  ...more,
});
const deny = (Principal: unknown, more: object = {}): object => ({
  ...allow(Principal, more),
  Effect: "Deny",
});
const trust = (...statements: unknown[]): object => ({
  Version: "2012-10-17",
  Statement: statements,
});

function decide(
  policy: unknown,
  by: TrustRequest["by"],
  more: Partial<TrustRequest> = {},
): Decision {
  const compiled = compileTrustPolicy(policy, "trust");
  return evaluateTrust({ action: "sts:AssumeRole", by, ...more }, compiled).decision;
}

const YES = "allowed";
const NO = "implicitly denied";

describe("whom a trust policy lets in", () => {
  test.each<[string, unknown, TrustRequest["by"], Decision]>([
    ["a service", { Service: LAMBDA }, { service: LAMBDA }, YES],
    ["one of many services", { Service: ["ec2.amazonaws.com", LAMBDA] }, { service: LAMBDA }, YES],
    ["another service", { Service: "ec2.amazonaws.com" }, { service: LAMBDA }, NO],
    ["a service that ends alike", { Service: "edgelambda.amazonaws.com" }, { service: LAMBDA }, NO],
    ["a service that begins alike", { Service: `${LAMBDA}.example` }, { service: LAMBDA }, NO],
    ["a service in China", { Service: `${LAMBDA}.cn` }, { service: LAMBDA }, YES],
    ["a service by its name in China", { Service: LAMBDA }, { service: `${LAMBDA}.cn` }, YES],
    [
      "another service in China",
      { Service: "edgelambda.amazonaws.com.cn" },
      { service: LAMBDA },
      NO,
    ],
    ["a pattern for services is none", { Service: "*.amazonaws.com" }, { service: LAMBDA }, NO],
    ["a service under AWS is none", { AWS: LAMBDA }, { service: LAMBDA }, NO],
    ["a service is no role", { Service: LAMBDA }, { arn: iam(`role/${LAMBDA}`) }, NO],
    ["everybody: a service", "*", { service: LAMBDA }, YES],
    ["everybody, the long way: a service", { AWS: "*" }, { service: LAMBDA }, YES],
    ["everybody: a role", "*", { arn: iam("role/api") }, YES],
    ["everybody: an identity from outside", { AWS: ["*"] }, { federated: GITHUB }, YES],
    ["an account, by its number", { AWS: ACCOUNT }, { arn: iam("role/api") }, YES],
    ["an account, by its root", { AWS: iam("root") }, { arn: iam("user/team/alice") }, YES],
    ["an account: a session of it", { AWS: iam("root") }, { arn: SESSION }, YES],
    ["an account: its root", { AWS: ACCOUNT }, { arn: iam("root") }, YES],
    ["another account", { AWS: [OTHER, iam("root", OTHER)] }, { arn: iam("role/api") }, NO],
    ["an account: no service", { AWS: iam("root") }, { service: LAMBDA }, NO],
    ["an account: no identity from outside", { AWS: ACCOUNT }, { federated: GITHUB }, NO],
    ["a role", { AWS: iam("role/api") }, { arn: iam("role/api") }, YES],
    ["a role of its name in a path", { AWS: iam("role/api") }, { arn: iam("role/x/api") }, NO],
    ["a role of its name elsewhere", { AWS: iam("role/api", OTHER) }, { arn: iam("role/api") }, NO],
    ["a role that begins alike", { AWS: iam("role/api") }, { arn: iam("role/api-2") }, NO],
    ["a role that ends alike", { AWS: iam("role/api") }, { arn: iam("role/web-api") }, NO],
    ["a role in another case", { AWS: iam("role/API") }, { arn: iam("role/api") }, NO],
    ["a role: a session of it", { AWS: iam("role/api") }, { arn: SESSION }, YES],
    ["a role with a path: a session of it", { AWS: iam("role/team/api") }, { arn: SESSION }, YES],
    ["a role: a session of another", { AWS: iam("role/web") }, { arn: SESSION }, NO],
    ["a role: a session elsewhere", { AWS: iam("role/api", OTHER) }, { arn: SESSION }, NO],
    ["a session", { AWS: SESSION }, { arn: SESSION }, YES],
    ["another session", { AWS: `${SESSION}-2` }, { arn: SESSION }, NO],
    ["a session of the role that asks", { AWS: SESSION }, { arn: iam("role/team/api") }, "untold"],
    ["a session of another role", { AWS: SESSION }, { arn: iam("role/web") }, NO],
    ["a user", { AWS: iam("user/alice") }, { arn: iam("user/alice") }, YES],
    ["a user of the role's name", { AWS: iam("user/api") }, { arn: iam("role/api") }, NO],
    ["a pattern is nobody", { AWS: iam("role/*") }, { arn: iam("role/api") }, NO],
    ["a unique id is nobody known", { AWS: "AROAJQABLZS4A3QDU576Q" }, { arn: iam("role/api") }, NO],
    ["an identity from outside", { Federated: GITHUB }, { federated: GITHUB }, YES],
    [
      "one of a well-known provider",
      { Federated: "accounts.google.com" },
      { federated: "accounts.google.com" },
      YES,
    ],
    ["one of another provider", { Federated: `${GITHUB}/x` }, { federated: GITHUB }, NO],
    [
      "one of this provider elsewhere",
      { Federated: GITHUB.replace(ACCOUNT, OTHER) },
      { federated: GITHUB },
      NO,
    ],
    ["everybody from outside is nobody", { Federated: "*" }, { federated: GITHUB }, NO],
    [
      "a canonical user",
      { CanonicalUser: "79a59df900b949e55d96a1e698fbacedfd6e09d98eac" },
      { arn: iam("role/api") },
      NO,
    ],
    [
      "somebody of several kinds",
      { Service: "ec2.amazonaws.com", AWS: ACCOUNT },
      { arn: iam("role/api") },
      YES,
    ],
  ])("%s", (_, Principal, by, expected) => {
    expect(decide(trust(allow(Principal)), by)).toBe(expected);
  });

  test.each<[string, unknown, TrustRequest["by"], Decision]>([
    [
      "the account is not told: a role",
      { AWS: iam("role/api") },
      { arn: iam("role/api", "*") },
      "untold",
    ],
    [
      "the account is not told: another role",
      { AWS: iam("role/web") },
      { arn: iam("role/api", "*") },
      NO,
    ],
    [
      "the account is not told: an account",
      { AWS: ACCOUNT },
      { arn: iam("role/api", "*") },
      "untold",
    ],
    [
      "the account is not told: its root",
      { AWS: iam("root") },
      { arn: iam("role/api", "*") },
      "untold",
    ],
    [
      "the account is told beside",
      { AWS: ACCOUNT },
      { arn: iam("role/api", "*"), account: ACCOUNT },
      YES,
    ],
    [
      "another account is told beside",
      { AWS: ACCOUNT },
      { arn: iam("role/api", "*"), account: OTHER },
      NO,
    ],
    ["the account is not told: everybody", "*", { arn: iam("role/api", "*") }, YES],
    ["the account is not told: a service", { Service: LAMBDA }, { arn: iam("role/api", "*") }, NO],
    [
      "the provider's account is not told",
      { Federated: GITHUB },
      { federated: GITHUB.replace(ACCOUNT, "*") },
      "untold",
    ],
    [
      "another provider, account not told",
      { Federated: `${GITHUB}/x` },
      { federated: GITHUB.replace(ACCOUNT, "*") },
      NO,
    ],
  ])("%s", (_, Principal, by, expected) => {
    expect(decide(trust(allow(Principal)), by)).toBe(expected);
  });
});

describe("several statements, exceptions and conditions", () => {
  const lambda = { service: LAMBDA };
  const api = { arn: iam("role/api") };
  const toLambda = allow({ Service: LAMBDA });
  test.each<[string, unknown, TrustRequest["by"], Partial<TrustRequest>, Decision]>([
    ["the second allows", trust(allow({ AWS: OTHER }), toLambda), lambda, {}, YES],
    ["a Deny for all", trust(toLambda, deny("*")), lambda, {}, "explicitly denied"],
    ["a Deny for somebody else", trust(toLambda, deny({ AWS: ACCOUNT })), lambda, {}, YES],
    [
      "a Deny for another action",
      trust(toLambda, deny("*", { Action: "sts:TagSession" })),
      lambda,
      {},
      YES,
    ],
    [
      "a Deny for all but it",
      trust(toLambda, { ...deny("*"), Principal: undefined, NotPrincipal: { Service: LAMBDA } }),
      lambda,
      {},
      YES,
    ],
    [
      "a Deny for all but others",
      trust(toLambda, { ...deny("*"), Principal: undefined, NotPrincipal: { AWS: ACCOUNT } }),
      lambda,
      {},
      "explicitly denied",
    ],
    ["another action", trust(toLambda), lambda, { action: "sts:TagSession" }, NO],
    [
      "a list of actions",
      trust(allow({ Service: LAMBDA }, { Action: ["sts:AssumeRole", "sts:TagSession"] })),
      lambda,
      { action: "sts:TagSession" },
      YES,
    ],
    [
      "a pattern of actions",
      trust(allow({ Federated: GITHUB }, { Action: "sts:AssumeRole*" })),
      { federated: GITHUB },
      { action: "STS:AssumeRoleWithWebIdentity" },
      YES,
    ],
    [
      "all actions but one",
      trust({ Effect: "Allow", Principal: "*", NotAction: "sts:TagSession" }),
      lambda,
      {},
      YES,
    ],
    [
      "a condition that holds",
      trust(allow({ AWS: ACCOUNT }, { Condition: { StringEquals: { "sts:ExternalId": "a" } } })),
      api,
      { context: { "sts:ExternalId": "a" } },
      YES,
    ],
    [
      "a condition that fails",
      trust(allow({ AWS: ACCOUNT }, { Condition: { StringEquals: { "sts:ExternalId": "a" } } })),
      api,
      {},
      NO,
    ],
    [
      "a condition that is untold",
      trust(allow({ AWS: ACCOUNT }, { Condition: { StringEquals: { "sts:ExternalId": "a" } } })),
      api,
      { untold: ["sts:*"] },
      "untold",
    ],
    [
      "a condition on the caller's ARN",
      trust(allow("*", { Condition: { ArnLike: { "aws:PrincipalArn": iam("role/a*") } } })),
      api,
      {},
      YES,
    ],
    [
      "the same, for another",
      trust(allow("*", { Condition: { ArnLike: { "aws:PrincipalArn": iam("role/w*") } } })),
      api,
      {},
      NO,
    ],
    [
      "the same, for a service",
      trust(allow("*", { Condition: { ArnLike: { "aws:PrincipalArn": iam("role/w*") } } })),
      lambda,
      {},
      NO,
    ],
    [
      "the caller's account",
      trust(allow("*", { Condition: { StringEquals: { "aws:PrincipalAccount": ACCOUNT } } })),
      api,
      {},
      YES,
    ],
    [
      "only services",
      trust(allow("*", { Condition: { Bool: { "aws:PrincipalIsAWSService": "true" } } })),
      lambda,
      {},
      YES,
    ],
    [
      "only services, and it is none",
      trust(allow("*", { Condition: { Bool: { "aws:PrincipalIsAWSService": "true" } } })),
      api,
      {},
      NO,
    ],
    [
      "which service",
      trust(allow("*", { Condition: { StringEquals: { "aws:PrincipalServiceName": LAMBDA } } })),
      lambda,
      {},
      YES,
    ],
    [
      "a Deny by the service's name",
      trust(
        toLambda,
        deny("*", {
          Condition: { StringNotEquals: { "aws:PrincipalServiceName": "ec2.amazonaws.com" } },
        }),
      ),
      lambda,
      {},
      "explicitly denied",
    ],
    [
      "a confused deputy, told",
      trust(
        allow(
          { Service: LAMBDA },
          { Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } } },
        ),
      ),
      lambda,
      { context: { "aws:SourceAccount": ACCOUNT } },
      YES,
    ],
    [
      "a confused deputy, untold",
      trust(
        allow(
          { Service: LAMBDA },
          { Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } } },
        ),
      ),
      lambda,
      { untold: ["aws:source*"] },
      "untold",
    ],
    [
      "a claim",
      trust(
        allow(
          { Federated: GITHUB },
          {
            Condition: { StringLike: { "token.actions.githubusercontent.com:sub": "repo:acme/*" } },
          },
        ),
      ),
      { federated: GITHUB },
      { context: { "token.actions.githubusercontent.com:sub": "repo:acme/video:x" } },
      YES,
    ],
    [
      "another claim",
      trust(
        allow(
          { Federated: GITHUB },
          {
            Condition: { StringLike: { "token.actions.githubusercontent.com:sub": "repo:acme/*" } },
          },
        ),
      ),
      { federated: GITHUB },
      { context: { "token.actions.githubusercontent.com:sub": "repo:evil/video:x" } },
      NO,
    ],
  ])("%s", (_, policy, by, more, expected) => {
    expect(decide(withoutUndefined(policy), by, more)).toBe(expected);
  });

  test("the text of a policy is read, too", () => {
    expect(decide(JSON.stringify(trust(toLambda)), lambda)).toBe(YES);
  });

  test("the statement that decided is told", () => {
    const policy = compileTrustPolicy(
      trust(allow({ AWS: OTHER }), { Sid: "A", ...toLambda }),
      "of api",
    );
    const ask = (by: TrustRequest["by"]) => evaluateTrust({ action: "sts:AssumeRole", by }, policy);
    expect(ask(lambda)).toEqual({ decision: YES, by: { policy: "of api", index: 1, sid: "A" } });
    expect(ask(api)).toEqual({ decision: NO, notAllowedBy: "trust policy" });
  });
});

function withoutUndefined(policy: unknown): unknown {
  return JSON.parse(JSON.stringify(policy));
}

describe("what is not told of a trust policy", () => {
  const lambda = { service: LAMBDA };
  const api = { arn: iam("role/api") };
  test.each<[string, unknown, TrustRequest["by"], Decision]>([
    ["the policy", unknown(), lambda, "untold"],
    ["the only statement", trust(unknown()), lambda, "untold"],
    ["one of the statements", trust(allow({ Service: LAMBDA }), unknown()), lambda, "untold"],
    ["the effect", trust({ ...allow({ Service: LAMBDA }), Effect: unknown() }), lambda, "untold"],
    [
      "the effect of what is about others",
      trust({ ...allow({ AWS: OTHER }), Effect: unknown() }),
      lambda,
      NO,
    ],
    ["the principal", trust(allow(unknown())), lambda, "untold"],
    [
      "the principal, beside another",
      trust(allow(unknown()), allow({ Service: LAMBDA })),
      lambda,
      YES,
    ],
    ["the services", trust(allow({ Service: unknown() })), lambda, "untold"],
    ["the services, for a role", trust(allow({ Service: unknown() })), api, NO],
    ["one of the services", trust(allow({ Service: [unknown(), LAMBDA] })), lambda, YES],
    [
      "a service in part",
      trust(allow({ Service: unknown(["", ".amazonaws.com"]) })),
      lambda,
      "untold",
    ],
    ["another service in part", trust(allow({ Service: unknown(["ec2.", ""]) })), lambda, NO],
    // "*" under AWS is everybody, services too.
    ["the users and roles, for a service", trust(allow({ AWS: unknown() })), lambda, "untold"],
    [
      "the account of a role",
      trust(allow({ AWS: unknown(["arn:aws:iam::", ":role/api"]) })),
      api,
      "untold",
    ],
    [
      "the account of another role",
      trust(allow({ AWS: unknown(["arn:aws:iam::", ":role/web"]) })),
      api,
      NO,
    ],
    [
      "the account of a role, for a service",
      trust(allow({ AWS: unknown(["arn:aws:iam::", ":role/web"]) })),
      lambda,
      NO,
    ],
    [
      "the account of a root",
      trust(allow({ AWS: unknown(["arn:aws:iam::", ":root"]) })),
      api,
      "untold",
    ],
    ["an account in part", trust(allow({ AWS: unknown(["1234", "12"]) })), api, "untold"],
    ["another account in part", trust(allow({ AWS: unknown(["9", "12"]) })), api, NO],
    ["a Deny for somebody", trust(allow({ Service: LAMBDA }), deny(unknown())), lambda, "untold"],
    [
      "a Deny for another",
      trust(allow({ Service: LAMBDA }), deny({ Service: unknown(["ec2", ""]) })),
      lambda,
      YES,
    ],
    [
      "the condition",
      trust(allow({ Service: LAMBDA }, { Condition: unknown() })),
      lambda,
      "untold",
    ],
    ["the action", trust(allow({ Service: LAMBDA }, { Action: unknown() })), lambda, "untold"],
    [
      "another action",
      trust(allow({ Service: LAMBDA }, { Action: unknown(["sts:Tag", ""]) })),
      lambda,
      NO,
    ],
    ["the version", { ...trust(allow({ Service: LAMBDA })), Version: unknown() }, lambda, YES],
  ])("%s", (_, policy, by, expected) => {
    expect(decide(policy, by)).toBe(expected);
  });

  test("its cause, and what to give", () => {
    const policy = compileTrustPolicy(trust(allow({ Service: [unknown()] })), "of api");
    expect(evaluateTrust({ action: "sts:AssumeRole", by: { service: LAMBDA } }, policy)).toEqual({
      decision: "untold",
      because: [{ policy: "of api", index: 0, cause: APPLY[0], give: APPLY[1] }],
    });
  });

  const PRINCIPALS = [
    "*",
    { Service: LAMBDA },
    { Service: ["edgelambda.amazonaws.com", "ec2.amazonaws.com"] },
    { AWS: [OTHER, iam("role/api")] },
    { AWS: iam("root") },
    { AWS: iam("user/alice"), Federated: GITHUB },
    { AWS: [SESSION, iam("role/team/api", OTHER), iam("role/team/api")] },
  ];
  const ASKING = [lambda, api, { arn: SESSION }, { arn: iam("user/alice") }, { federated: GITHUB }];
  const CONDITIONS = [
    {},
    { Condition: { StringEquals: { "sts:ExternalId": ["a", "b"] } } },
    { Condition: { StringNotEquals: { "aws:PrincipalAccount": OTHER } } },
  ];
  test("is sound: what is told without it is what is told with it", () => {
    const statement = fc
      .tuple(
        fc.constantFrom("Allow", "Allow", "Allow", "Deny"),
        fc.constantFrom("Principal", "Principal", "Principal", "NotPrincipal"),
        fc.constantFrom(...PRINCIPALS),
        fc.constantFrom("sts:AssumeRole", "sts:*", ["sts:TagSession", "sts:AssumeRole*"]),
        fc.constantFrom(...CONDITIONS),
      )
      .map(([Effect, element, principal, Action, condition]) => ({
        Effect,
        [element]: principal,
        Action,
        ...condition,
      }));
    const answers: Record<string, number> = {};
    const untold = (by: TrustRequest["by"]): TrustRequest["by"] =>
      "arn" in by ? { arn: by.arn.replace(ACCOUNT, "*") } : by;
    fc.assert(
      fc.property(
        fc.array(statement, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(...ASKING),
        fc.constantFrom("a", "c"),
        fc.constantFrom(0.02, 0.1, 0.3),
        fc.nat(),
        (statements, by, id, share, seed) => {
          const more = { context: { "sts:ExternalId": id } };
          const policy = trust(...statements);
          const hidden = obscured(policy, randomNumbers(seed), share);
          const answer = decide(hidden, seed % 3 === 0 ? untold(by) : by, more);
          answers[answer] = (answers[answer] ?? 0) + 1;
          if (answer !== "untold") {
            expect(answer === YES).toBe(decide(policy, by, more) === YES);
          }
        },
      ),
      { numRuns: 5000 },
    );
    expect(Object.keys(answers).toSorted()).toEqual(
      [YES, "explicitly denied", NO, "untold"].toSorted(),
    );
  });
});

describe("whom a trust policy names", () => {
  const NOBODY: TrustedBy = {
    services: [],
    principals: [],
    federated: [],
    anybody: false,
    untold: [],
  };
  const untold = [{ policy: "trust", index: 0, cause: APPLY[0], give: APPLY[1] }];
  test.each<[string, unknown, Partial<TrustedBy>]>([
    ["Lambda alone", trust(allow({ Service: LAMBDA })), { services: [LAMBDA] }],
    [
      "each once",
      trust(allow({ Service: [LAMBDA, LAMBDA] }), allow({ Service: LAMBDA })),
      { services: [LAMBDA] },
    ],
    [
      "many kinds",
      trust(
        allow({ Service: LAMBDA, AWS: [ACCOUNT, iam("role/api")] }),
        allow({ Federated: GITHUB }, { Action: "sts:AssumeRoleWithWebIdentity" }),
      ),
      { services: [LAMBDA], principals: [ACCOUNT, iam("role/api")], federated: [GITHUB] },
    ],
    ["everybody", trust(allow("*")), { anybody: true }],
    [
      "a provider of SAML",
      trust(allow({ Federated: iam("saml-provider/okta") }, { Action: "sts:AssumeRoleWithSAML" })),
      { federated: [iam("saml-provider/okta")] },
    ],
    [
      "everybody, the long way",
      trust(allow({ AWS: ["*", ACCOUNT] })),
      { principals: [ACCOUNT], anybody: true },
    ],
    [
      "everybody but some",
      trust({ Effect: "Allow", NotPrincipal: { AWS: ACCOUNT }, Action: "*" }),
      { anybody: true },
    ],
    [
      "not who is denied",
      trust(allow({ Service: LAMBDA }), deny({ AWS: "*" })),
      { services: [LAMBDA] },
    ],
    ["not who may only tag", trust(allow({ Service: LAMBDA }, { Action: "sts:TagSession" })), {}],
    [
      "who may by a pattern",
      trust(allow({ Service: LAMBDA }, { Action: "sts:*" })),
      { services: [LAMBDA] },
    ],
    [
      "who is not told",
      trust(allow({ Service: [LAMBDA, unknown()] })),
      { services: [LAMBDA], untold },
    ],
    [
      "whether it allows",
      trust({ ...allow({ Service: LAMBDA }), Effect: unknown() }),
      { services: [LAMBDA], untold },
    ],
    ["a statement that is not told", trust(unknown()), { untold }],
    ["not who is denied and not told", trust(deny(unknown())), {}],
  ])("%s", (_, policy, expected) => {
    expect(trusteesOf(compileTrustPolicy(policy, "trust"))).toEqual({ ...NOBODY, ...expected });
  });
});

describe("a variable without a value", () => {
  const unless = { Condition: { StringNotEquals: { "aws:PrincipalIsAWSService": "${x:none}" } } };

  test("does not make a negation hold where it allows", () => {
    expect(decide(trust(allow({ Service: LAMBDA }, unless)), { service: LAMBDA })).toBe(NO);
  });

  test("does not keep a negation from holding where it denies", () => {
    const policy = trust(allow({ Service: LAMBDA }), deny({ Service: LAMBDA }, unless));

    expect(decide(policy, { service: LAMBDA })).toBe("explicitly denied");
  });
});

test("a statement without an id has none", () => {
  expect(compileTrustPolicy(trust(allow("*")), "p").statements[0]).not.toHaveProperty("sid");
});

describe("a trust policy that is none is refused", () => {
  test.each<[string, unknown, RegExp]>([
    ["no JSON", "{", /is not JSON/],
    ["no object", [], /must be a JSON object/],
    ["no statement", { Version: "2012-10-17" }, /missing or empty/],
    [
      "a resource",
      trust(allow("*", { Resource: "*" })),
      /\[0\].Resource is present: .* no resource/,
    ],
    ["all resources but some", trust(allow("*", { NotResource: "*" })), /NotResource is present/],
    ["an id that is none", trust(allow("*", { Sid: "a b" })), /Statement\[0\].Sid is "a b"/],
    [
      "a condition that is none",
      trust(allow("*", { Condition: "x" })),
      /Statement\[0\].Condition is "x": must be a JSON object/,
    ],
    [
      "nobody left out",
      trust({ ...allow("*"), Principal: undefined, NotPrincipal: {} }),
      /p", Statement\[0\].NotPrincipal is/,
    ],
    ["no principal", trust({ Effect: "Allow", Action: "*" }), /exactly one of Principal and NotPr/],
    ["two", trust(allow("*", { NotPrincipal: "*" })), /exactly one of Principal and NotPrincipal/],
    ["a principal that is a text", trust(allow(ACCOUNT)), /must be "\*", or an object with AWS/],
    ["a principal that is a list", trust(allow([ACCOUNT])), /must be "\*", or an object with AWS/],
    [
      "an empty principal",
      trust(allow({})),
      /Statement\[0\].Principal is {}: must be "\*", or an object/,
    ],
    ["an unknown kind", trust(allow({ Services: LAMBDA })), /must be "\*", or an object with AWS/],
    ["no names", trust(allow({ AWS: [] })), /AWS is \[\]: must be a string/],
    ["a number", trust(allow({ AWS: 123456789012 })), /AWS is 123456789012: must be a string/],
    [
      "no action",
      trust({ Effect: "Allow", Principal: "*" }),
      /exactly one of Action and NotAction/,
    ],
    [
      "an effect that is none",
      trust({ ...allow("*"), Effect: "allow" }),
      /Statement\[0\].Effect is "allow": must be exactly "Allow" or "Deny"/,
    ],
    ["an element that is none", trust(allow("*", { Conditions: {} })), /"Conditions": must be one/],
  ])("%s", (_, policy, message) => {
    expect(() => compileTrustPolicy(policy, "p")).toThrow(PolicyError);
    expect(() => compileTrustPolicy(policy, "p")).toThrow(message);
  });

  test("a request that is none is refused, too", () => {
    expect(() => decide(trust(allow("*")), { service: LAMBDA }, { action: "AssumeRole" })).toThrow(
      RequestError,
    );
  });

  test.each<[string, object, RegExp]>([
    ["a pattern", { AWS: iam("role/*") }, /AWS is ".*role\/\*": that is nobody/],
    ["a unique id", { AWS: "AROAJQABLZS4A3QDU576Q" }, /that is nobody/],
    ["an ARN with an open character", { AWS: iam("role/ap?") }, /that is nobody/],
    ["an account with a digit too many", { AWS: `${ACCOUNT}0` }, /that is nobody/],
    ["an account with a sign before it", { AWS: `x${ACCOUNT}` }, /that is nobody/],
    ["a service with a star", { Service: "*" }, /full name of a service/],
    ["everybody from outside", { Federated: "*" }, /ARN of a provider/],
    ["a canonical user", { CanonicalUser: "79a59d" }, /only buckets know canonical users/],
  ])("%s is remarked", (_, principal, remark) => {
    const { remarks } = compileTrustPolicy(trust(allow(principal)), "p");
    expect(remarks).toEqual([expect.stringMatching(remark)]);
  });

  test.each<[string, unknown]>([
    ["everybody", "*"],
    ["everybody, as AWS", { AWS: "*" }],
    ["an account", { AWS: ACCOUNT }],
    ["a root", { AWS: iam("root") }],
    ["a role", { AWS: iam("role/api") }],
    ["a session", { AWS: SESSION }],
    ["a service", { Service: LAMBDA }],
    ["a provider", { Federated: GITHUB }],
    ["a provider by its name", { Federated: "cognito-identity.amazonaws.com" }],
    ["somebody who is not told", { AWS: unknown() }],
  ])("%s is somebody, of whom nothing is remarked", (_, principal) => {
    expect(compileTrustPolicy(trust(allow(principal)), "p")).not.toHaveProperty("remarks");
  });

  test("whatever is given, it compiles or is refused with a PolicyError", () => {
    const key = fc.constantFrom(
      "Version",
      "Statement",
      "Principal",
      "AWS",
      "Effect",
      "Action",
      "__proto__",
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom("*", "Allow", LAMBDA, ACCOUNT, unknown(), unknown(["arn:", ":root"])),
        fc.anything(),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(key, tie("value"), { maxKeys: 4 }),
        fc.record({ Effect: tie("value"), Principal: tie("value"), Action: tie("value") }),
      ),
    }));
    fc.assert(
      fc.property(fc.oneof(value, fc.record({ Statement: value })), (given) => {
        try {
          decide(given, { service: LAMBDA });
        } catch (error) {
          expect(error).toBeInstanceOf(PolicyError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
