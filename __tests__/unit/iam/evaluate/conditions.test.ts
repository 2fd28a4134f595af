import { describe, expect, test } from "vitest";
import { compilePolicy } from "../../../../lib/iam/evaluate/compile-policy.js";
import { type Decision, evaluate } from "../../../../lib/iam/evaluate/evaluate.js";

type Context = Record<string, string | string[]>;
type Case = [name: string, condition: object, context: Context, holds: boolean];

const KEY = "aws:PrincipalTag/team";
const AGE = "aws:MultiFactorAuthAge";
const NOW = "aws:CurrentTime";
const IP = "aws:SourceIp";
const ARN = "aws:SourceArn";
const KEYS = "aws:TagKeys";
const NO_VALUE = "${aws:username}";
const NO_VALUE_ARN = "arn:aws:s3:::${aws:username}";

const REQUEST = { action: "s3:GetObject", resource: "arn:aws:s3:::bucket/key" };

function decide(context: Context, ...statements: object[]): Decision {
  const policy = compilePolicy({ Version: "2012-10-17", Statement: statements }, "conditional");
  return evaluate({ ...REQUEST, context }, { identity: [policy] }).decision;
}

const ALLOW = { Effect: "Allow", Action: "*", Resource: "*" };

function holds(condition: object, context: Context): boolean {
  return decide(context, { ...ALLOW, Condition: condition }) === "allowed";
}

function denies(condition: object, context: Context): boolean {
  const deny = { ...ALLOW, Effect: "Deny", Condition: condition };
  return decide(context, ALLOW, deny) === "explicitly denied";
}

/** One operator, one key, as short as the tables want it. */
const one = (operator: string, key: string, values: unknown): object => ({
  [operator]: { [key]: values },
});

const STRINGS: Case[] = [
  ["equal", one("StringEquals", KEY, "video"), { [KEY]: "video" }, true],
  ["case counts", one("StringEquals", KEY, "video"), { [KEY]: "Video" }, false],
  ["one of many", one("StringEquals", KEY, ["audio", "video"]), { [KEY]: "video" }, true],
  ["a * is text", one("StringEquals", KEY, "v*"), { [KEY]: "video" }, false],
  ["a * fits itself", one("StringEquals", KEY, "v*"), { [KEY]: "v*" }, true],
  ["${*} is an asterisk", one("StringEquals", KEY, "v${*}"), { [KEY]: "v*" }, true],
  ["not equal", one("StringNotEquals", KEY, "video"), { [KEY]: "audio" }, true],
  ["not equal to any", one("StringNotEquals", KEY, ["a", "video"]), { [KEY]: "video" }, false],
  ["ignoring case", one("StringEqualsIgnoreCase", KEY, "VIDEO"), { [KEY]: "viDeo" }, true],
  ["not ignoring case", one("StringNotEqualsIgnoreCase", KEY, "VIDEO"), { [KEY]: "video" }, false],
  ["like", one("StringLike", KEY, "v?d*"), { [KEY]: "video" }, true],
  ["like, case counts", one("StringLike", KEY, "V*"), { [KEY]: "video" }, false],
  ["like the whole", one("StringLike", KEY, "vid"), { [KEY]: "video" }, false],
  ["not like", one("StringNotLike", KEY, "v*"), { [KEY]: "video" }, false],
  ["an empty value", one("StringLike", "s3:prefix", ["", "home/"]), { "s3:prefix": "" }, true],
  ["a number in the policy", one("StringEquals", KEY, 7), { [KEY]: "7" }, true],
  ["a boolean in the policy", one("StringEquals", KEY, true), { [KEY]: "true" }, true],
  ["the operator ignores case", one("stringequals", KEY, "video"), { [KEY]: "video" }, true],
  ["the key ignores case", one("StringEquals", KEY.toUpperCase(), "v"), { [KEY]: "v" }, true],
];

