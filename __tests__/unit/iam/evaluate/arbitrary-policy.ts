import fc from "fast-check";
import { ACCOUNT, PRINCIPAL } from "../../../least-privilege/support/iam-simulate.js";

/** A request that iam-simulate takes: an action with a resource of a type it has. */
export interface Sample {
  readonly action: string;
  readonly resource: string;
}

type Context = Record<string, string | string[]>;

/** A request, and policies that speak about it or about something like it. */
export interface PolicyCase extends Sample {
  readonly context: Context;
  readonly identity: readonly object[];
  readonly boundary: object | undefined;
}

/**
 * Random policies, and requests they may or may not cover. Patterns are made from real actions and
 * ARNs, so that about half of them fit. What iam-simulate is known to get wrong is left out here and
 * has a table of its own: see differences.test.ts.
 */
export function policyCase(world: readonly Sample[]): fc.Arbitrary<PolicyCase> {
  const anySample = fc.constantFrom(...world);
  return anySample.chain((request) => {
    // Mostly about the same thing as the request, or else nearly all results are implicit denies.
    const sample = fc.oneof(
      { weight: 5, arbitrary: fc.constant(request) },
      { weight: 1, arbitrary: anySample },
    );
    const policy = fc
      .array(statement(sample), { minLength: 1, maxLength: 4 })
      .map((statements) => ({ Version: "2012-10-17", Statement: statements }));
    return fc
      .tuple(
        context,
        fc.array(policy, { minLength: 1, maxLength: 2 }),
        fc.option(policy, { nil: undefined, freq: 1 }),
      )
      .map(([values, identity, boundary]) => ({ ...request, context: values, identity, boundary }));
  });
}

function statement(sample: fc.Arbitrary<Sample>): fc.Arbitrary<object> {
  const actions = list(sample.chain(({ action }) => actionPattern(action)));
  return fc.oneof(
    fc
      .record({
        Effect: effect,
        element: fc.constantFrom("Action", "Action", "Action", "NotAction"),
        actions,
        Resource: list(sample.chain(({ resource }) => resourcePattern(resource, true))),
        Condition: condition,
      })
      .map(({ Effect, element, actions: patterns, Resource, Condition }) => ({
        Effect,
        [element]: patterns,
        Resource,
        ...Condition,
      })),
    fc
      .record({
        Effect: effect,
        actions,
        NotResource: list(sample.chain(({ resource }) => resourcePattern(resource, false))),
        Condition: condition,
      })
      .map(({ Effect, actions: patterns, NotResource, Condition }) => ({
        Effect,
        Action: patterns,
        NotResource,
        ...Condition,
      })),
  );
}

const effect = fc.constantFrom("Allow", "Allow", "Allow", "Allow", "Deny");

function list(entry: fc.Arbitrary<string>): fc.Arbitrary<string | string[]> {
  return fc.oneof(entry, fc.array(entry, { minLength: 1, maxLength: 3 }));
}

function actionPattern(action: string): fc.Arbitrary<string> {
  const colon = action.indexOf(":");
  const service = action.slice(0, colon);
  const name = action.slice(colon + 1);
  const position = fc.nat({ max: name.length - 1 });
  return fc.oneof(
    fc.constant(action),
    fc.constant(action.toUpperCase()),
    fc.constant(`${service.toUpperCase()}:${name.toLowerCase()}`),
    fc.constant(`${service}:*`),
    fc.constant("*"),
    position.map((at) => `${service}:${name.slice(0, at)}*`),
    position.map((at) => `${service}:*${name.slice(at)}`),
    position.map((at) => `${service}:${name.slice(0, at)}?${name.slice(at + 1)}`),
    fc
      .tuple(position, position)
      .map(([one, other]) => [Math.min(one, other), Math.max(one, other)] as const)
      .map(([from, to]) => `${service}:${name.slice(0, from)}*${name.slice(to)}`),
    fc
      .tuple(position, position)
      .map(([one, other]) => [Math.min(one, other), Math.max(one, other)] as const)
      .map(([from, to]) => `${service}:*${name.slice(from, to)}*`),
  );
}

