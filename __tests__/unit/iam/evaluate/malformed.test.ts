import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compilePolicy } from "../../../../lib/iam/evaluate/compile-policy.js";
import { PolicyError } from "../../../../lib/iam/evaluate/errors.js";

const GOOD = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const of = (statement: unknown): object => ({ Version: "2012-10-17", Statement: [statement] });
const when = (Condition: unknown): object => of({ ...GOOD, Condition });

describe("a malformed policy is refused", () => {
  test.each<[name: string, policy: unknown, message: RegExp]>([
    ["no JSON", "{", /is not JSON/],
    ["a comment", '{"Version": "2012-10-17" /* x */}', /is not JSON/],
    ["an effect twice", '{"Statement": {"Effect": "Deny", "Effect": "Allow"}}', /"Effect" twice/],
    [
      "an effect twice, once escaped",
      '{"Statement": {"Effect": "Deny", "\\u0045ffect": "Allow"}}',
      /"Effect" twice/,
    ],
    ["a list", [], /is \[\]: must be a JSON object/],
    ["null", null, /is null: must be a JSON object/],
    ["a number", "7", /is 7: must be a JSON object/],
    ["an unknown element", { Statements: [GOOD] }, /"Statements": must be one of Version/],
    [
      "a version that does not exist",
      { Version: "2020-01-01", Statement: GOOD },
      /p", Version is "2020-01-01"/,
    ],
    ["no statement", { Version: "2012-10-17" }, /p", Statement is missing or empty/],
    ["an empty list of statements", { Statement: [] }, /missing or empty/],
    ["a statement that is none", of("x"), /Statement\[0\] is "x": must be a JSON object/],
    ["an unknown element in a statement", of({ ...GOOD, action: "x" }), /"action": must be one of/],
    ["__proto__", '{"Statement": {"__proto__": {}, "Effect": "Allow"}}', /"__proto__"/],
    ["no effect", of({ Action: "*", Resource: "*" }), /Effect is missing/],
    ["an effect in lower case", of({ ...GOOD, Effect: "allow" }), /"allow": must be exactly/],
    ["a Sid with a space", of({ ...GOOD, Sid: "a b" }), /\[0\].Sid is "a b": must be letters/],
    ["a Sid that begins with a blank", of({ ...GOOD, Sid: " a" }), /letters and digits/],
    ["a Sid with a line of its own", of({ ...GOOD, Sid: "a\n" }), /letters and digits/],
    ["a Sid that is no text", of({ ...GOOD, Sid: 7 }), /Sid is 7: must be letters and digits/],
    [
      "a Sid twice",
      {
        Statement: [
          { ...GOOD, Sid: "A" },
          { ...GOOD, Sid: "A" },
        ],
      },
      /Statement\[1\].Sid is "A", which an earlier/,
    ],
    [
      "a principal",
      of({ ...GOOD, Principal: "*" }),
      /\[0\].Principal is present: .* names no principal/,
    ],
    [
      "all principals but some",
      of({ ...GOOD, NotPrincipal: "*" }),
      /\[0\].NotPrincipal is present/,
    ],
    ["no action", of({ Effect: "Allow", Resource: "*" }), /exactly one of Action and NotAction/],
    ["both actions", of({ ...GOOD, NotAction: "*" }), /exactly one of Action and NotAction/],
    [
      "no resource",
      of({ Effect: "Allow", Action: "*" }),
      /exactly one of Resource and NotResource/,
    ],
    ["an empty list of actions", of({ ...GOOD, Action: [] }), /Action is \[\]: must be a string/],
    ["a number for an action", of({ ...GOOD, Action: [7] }), /Action is \[7\]/],
    ["null for a resource", of({ ...GOOD, Resource: null }), /Resource is null/],
    [
      "an action without service",
      of({ ...GOOD, Action: "GetObject" }),
      /Action\[0\] is "GetObject"/,
    ],
    [
      "a wildcard in the service",
      of({ ...GOOD, Action: "s*:GetObject" }),
      /prefix without wildcards/,
    ],
    [
      "a resource that is no ARN",
      of({ ...GOOD, Resource: "bucket/*" }),
      /Resource\[0\] is "bucket\/\*": must be "\*" or an ARN/,
    ],
    [
      "an action behind a blank",
      of({ ...GOOD, Action: "a s3:Get" }),
      /Action\[0\] is "a s3:Get": must/,
    ],
    [
      "a variable in the account",
      of({ ...GOOD, Resource: "arn:aws:iam::${aws:PrincipalAccount}:role/x" }),
      /after the fifth colon/,
    ],
    [
      "an open variable",
      of({ ...GOOD, Resource: "arn:aws:s3:::b/${aws:username" }),
      /policy variable is written/,
    ],
    [
      "an empty variable",
      of({ ...GOOD, Resource: "arn:aws:s3:::b/${}" }),
      /policy variable is written/,
    ],
    [
      "a space in a variable",
      of({ ...GOOD, Resource: "arn:aws:s3:::b/${ aws:username }" }),
      /policy variable is written/,
    ],
    [
      "a default without quotes",
      of({ ...GOOD, Resource: "arn:aws:s3:::b/${aws:username, x}" }),
      /policy variable is written/,
    ],
    ["a condition that is a list", when([]), /Condition is \[\]: must be a JSON object/],
    [
      "an unknown operator",
      when({ StringMatches: { "aws:username": "a" } }),
      /"StringMatches": must be an operator/,
    ],
    ["an operator of Object", when({ constructor: { "aws:username": "a" } }), /"constructor"/],
    [
      "an unknown quantifier",
      when({ "ForSome:StringEquals": { "aws:username": "a" } }),
      /"ForSome:StringEquals"/,
    ],
    [
      "a quantifier called single",
      when({ "single:StringEquals": { "aws:username": "a" } }),
      /"single:StringEquals"/,
    ],
    ["NullIfExists", when({ NullIfExists: { "aws:username": "true" } }), /"NullIfExists"/],
    [
      "ForAllValues:Null",
      when({ "ForAllValues:Null": { "aws:username": "true" } }),
      /"ForAllValues:Null"/,
    ],
    [
      "an operator without keys",
      when({ StringEquals: "a" }),
      /StringEquals is "a": must be a JSON object/,
    ],
    [
      "a key without prefix",
      when({ StringEquals: { username: "a" } }),
      /"username": must be a condition key/,
    ],
    ["a key with a blank", when({ StringEquals: { "aws: x": "a" } }), /"aws: x": must be a cond/],
    [
      "a key behind a blank",
      when({ StringEquals: { "x aws:y": "a" } }),
      /"x aws:y": must be a cond/,
    ],
    [
      "a key with a blank at its end",
      when({ StringEquals: { "aws:x ": "a" } }),
      /"aws:x ": must be/,
    ],
    ["a key without a name", when({ StringEquals: { "aws:": "a" } }), /"aws:": must be a cond/],
    [
      "a key in two spellings",
      when({ StringEquals: { "aws:username": "a", "AWS:UserName": "b" } }),
      /two spellings/,
    ],
    [
      "no values",
      when({ StringEquals: { "aws:username": [] } }),
      /is \[\]: must be a string, number/,
    ],
    [
      "a value of null",
      when({ StringEquals: { "aws:username": [null] } }),
      /\[null\]: must be a string, number/,
    ],
  ])("%s", (_, policy, message) => {
    expect(() => compilePolicy(policy, "p")).toThrow(PolicyError);
    expect(() => compilePolicy(policy, "p")).toThrow(message);
  });
});

describe("what IAM takes and nothing matches is remarked, with its place", () => {
  test.each<[name: string, policy: unknown, remark: RegExp]>([
    [
      "a blank in an action",
      of({ ...GOOD, Action: "s3: GetObject" }),
      /Action\[0\] is "s3: GetObj/,
    ],
    [
      "a blank after an action",
      of({ ...GOOD, Action: ["s3:*", "s3:Get "] }),
      /Action\[1\] is "s3:Get "/,
    ],
    [
      "a comma in an action",
      of({ ...GOOD, Action: "s3:Get*,s3:Put*" }),
      /without blanks and commas/,
    ],
    ["an action without a name", of({ ...GOOD, Action: "s3:" }), /Action\[0\] is "s3:"/],
    [
      "in NotAction",
      of({ Effect: "Deny", NotAction: "s3:Get,Put", Resource: "*" }),
      /NotAction\[0\] is "s3:Get,Put"/,
    ],
    ["a text for a number", when({ NumericEquals: { "a:b": "ten" } }), /"ten".*Give a number/],
    ["a variable for a number", when({ NumericEquals: { "a:b": "${x:y}" } }), /and no variable/],
    ["a text for a date", when({ DateLessThan: { "a:b": "tomorrow" } }), /"tomorrow".*Give a date/],
    [
      "a time without zone",
      when({ DateLessThan: { "a:b": "2026-01-31T00:00:00" } }),
      /Give a date/,
    ],
    ["a text for a boolean", when({ Bool: { "a:b": "yes" } }), /"yes".*Give true or false/],
    ["a text for Null", when({ Null: { "a:b": "no" } }), /"no".*Give true or false/],
    [
      "a text that ends like one for Null",
      when({ Null: { "a:b": "untrue" } }),
      /"untrue".*Give true/,
    ],
    [
      "a text that begins like one for Null",
      when({ Null: { "a:b": "falsely" } }),
      /"falsely".*Give/,
    ],
    ["a text for an address", when({ IpAddress: { "a:b": "10.0.0/8" } }), /Give an IPv4/],
    ["a prefix that is too long", when({ IpAddress: { "a:b": "10.0.0.0/33" } }), /Give an IPv4/],
    ["a text for an ARN", when({ ArnLike: { "a:b": "arn:aws:s3" } }), /Give an ARN/],
    ["a text for base 64", when({ BinaryEquals: { "a:b": "QUJ" } }), /Give text in base 64/],
  ])("%s", (_, policy, remark) => {
    const { remarks } = compilePolicy(policy, "p");
    expect(remarks).toEqual([expect.stringMatching(remark)]);
    expect(remarks).toEqual([expect.stringMatching(/^Policy "p", Statement\[0\]\./)]);
  });

  test("nothing is remarked of a policy without", () => {
    expect(compilePolicy(of(GOOD), "p")).not.toHaveProperty("remarks");
  });

  test("of very many, the first are told and the rest counted", () => {
    const actions = Array.from({ length: 1000 }, (_, index) => `s3:Get ${index}`);
    const { remarks } = compilePolicy(of({ ...GOOD, Action: actions }), "p");
    expect(remarks).toHaveLength(21);
    expect(remarks?.at(-1)).toBe('Policy "p" has 980 more of what matches nothing.');
  });

  test("a remark quotes at most a line of what was given", () => {
    const { remarks } = compilePolicy(of({ ...GOOD, Action: `s3:x\n${"y".repeat(10_000)}` }), "p");
    expect(remarks).toEqual([expect.stringMatching(/^[^\n]{1,400}$/)]);
  });
});

test("a message quotes at most a line of what was given", () => {
  const long = of({ ...GOOD, Effect: `x\n${"y".repeat(10_000)}` });
  expect(() => compilePolicy(long, "p")).toThrow(/^[^\n]{1,300}$/);
});

test("the id of a statement is told, whatever its length", () => {
  for (const Sid of ["A", "1", "OutputBucketListing"]) {
    expect(compilePolicy(of({ ...GOOD, Sid }), "p").statements).toMatchObject([{ sid: Sid }]);
  }
  expect(compilePolicy(of({ ...GOOD, Sid: "" }), "p").statements[0]).not.toHaveProperty("sid");
  expect(compilePolicy(of(GOOD), "p").statements[0]).not.toHaveProperty("sid");
});

test.each([
  ["one statement that is no list", { Version: "2012-10-17", Statement: GOOD }],
  ["an Id", { Id: "x", Version: "2012-10-17", Statement: GOOD }],
  [
    "empty Sids, which older tools write",
    {
      Statement: [
        { ...GOOD, Sid: "" },
        { ...GOOD, Sid: "" },
      ],
    },
  ],
  [
    "an action with a hyphen",
    of({ ...GOOD, Action: "vpc-lattice:AssociateViaAWSService-EventsAndStates" }),
  ],
])("%s is taken", (_, policy) => {
  expect(compilePolicy(policy, "p").statements.length).toBeGreaterThan(0);
});

test("a text that is nested deeply is refused like any other", () => {
  const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
  expect(() => compilePolicy(deep, "p")).toThrow(PolicyError);
  expect(() => compilePolicy(`{"Statement": ${deep}}`, "p")).toThrow(PolicyError);
});

test("whatever is given, it compiles or is refused with a PolicyError", () => {
  const piece = fc.oneof(
    fc.constantFrom("Allow", "*", "s3:*", "arn:aws:s3:::${a, 'b'}", "2012-10-17", "${", "a:b"),
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  );
  const key = fc.oneof(
    fc.constantFrom("Version", "Statement", "Effect", "Action", "Resource", "Condition", "Sid"),
    fc.constantFrom("StringLike", "ForAnyValue:ArnLike", "Null", "aws:username", "__proto__"),
    fc.string(),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, piece, tie("list"), tie("object"), tie("statement")),
    list: fc.array(tie("value"), { maxLength: 3 }),
    object: fc.dictionary(key, tie("value"), { maxKeys: 3 }),
    statement: fc.record({
      Effect: fc.constantFrom("Allow", "Deny"),
      Action: fc.oneof(fc.constant("s3:*"), tie("value")),
      Resource: fc.oneof(fc.constant("*"), tie("value")),
      Condition: fc.dictionary(key, fc.dictionary(key, tie("value"), { maxKeys: 2 }), {
        maxKeys: 2,
      }),
    }),
  }));
  fc.assert(
    fc.property(
      fc.oneof(value, fc.record({ Statement: value }), fc.json(), fc.string()),
      (given) => {
        try {
          compilePolicy(given, "p");
        } catch (error) {
          expect(error).toBeInstanceOf(PolicyError);
        }
      },
    ),
    { numRuns: 1000 },
  );
});