const VARIABLES: Case[] = [
  [
    "equal to a variable",
    one("StringEquals", KEY, "${aws:username}"),
    { [KEY]: "a", "aws:username": "a" },
    true,
  ],
  [
    "part of a pattern",
    one("StringLike", "s3:prefix", "home/${aws:username}/*"),
    { "s3:prefix": "home/a/b", "aws:username": "a" },
    true,
  ],
  [
    "its wildcards are text",
    one("StringLike", KEY, "${aws:username}"),
    { [KEY]: "video", "aws:username": "*" },
    false,
  ],
  [
    "folded with the rest",
    one("StringEqualsIgnoreCase", KEY, "${aws:username}"),
    { [KEY]: "BOB", "aws:username": "Bob" },
    true,
  ],
  ["no value equals nothing", one("StringEquals", KEY, "${aws:username}"), { [KEY]: "a" }, false],
  [
    "no value makes an Allow invalid under a negated operator",
    one("StringNotEquals", KEY, "${aws:username}"),
    { [KEY]: "a" },
    false,
  ],
  [
    "as part of a pattern, too",
    one("StringNotLike", KEY, "x-${aws:username}-*"),
    { [KEY]: "a" },
    false,
  ],
  ["in an ARN, too", one("ArnNotLike", ARN, NO_VALUE_ARN), { [ARN]: "arn:aws:s3:::b" }, false],
  [
    "whatever other values there are",
    one("StringNotEquals", KEY, ["b", "${aws:username}"]),
    { [KEY]: "a" },
    false,
  ],
  ["also without the key", one("StringNotEquals", KEY, "${aws:username}"), {}, false],
  [
    "but with IfExists and without the key",
    one("StringNotEqualsIfExists", KEY, "${aws:username}"),
    {},
    true,
  ],
  [
    "not with IfExists and the key",
    one("StringNotEqualsIfExists", KEY, "${aws:username}"),
    { [KEY]: "a" },
    false,
  ],
  [
    "nor by ForAllValues without a key",
    one("ForAllValues:StringEquals", KEYS, NO_VALUE),
    {},
    false,
  ],
  [
    "nor by ForAllValues of nothing",
    one("ForAllValues:StringEquals", KEYS, NO_VALUE),
    { [KEYS]: [""] },
    false,
  ],
  [
    "nor by ForAllValues, negated",
    one("ForAllValues:StringNotEquals", KEYS, NO_VALUE),
    { [KEYS]: ["a"] },
    false,
  ],
  [
    "nor by ForAnyValue, negated",
    one("ForAnyValue:StringNotEquals", KEYS, NO_VALUE),
    { [KEYS]: ["a"] },
    false,
  ],
  [
    "a default is a value under a negated operator",
    one("StringNotEquals", KEY, "${aws:username, 'nobody'}"),
    { [KEY]: "a" },
    true,
  ],
  [
    "an empty value is none",
    one("StringEquals", KEY, "${aws:username}"),
    { [KEY]: "a", "aws:username": "" },
    false,
  ],
  [
    "the next value may fit",
    one("StringEquals", KEY, ["${aws:username}", "a"]),
    { [KEY]: "a" },
    true,
  ],
  [
    "many values are none",
    one("StringEquals", KEY, "${aws:TagKeys}"),
    { [KEY]: "a", [KEYS]: ["a"] },
    false,
  ],
  ["a default", one("StringEquals", KEY, "${aws:username, 'nobody'}"), { [KEY]: "nobody" }, true],
  [
    "in an ARN",
    one("ArnLike", ARN, "arn:aws:s3:::${aws:username}"),
    { [ARN]: "arn:aws:s3:::a", "aws:username": "a" },
    true,
  ],
  [
    "in the account of an ARN",
    one("ArnLike", ARN, "arn:aws:sns:*:${aws:PrincipalAccount}:*"),
    { [ARN]: "arn:aws:sns:us-east-1:1:t", "aws:PrincipalAccount": "1" },
    true,
  ],
  [
    "in Bool",
    one("Bool", "aws:SecureTransport", "${aws:PrincipalTag/tls}"),
    { "aws:SecureTransport": "true", "aws:PrincipalTag/tls": "True" },
    true,
  ],
];