function resourcePattern(resource: string, short: boolean): fc.Arbitrary<string> {
  const star = fc.constant("*");
  if (resource === "*") {
    return fc.oneof(star, star, fc.constantFrom("arn:aws:s3:::*", "arn:aws:ec2:*:*:instance/*"));
  }
  const parts = resource.split(":");
  const head = parts.slice(0, 5);
  const tail = parts.slice(5).join(":");
  // iam-simulate takes a wildcard before the first separator of the resource part as text.
  const separator = tail.search(/[/:]/);
  const fixed = head[2] === "s3" && head[4] === "" ? 0 : separator + 1;
  const kind = tail.slice(0, fixed);
  const name = tail.slice(fixed);
  const position = fc.nat({ max: name.length });
  const span = fc
    .tuple(position, position)
    .map(([one, other]) => [Math.min(one, other), Math.max(one, other)] as const);
  const resourcePart = fc.oneof(
    fc.constant(tail),
    fc.constant(`${kind}*`),
    fc.constant(tail.toUpperCase() === tail ? tail.toLowerCase() : tail.toUpperCase()),
    position.map((at) => `${kind}${name.slice(0, at)}*`),
    position.map((at) => `${kind}*${name.slice(at)}`),
    position.map((at) => `${kind}${name.slice(0, at)}?${name.slice(at + 1)}`),
    span.map(([from, to]) => `${kind}${name.slice(0, from)}*${name.slice(to)}`),
    span.map(([from, to]) => `${kind}*${name.slice(from, to)}*`),
    span.map(([from, to]) => `${kind}${name.slice(0, from)}?*?${name.slice(to)}`),
    position.map((at) => `${kind}${name.slice(0, at)}\${aws:username, 'x'}${name.slice(at)}`),
    position.map((at) => `${kind}${name.slice(0, at)}\${aws:PrincipalTag/team, '*'}`),
    fc.constant(`${kind}\${*}`),
    // A variable without a value. In NotResource of a Deny iam-simulate decides otherwise.
    ...(short ? [position.map((at) => `${kind}${name.slice(0, at)}\${aws:PrincipalTag/no}*`)] : []),
  );
  const whole = fc
    .tuple(
      fc.array(fc.constantFrom("keep", "keep", "keep", "star", "half", "one"), {
        minLength: 5,
        maxLength: 5,
      }),
      resourcePart,
    )
    .map(([changes, last]) => {
      const changed = head.map((part, index) => {
        const change = changes[index];
        // IAM and iam-simulate want the service written out. A wildcard in the empty parts of a
        // bucket's ARN makes iam-simulate take wildcards in the bucket's name as text.
        const fromBucket = part === "" && head[2] === "s3";
        if (index === 0 || index === 2 || change === "keep" || fromBucket) {
          return part;
        }
        if (change === "star") {
          return "*";
        }
        return change === "half"
          ? `${part.slice(0, Math.ceil(part.length / 2))}*`
          : `?${part.slice(1)}`;
      });
      return [...changed, last].join(":");
    });
  const shortened = fc
    .nat({ max: 3 })
    .map((kept) => head.slice(0, 2 + kept).join(":"))
    .map((text) => (text === "arn" ? "arn:*" : text));
  return fc.oneof(
    { weight: 8, arbitrary: whole },
    { weight: 1, arbitrary: star },
    // A short ARN that does not fit makes iam-simulate's NotResource not apply: left out there.
    ...(short ? [{ weight: 1, arbitrary: shortened }] : []),
  );
}

const USERS = ["remotion-user", "Remotion-User", "alice", "remotion", "*"] as const;
const TEAMS = ["video", "Video", "video-eu", "audio", "v*"] as const;
const TAGS = ["team", "owner", "Team", "cost-center"] as const;
const ADDRESSES = ["203.0.113.7", "203.0.114.7", "198.51.100.1", "2001:db8::1"] as const;
const TIMES = [
  "2026-01-31T12:00:00Z",
  "2026-01-31T13:00:00+01:00",
  "2025-06-01T00:00:00Z",
] as const;