const NUMBERS: Case[] = [
  ["equal", one("NumericEquals", AGE, "10"), { [AGE]: "10.0" }, true],
  ["a JSON number", one("NumericEquals", AGE, 10), { [AGE]: "10" }, true],
  ["not equal", one("NumericNotEquals", AGE, "10"), { [AGE]: "10" }, false],
  ["less", one("NumericLessThan", AGE, "3600"), { [AGE]: "3599.5" }, true],
  ["not less", one("NumericLessThan", AGE, "3600"), { [AGE]: "3600" }, false],
  ["compared as numbers", one("NumericLessThan", AGE, "3600"), { [AGE]: "400" }, true],
  ["less or equal", one("NumericLessThanEquals", AGE, "10"), { [AGE]: "10" }, true],
  ["greater", one("NumericGreaterThan", AGE, "-1"), { [AGE]: "0" }, true],
  ["greater or equal", one("NumericGreaterThanEquals", AGE, "10"), { [AGE]: "9" }, false],
  ["no number", one("NumericLessThan", AGE, "10"), { [AGE]: "5 apples" }, false],
  ["no number is not equal", one("NumericNotEquals", AGE, "10"), { [AGE]: "x" }, true],
];

const DATES: Case[] = [
  [
    "the same moment",
    one("DateEquals", NOW, "2026-01-31T12:00:00Z"),
    { [NOW]: "2026-01-31T13:00:00+01:00" },
    true,
  ],
  [
    "a day is its first moment",
    one("DateEquals", NOW, "2026-01-31"),
    { [NOW]: "2026-01-31T00:00:00Z" },
    true,
  ],
  [
    "after",
    one("DateGreaterThan", NOW, "2026-01-31T00:00:00Z"),
    { [NOW]: "2026-02-01T00:00:00.5Z" },
    true,
  ],
  ["not after itself", one("DateGreaterThan", NOW, "2026"), { [NOW]: "2026-01-01T00:00Z" }, false],
  ["at or after", one("DateGreaterThanEquals", NOW, "2026"), { [NOW]: "2026-01-01T00:00Z" }, true],
  ["before", one("DateLessThan", NOW, "2026-02"), { [NOW]: "2026-01-31T23:59:59Z" }, true],
  [
    "at or before",
    one("DateLessThanEquals", NOW, "2026-02"),
    { [NOW]: "2026-02-01T00:00:01Z" },
    false,
  ],
  ["another moment", one("DateNotEquals", NOW, "2026-02"), { [NOW]: "2026-03" }, true],
  [
    "seconds since 1970 in the request",
    one("DateLessThan", "aws:EpochTime", "2026-01-01T00:00:00Z"),
    { "aws:EpochTime": "1700000000" },
    true,
  ],
  [
    "seconds since 1970 in the policy",
    one("DateEquals", NOW, "1700000000"),
    { [NOW]: "2023-11-14T22:13:20Z" },
    true,
  ],
  ["no date", one("DateLessThan", NOW, "2026"), { [NOW]: "yesterday" }, false],
];

const OTHERS: Case[] = [
  ["Bool", one("Bool", "aws:SecureTransport", "true"), { "aws:SecureTransport": "true" }, true],
  [
    "Bool ignores case",
    one("Bool", "aws:SecureTransport", "TRUE"),
    { "aws:SecureTransport": "true" },
    true,
  ],
  [
    "Bool of JSON",
    one("Bool", "aws:SecureTransport", false),
    { "aws:SecureTransport": "true" },
    false,
  ],
  [
    "BinaryEquals",
    one("BinaryEquals", "x:y", "QmluYXJ5VmFsdWVJbkJhc2U2NA=="),
    { "x:y": "QmluYXJ5VmFsdWVJbkJhc2U2NA==" },
    true,
  ],
  ["BinaryEquals, other bytes", one("BinaryEquals", "x:y", "QUJD"), { "x:y": "QUJE" }, false],
  [
    "an address in a range",
    one("IpAddress", IP, "203.0.113.0/24"),
    { [IP]: "203.0.113.200" },
    true,
  ],
  [
    "an address out of a range",
    one("IpAddress", IP, "203.0.113.0/24"),
    { [IP]: "203.0.114.1" },
    false,
  ],
  ["one address", one("IpAddress", IP, "203.0.113.7"), { [IP]: "203.0.113.7" }, true],
  ["every address", one("IpAddress", IP, "0.0.0.0/0"), { [IP]: "203.0.113.7" }, true],
  [
    "a range with a host in it",
    one("IpAddress", IP, "203.0.113.9/24"),
    { [IP]: "203.0.113.7" },
    true,
  ],
  [
    "IPv6",
    one("IpAddress", IP, "2001:DB8:1234:5678::/64"),
    { [IP]: "2001:db8:1234:5678::1" },
    true,
  ],
  [
    "IPv6 in another spelling",
    one("IpAddress", IP, "2001:db8::1"),
    { [IP]: "2001:0DB8:0:0:0:0:0:1" },
    true,
  ],
  ["IPv6 is in no IPv4 range", one("IpAddress", IP, "0.0.0.0/0"), { [IP]: "2001:db8::1" }, false],
  ["not in a range", one("NotIpAddress", IP, "203.0.113.0/24"), { [IP]: "198.51.100.1" }, true],
  [
    "not in any range",
    one("NotIpAddress", IP, ["198.51.100.0/24", "203.0.113.0/24"]),
    { [IP]: "198.51.100.1" },
    false,
  ],
  ["not one address, IPv6", one("NotIpAddress", IP, "203.0.113.7"), { [IP]: "2001:db8::1" }, true],
  ["no address", one("IpAddress", IP, "203.0.113.0/24"), { [IP]: "AWS Internal" }, false],
  [
    "ArnEquals takes wildcards",
    one("ArnEquals", ARN, "arn:aws:sns:*:123456789012:t*"),
    { [ARN]: "arn:aws:sns:us-east-1:123456789012:topic" },
    true,
  ],
  [
    "case of an ARN counts",
    one("ArnLike", ARN, "arn:aws:sns:*:*:Topic"),
    { [ARN]: "arn:aws:sns:us-east-1:1:topic" },
    false,
  ],
  [
    "AWS's example of segments",
    one("ArnLike", ARN, "arn:aws:someservice:*:111122223333:finance/*"),
    {
      [ARN]:
        "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt",
    },
    false,
  ],
  [
    "the same with StringLike",
    one("StringLike", ARN, "arn:aws:someservice:*:111122223333:finance/*"),
    {
      [ARN]:
        "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt",
    },
    true,
  ],
  [
    "not an ARN like it",
    one("ArnNotLike", ARN, "arn:aws:sns:*:*:*"),
    { [ARN]: "arn:aws:sqs:us-east-1:1:q" },
    true,
  ],
  [
    "not equal to an ARN",
    one("ArnNotEquals", ARN, "arn:aws:sns:*:*:*"),
    { [ARN]: "arn:aws:sns:us-east-1:1:t" },
    false,
  ],
  ["no ARN", one("ArnLike", ARN, "arn:*:*:*:*:*"), { [ARN]: "topic" }, false],
];

const MISSING: Case[] = [
  ["fails", one("StringEquals", KEY, "a"), {}, false],
  ["fails a pattern for everything", one("StringLike", KEY, "*"), {}, false],
  ["fulfils a negated operator", one("StringNotEquals", KEY, "a"), {}, true],
  ["fulfils NotIpAddress", one("NotIpAddress", IP, "0.0.0.0/0"), {}, true],
  ["fulfils ArnNotLike", one("ArnNotLike", ARN, "arn:*:*:*:*:*"), {}, true],
  ["fulfils IfExists", one("StringEqualsIfExists", KEY, "a"), {}, true],
  ["fulfils a negated IfExists", one("StringNotEqualsIfExists", KEY, "a"), {}, true],
  ["is not missing when it is there", one("StringEqualsIfExists", KEY, "a"), { [KEY]: "b" }, false],
  ["is Null", one("Null", KEY, "true"), {}, true],
  ["is not Null when it is there", one("Null", KEY, "true"), { [KEY]: "a" }, false],
  ["is there", one("Null", KEY, false), { [KEY]: "a" }, true],
  ["an empty text is Null", one("Null", KEY, "true"), { [KEY]: "" }, true],
  ["an empty list is Null", one("Null", KEYS, "true"), { [KEYS]: [] }, true],
  ["either", one("Null", KEY, ["true", "false"]), { [KEY]: "a" }, true],
  ["fulfils ForAllValues", one("ForAllValues:StringEquals", KEYS, "a"), {}, true],
  ["fulfils ForAllValues, negated", one("ForAllValues:StringNotEquals", KEYS, "a"), {}, true],
  ["fails ForAnyValue", one("ForAnyValue:StringEquals", KEYS, "a"), {}, false],
  ["fails ForAnyValue, negated", one("ForAnyValue:StringNotEquals", KEYS, "a"), {}, false],
  [
    "fulfils ForAnyValue with IfExists",
    one("ForAnyValue:StringEqualsIfExists", KEYS, "a"),
    {},
    true,
  ],
];