const context: fc.Arbitrary<Context> = fc
  .record(
    {
      "aws:username": fc.constantFrom(...USERS),
      "aws:PrincipalTag/team": fc.constantFrom(...TEAMS),
      "aws:TagKeys": fc.array(fc.constantFrom(...TAGS), { minLength: 1, maxLength: 3 }),
      "aws:SourceIp": fc.constantFrom(...ADDRESSES),
      "aws:SecureTransport": fc.constantFrom("true", "false"),
      "aws:MultiFactorAuthAge": fc.constantFrom("0", "60", "3600", "59.5"),
      "aws:CurrentTime": fc.constantFrom(...TIMES),
      "aws:PrincipalArn": fc.constantFrom(PRINCIPAL, PRINCIPAL.replace("user/", "role/")),
    },
    { requiredKeys: [] },
  )
  .map((values) => Object.fromEntries(Object.entries(values)));

const caseOf = (text: string): fc.Arbitrary<string> =>
  fc.constantFrom(text, text.toLowerCase(), text.toUpperCase());

function test(
  operators: readonly string[],
  keys: readonly string[],
  values: readonly string[],
): fc.Arbitrary<readonly [string, string, string | string[]]> {
  return fc.tuple(
    fc
      .tuple(fc.constantFrom(...operators), fc.constantFrom("", "IfExists"))
      .map((name) => name.join("")),
    fc.constantFrom(...keys).chain(caseOf),
    list(fc.constantFrom(...values)),
  );
}

const STRING = [
  "StringEquals",
  "StringNotEquals",
  "StringEqualsIgnoreCase",
  "StringNotEqualsIgnoreCase",
] as const;
const LIKE = ["StringLike", "StringNotLike"] as const;
const TEXTS = [...USERS, ...TEAMS, "${aws:username, 'nobody'}"];
const PATTERNS = [
  ...TEXTS,
  "*",
  "?ideo*",
  "remotion?user",
  "*-*",
  "v${*}",
  "${aws:username, 'no'}*",
];
const both = (names: readonly string[]): string[] =>
  ["ForAllValues:", "ForAnyValue:"].flatMap((quantifier) => names.map((name) => quantifier + name));

const condition = fc
  .array(
    fc.oneof(
      test(STRING, ["aws:username", "aws:PrincipalTag/team"], TEXTS),
      test(LIKE, ["aws:username", "aws:PrincipalTag/team"], PATTERNS),
      // Without a set operator a key with many values fits nothing.
      test([...STRING, ...LIKE], ["aws:TagKeys"], TAGS),
      test(
        ["NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals"].concat([
          "NumericGreaterThan",
          "NumericGreaterThanEquals",
        ]),
        ["aws:MultiFactorAuthAge"],
        ["0", "60", "60.0", "3600"],
      ),
      test(
        ["DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals"].concat([
          "DateGreaterThan",
          "DateGreaterThanEquals",
        ]),
        ["aws:CurrentTime"],
        [...TIMES, "2026-01-31", "2026-01"],
      ),
      test(["Bool"], ["aws:SecureTransport"], ["true", "false", "True"]),
      test(
        ["IpAddress", "NotIpAddress"],
        ["aws:SourceIp"],
        ["203.0.113.0/24", "203.0.113.7/32", "203.0.0.0/16", "128.0.0.0/1", "2001:db8::/32"],
      ),
      test(
        ["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"],
        ["aws:PrincipalArn"],
        [
          PRINCIPAL,
          "arn:aws:iam::*:user/*",
          `arn:*:iam::${ACCOUNT}:*`,
          "arn:aws:iam:*:*:role/*",
          "arn:aws:iam::?23456789012:r*",
          "arn:aws:iam::*:user/${aws:username, 'remotion-user'}",
        ],
      ),
      // With ForAnyValue iam-simulate does not look at IfExists: only without it here.
      test(both([...STRING, ...LIKE]), ["aws:TagKeys"], [...TAGS, "*", "t?am"]).map(
        ([operator, key, values]) => [operator.replace("IfExists", ""), key, values] as const,
      ),
      fc.tuple(
        fc.constant("Null"),
        fc.constantFrom("aws:username", "aws:TagKeys"),
        fc.constantFrom("true", "false"),
      ),
    ),
    { maxLength: 2 },
  )
  .map((tests) =>
    tests.length === 0
      ? {}
      : {
          Condition: Object.fromEntries(
            tests.map(([operator, key, values]) => [operator, { [key]: values }]),
          ),
        },
  );