const MANY: Case[] = [
  [
    "all fit",
    one("ForAllValues:StringEquals", KEYS, ["a", "b", "c"]),
    { [KEYS]: ["a", "b"] },
    true,
  ],
  ["not all fit", one("ForAllValues:StringEquals", KEYS, ["a"]), { [KEYS]: ["a", "b"] }, false],
  ["none may fit", one("ForAllValues:StringNotEquals", KEYS, ["a"]), { [KEYS]: ["b", "c"] }, true],
  [
    "one fits that may not",
    one("ForAllValues:StringNotEquals", KEYS, ["a"]),
    { [KEYS]: ["a", "c"] },
    false,
  ],
  ["any fits", one("ForAnyValue:StringLike", KEYS, ["x*", "a?"]), { [KEYS]: ["b", "ab"] }, true],
  ["none fits", one("ForAnyValue:StringLike", KEYS, ["x*"]), { [KEYS]: ["b", "ab"] }, false],
  [
    "one does not fit",
    one("ForAnyValue:StringNotEquals", KEYS, ["a"]),
    { [KEYS]: ["a", "b"] },
    true,
  ],
  [
    "there is none that does not fit",
    one("ForAnyValue:StringNotEquals", KEYS, ["a"]),
    { [KEYS]: ["a"] },
    false,
  ],
  [
    "a single value is a list of one",
    one("ForAnyValue:StringEquals", KEY, ["a"]),
    { [KEY]: "a" },
    true,
  ],
  [
    "only empty texts fulfil ForAllValues",
    one("ForAllValues:StringEquals", KEYS, ["a"]),
    { [KEYS]: [""] },
    true,
  ],
  [
    "only empty texts fail ForAnyValue",
    one("ForAnyValue:StringNotEquals", KEYS, ["a"]),
    { [KEYS]: [""] },
    false,
  ],
  [
    "with ARNs",
    one("ForAllValues:ArnLike", KEYS, "arn:aws:cloudfront::1:distribution/*"),
    { [KEYS]: ["arn:aws:cloudfront::1:distribution/a", "arn:aws:cloudfront::1:distribution/b"] },
    true,
  ],
  ["with booleans", one("ForAnyValue:Bool", KEYS, "true"), { [KEYS]: ["false", "true"] }, true],
  [
    "the quantifier ignores case",
    one("forallvalues:StringEquals", KEYS, "a"),
    { [KEYS]: ["b"] },
    false,
  ],
  [
    "a list fits nothing without a quantifier",
    one("StringEquals", KEYS, "a"),
    { [KEYS]: ["a"] },
    false,
  ],
  ["nor a negated operator", one("StringNotEquals", KEYS, "b"), { [KEYS]: ["a"] }, false],
];

/** What IAM takes and no value of a request fits, whatever the operator. */
const MATCHLESS: Case[] = [
  ["a text for a number", one("NumericEquals", AGE, "ten"), { [AGE]: "10" }, false],
  ["a text for a number, negated", one("NumericNotEquals", AGE, "ten"), { [AGE]: "10" }, false],
  ["another value fits", one("NumericEquals", AGE, ["ten", "10"]), { [AGE]: "10" }, true],
  ["a variable for a number", one("NumericLessThan", AGE, "${x:y}"), { [AGE]: "1" }, false],
  ["a text for a date", one("DateLessThan", NOW, "tomorrow"), { [NOW]: "2026-01-31" }, false],
  [
    "a time without zone",
    one("DateNotEquals", NOW, "2026-01-31T00:00:00"),
    { [NOW]: "2026-02-28" },
    false,
  ],
  [
    "a text for a boolean",
    one("Bool", "aws:SecureTransport", "yes"),
    { "aws:SecureTransport": "yes" },
    false,
  ],
  ["a text for Null", one("Null", KEY, "no"), {}, false],
  ["a text beside a wish for Null", one("Null", KEY, ["no", "true"]), {}, true],
  ["a network that is none", one("IpAddress", IP, "10.0.0/8"), { [IP]: "10.0.0.1" }, false],
  ["such a network, negated", one("NotIpAddress", IP, "10.0.0/8"), { [IP]: "10.0.0.1" }, false],
  ["a prefix that is too long", one("IpAddress", IP, "10.0.0.0/33"), { [IP]: "10.0.0.0" }, false],
  ["a text for an ARN", one("ArnLike", ARN, "arn:aws:s3"), { [ARN]: "arn:aws:s3:::b" }, false],
  ["such a text, negated", one("ArnNotLike", ARN, "*"), { [ARN]: "arn:aws:s3:::b" }, false],
  ["a text for base 64", one("BinaryEquals", "x:y", "QUJ"), { "x:y": "QUJ" }, false],
  ["without the key, negated", one("NumericNotEquals", AGE, "ten"), {}, true],
];

const COMBINED: Case[] = [
  ["no operators", {}, {}, true],
  ["no keys", { StringEquals: {} }, {}, true],
  [
    "all keys",
    { StringEquals: { [KEY]: "a", "aws:username": "b" } },
    { [KEY]: "a", "aws:username": "b" },
    true,
  ],
  [
    "not only one key",
    { StringEquals: { [KEY]: "a", "aws:username": "b" } },
    { [KEY]: "a" },
    false,
  ],
  [
    "all operators",
    { StringEquals: { [KEY]: "a" }, Bool: { "aws:SecureTransport": true } },
    { [KEY]: "a", "aws:SecureTransport": "false" },
    false,
  ],
  [
    "a key called like a method",
    one("StringEquals", "aws:PrincipalTag/constructor", "a"),
    {},
    false,
  ],
];

describe.each([
  ["texts", STRINGS],
  ["policy variables", VARIABLES],
  ["numbers", NUMBERS],
  ["dates", DATES],
  ["other types", OTHERS],
  ["a missing key", MISSING],
  ["many values", MANY],
  ["what matches nothing", MATCHLESS],
  ["several tests", COMBINED],
])("%s", (_, cases) => {
  test.each(cases)("%s", (_name, condition, context, expected) => {
    expect(holds(condition, context)).toBe(expected);
  });
});

/**
 * In a Deny, what means nothing never keeps a negation from holding: AWS's example for a variable
 * without a value is one that denies.
 */
describe("what means nothing, in a Deny", () => {
  const noTeam = { "s3:ExistingObjectTag/Team": "video" };
  test.each<Case>([
    [
      "AWS's example: the principal has no tag",
      one("StringNotEquals", "s3:ExistingObjectTag/Team", "${aws:PrincipalTag/Team}"),
      noTeam,
      true,
    ],
    [
      "the tags differ",
      one("StringNotEquals", "s3:ExistingObjectTag/Team", "${aws:PrincipalTag/Team}"),
      { ...noTeam, "aws:PrincipalTag/Team": "audio" },
      true,
    ],
    [
      "the tags are the same",
      one("StringNotEquals", "s3:ExistingObjectTag/Team", "${aws:PrincipalTag/Team}"),
      { ...noTeam, "aws:PrincipalTag/Team": "video" },
      false,
    ],
    ["no value equals nothing", one("StringEquals", KEY, NO_VALUE), { [KEY]: "a" }, false],
    ["without the key, negated", one("StringNotEquals", KEY, NO_VALUE), {}, true],
    ["a network that is none", one("NotIpAddress", IP, "10.0.0/8"), { [IP]: "10.0.0.1" }, true],
    ["a number that is none", one("NumericEquals", AGE, "ten"), { [AGE]: "10" }, false],
  ])("%s", (_name, condition, context, expected) => {
    expect(denies(condition, context)).toBe(expected);
  });
});
