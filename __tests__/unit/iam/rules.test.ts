import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as rules from "../../../lib/iam/rules.js";
import { keepsRule, type ValueRule } from "../../../lib/iam/value-rule.js";

interface RuleCases {
  readonly rule: ValueRule;
  readonly accepted: readonly string[];
  readonly refused: readonly string[];
}

const ROLE_ARN = "arn:aws:iam::123456789012:role/render";

/** What no name of a user, role or policy may be, whatever its length. */
const NO_NAMES = ["", "*", "remotion-?", "a b", "a/b", "/a", "a:b", "${x}", "ä", "a\n", ROLE_ARN];

/** The base64 of an OpenPGP packet that begins with some octets. */
const packet = (octets: readonly number[]) =>
  Buffer.from([...octets, ...Array.from({ length: 120 }, (_, index) => index)]).toString("base64");

const CASES: Record<keyof typeof rules, RuleCases> = {
  USER_NAME: {
    rule: rules.USER_NAME,
    accepted: ["remotion-user", "a", "A_b+c=d,e.f@g-9", "u".repeat(64)],
    refused: [...NO_NAMES, "u".repeat(65)],
  },
  ROLE_NAME: {
    rule: rules.ROLE_NAME,
    accepted: ["remotion-lambda-role", "a", "A_b+c=d,e.f@g-9", "r".repeat(64)],
    refused: [...NO_NAMES, "r".repeat(65)],
  },
  ROLE_NAME_OR_ARN: {
    rule: rules.ROLE_NAME_OR_ARN,
    accepted: [
      ...["remotion-lambda-role", "A_b+c=d,e.f@g-9", "r".repeat(64), ROLE_ARN],
      "arn:aws-cn:iam::123456789012:role/video/team/render",
      "arn:aws-us-gov:iam::123456789012:role/render",
      `arn:aws-eusc:iam::123456789012:role/a:b/${"r".repeat(64)}`,
    ],
    refused: [
      ...NO_NAMES.filter((name) => name !== ROLE_ARN),
      ...["r".repeat(65), `${ROLE_ARN}*`, `${ROLE_ARN}/`, "arn:aws:iam::123456789012:role/"],
      `arn:aws:iam::123456789012:role/${"r".repeat(65)}`,
      "arn:aws:iam::123456789012:role/*/render",
      "arn:aws:iam::123456789012:user/render",
      "arn:aws:sts::123456789012:assumed-role/render/session",
      "arn:aws:iam::*:role/render",
    ],
  },
  POLICY_NAME: {
    rule: rules.POLICY_NAME,
    accepted: ["remotion-user-policy", "a", "A_b+c=d,e.f@g-9", "p".repeat(128)],
    refused: [...NO_NAMES, "p".repeat(129)],
  },
  NAME_PREFIX: {
    rule: rules.NAME_PREFIX,
    accepted: ["", "staging-", "A_b+c=d,e.f@g-9", "p".repeat(32)],
    refused: [...NO_NAMES.filter((name) => name !== ""), "staging-*", "p".repeat(33)],
  },
  IAM_PATH: {
    rule: rules.IAM_PATH,
    accepted: [
      ...["/", "/video/", "/a/b/c/", "/A_b+c=d,e.f@g-9/", `/${"p".repeat(510)}/`],
      ...["/a:b/", "/R&D/", "/!#%'()/", "/;<>[]^`{|}~/"],
    ],
    refused: [
      ...[
        "",
        "video",
        "/video",
        "video/",
        "//",
        "/a//b/",
        "/*/",
        "/a*/",
        "/a?/",
        "/a b/",
        "/${x}/",
      ],
      ...["/a$/", "/ä/", '/a"b/', "/a\\b/", "/a\u007f/", "/a/\n", `/${"p".repeat(511)}/`],
    ],
  },
  POLICY_ARN: {
    rule: rules.POLICY_ARN,
    accepted: [
      "arn:aws:iam::123456789012:policy/boundary",
      "arn:aws:iam::123456789012:policy/team/video/boundary",
      "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
      "arn:aws-cn:iam::123456789012:policy/boundary",
      ...["aws-us-gov", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f"].map(
        (partition) => `arn:${partition}:iam::123456789012:policy/R&D/boundary`,
      ),
    ],
    refused: [
      ...["", "boundary", "*", ROLE_ARN, "arn:aws:iam::123456789012:policy/"],
      "arn:aws:iam::123456789012:policy/video/",
      "arn:aws:iam::123456789012:policy/*",
      "arn:aws:iam::*:policy/boundary",
      "arn:aws:iam::12345678901:policy/boundary",
      "arn:aws-*:iam::123456789012:policy/boundary",
      "arn:awsome:iam::123456789012:policy/boundary",
      "arn:*:iam::123456789012:policy/boundary",
      "arn:aws:iam::123456789012:policy/${x}",
      "arn:aws:iam::123456789012:policy/boundary\n",
    ],
  },
  PGP_KEY: {
    rule: rules.PGP_KEY,
    accepted: [
      ...["keybase:acme", "keybase:a_9"],
      // The first octets of public keys: 0x98 and 0x99, and 0xc6 in the newer form of a packet.
      ...[
        [0x98, 0x33],
        [0x99, 0x01],
        [0xc6, 0x33],
        [0xc6, 0xff],
      ].map(packet),
    ],
    refused: [
      ...["", "keybase:", "keybase:a b", "keybase:../x", "operator@example.com", "m", "mQGN"],
      "-----BEGIN PGP PUBLIC KEY BLOCK-----",
      `${packet([0x98, 0x33])}\n`,
      `${packet([0x98, 0x33])}*`,
      // Private keys: 0x94, 0x95 and 0xc5.
      ...[
        [0x94, 0x33],
        [0x95, 0x05],
        [0xc5, 0x33],
        [0xc5, 0xff],
      ].map(packet),
    ],
  },
  BUCKET_NAME: {
    rule: rules.BUCKET_NAME,
    accepted: [
      ...["abc", "my-bucket", "my.bucket.com", "123", "1.2.3", "192.168.0.1.5", "9a-b"],
      ...["a".repeat(63), "remotionlambda-useast1-abc", "xn-x", "sthree"],
    ],
    refused: [
      ...["", "*", "my-*", "a?c", "my_bucket", "My-Bucket", "arn:aws:s3:::x", "a${b}", "my bucket"],
      ...["-x", "-xyz", "xyz-", ".abc", "abc.", "a", "ab", "a".repeat(64), "192.168.0.1", "a..b"],
      ...["my-bucket/", "my-bucket/*", "bücket", "abc\n", "\nabc", "abc\ndef"],
      ...["xn--x", "sthree-x", "amzn-s3-demo-bucket"],
      ...["x-s3alias", "x--ol-s3", "xyz.mrap", "x--use1-az4--x-s3", "x--table-s3"],
    ],
  },
  KEY_PREFIX: {
    rule: rules.KEY_PREFIX,
    accepted: [
      ...["", "videos/", "a/b/c/", "2024-01/(draft)/it's_done!/", `${"k".repeat(511)}/`],
      ...[
        "year=2024/",
        "year=2024/month=01/",
        "my videos/",
        "a&b/",
        "user@example.com/",
        "vidéos/",
      ],
      ...["a:b/", "<a>/", "¡ÿ¬®/", "100%/", "[old]/", "a,b;c/", "#1/", "~a+b^`|/", "a  b/"],
    ],
    refused: [
      ...["videos", "/", "/videos/", "a//b/", "//", "*/", "a*/", "videos/*", "a?/", "a/b?/"],
      ...[
        "${aws:username}/",
        "$/",
        "a$b/",
        "{a}/",
        "a}/",
        'a"/',
        "a\\/",
        "videos/\n",
        `${"k".repeat(512)}/`,
      ],
      // What cannot be seen.
      ...[" /", " a/", "a /", "a/ b/", "a\t/", "a\u007f/", "a\u0085/", "a\u00a0b/", "a\u00adb/"],
      // Above U+00FF: the letter after ÿ, an accent of its own, other scripts, an emoji.
      ...["Ā/", "vide\u0301os/", "видео/", "視頻/", "🎬/", "a\u200bb/"],
      ...["arn:aws:s3:::acme-videos/", "s3://acme-videos/"],
    ],
  },
  ACCESS_KEY_NAME: {
    rule: rules.ACCESS_KEY_NAME,
    accepted: ["first", "2026-11", "a.b_c", "k".repeat(64)],
    refused: ["", "a b", "a/b", 'a"b', "${x}", "*", "é", "k".repeat(65)],
  },
  TAG_KEY: {
    rule: rules.TAG_KEY,
    accepted: [
      "Team",
      "cost center",
      "a_b.c:d/e=f+g-h@i",
      "Größe",
      "名前",
      "awsome",
      "k".repeat(128),
    ],
    refused: ["", "aws:x", "AWS:x", "Aws:x", "a*", "a?", 'a"b', "${x}", "a\tb", "k".repeat(129)],
  },
  ACCOUNT_ID: {
    rule: rules.ACCOUNT_ID,
    accepted: ["123456789012", "000000000000"],
    refused: [
      "",
      "*",
      "12345678901",
      "1234567890123",
      "12345678901a",
      "123456789012\n",
      " 123456789012",
    ],
  },
  REGION: {
    rule: rules.REGION,
    accepted: [
      "us-east-1",
      "eu-central-2",
      "ap-northeast-3",
      "cn-northwest-1",
      "us-gov-west-1",
      "mx-central-1",
      "us-isob-east-1",
      "eusc-de-east-1",
      "xy-new-12",
    ],
    refused: [
      "",
      "*",
      "us-*",
      "us-east",
      "useast1",
      "US-EAST-1",
      "us-east-1a",
      "eu-?-1",
      "us-east-1\n",
    ],
  },
  FUNCTION_NAME: {
    rule: rules.FUNCTION_NAME,
    accepted: ["remotion-render-4-0-527-mem2048mb-disk2048mb-120sec", "a", "A_9", "f".repeat(64)],
    refused: [
      ...["", "*", "remotion-render-*", "a:1", "a.b", "a b", "${x}", "a\n", "f".repeat(65)],
      "arn:aws:lambda:us-east-1:123456789012:function:x",
    ],
  },
  LAYER_VERSION_ARN: {
    rule: rules.LAYER_VERSION_ARN,
    accepted: [
      "arn:aws-us-gov:lambda:us-gov-west-1:123456789012:layer:fonts:3",
      "arn:aws:lambda:us-east-1:123456789012:layer:fonts:3",
      "arn:aws-cn:lambda:cn-north-1:123456789012:layer:my_Fonts-2:12",
    ],
    refused: [
      ...["", "*", "fonts", "fonts:3", "arn:aws:lambda:us-east-1:123456789012:layer:fonts"],
      "arn:aws:lambda:us-east-1:123456789012:layer:fonts:*",
      "arn:aws:lambda:us-east-1:123456789012:layer:*:3",
      "arn:aws:lambda:*:123456789012:layer:fonts:3",
      "arn:aws:lambda:us-east-1:*:layer:fonts:3",
      "arn:aws:lambda:us-east-1:123456789012:function:fonts:3",
      "arn:aws:lambda:us-east-1:123456789012:layer:fonts:3\n",
    ],
  },
  KMS_KEY_ARN: {
    rule: rules.KMS_KEY_ARN,
    accepted: [
      "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      "arn:aws-cn:kms:cn-north-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab",
      "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      "arn:aws-eusc:kms:eusc-de-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    ],
    refused: [
      ...["", "*", "1234abcd-12ab-34cd-56ef-1234567890ab", "alias/videos"],
      "arn:aws:kms:us-east-1:123456789012:alias/videos",
      "arn:aws:kms:us-east-1:123456789012:key/*",
      "arn:aws:kms:*:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      "arn:aws:kms:us-east-1:*:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab*",
      "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab\n",
    ],
  },
  NUMBERED_POLICY_NAME: {
    rule: rules.NUMBERED_POLICY_NAME,
    accepted: ["remotion-bucket-grants", "p".repeat(120)],
    refused: ["", "p".repeat(121), "a b", "a/b", "a*", "arn:aws:iam::123456789012:policy/a"],
  },
  ATTACHED_POLICY_ARN: {
    rule: rules.ATTACHED_POLICY_ARN,
    accepted: [
      "arn:aws:iam::123456789012:policy/video/render",
      "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
      "arn:aws-cn:iam::123456789012:policy/render",
    ],
    refused: ["", "render", "*", ROLE_ARN, "arn:aws:iam::123456789012:policy/*"],
  },
  SERVICE_PRINCIPAL: {
    rule: rules.SERVICE_PRINCIPAL,
    accepted: [
      ...["lambda.amazonaws.com", "ec2.amazonaws.com", "ecs-tasks.amazonaws.com"],
      ...["ec2.amazonaws.com.cn", "states.us-east-1.amazonaws.com"],
    ],
    refused: [
      ...["", "*", "*.amazonaws.com", "lambda", "amazonaws.com", ".amazonaws.com", "lambda.*"],
      ...["Lambda.amazonaws.com", "lambda.amazonaws.com.", "lambda.amazonaws.com.evil.org"],
      ...["lambda.amazonaws.org", "lambdaXamazonaws.com", "a..amazonaws.com", "${x}.amazonaws.com"],
      ...["lambda.amazonaws.com\n", "123456789012", ROLE_ARN],
    ],
  },
  PRINCIPAL_ARN: {
    rule: rules.PRINCIPAL_ARN,
    accepted: [
      ROLE_ARN,
      "arn:aws:iam::123456789012:role/video/team/render",
      "arn:aws:iam::123456789012:user/remotion-user",
      "arn:aws-us-gov:iam::123456789012:role/R&D/render",
      "arn:aws:iam::123456789012:root",
      "arn:aws-cn:iam::123456789012:root",
    ],
    refused: [
      ...["", "*", "123456789012", "root", "lambda.amazonaws.com", "arn:aws:iam::*:root"],
      ...["arn:aws:iam::123456789012:*", "arn:aws:iam::123456789012:role/*"],
      ...["arn:aws:iam::123456789012:role/render-*", "arn:aws:iam::123456789012:role/rende?"],
      ...["arn:aws:iam::123456789012:role/", "arn:aws:iam::123456789012:role//render"],
      ...["arn:aws:iam::123456789012:role/video/", "arn:aws:iam::123456789012:user/"],
      ...["arn:aws:iam::12345678901:root", "arn:aws:iam::123456789012:root/x"],
      ...["arn:aws:iam::123456789012:group/video", "arn:aws:iam::123456789012:policy/video"],
      "arn:aws:sts::123456789012:assumed-role/render/session",
      "arn:aws:iam::123456789012:role/${aws:username}",
      "arn:aws:iam::123456789012:root\n",
    ],
  },
  EXTERNAL_ID: {
    rule: rules.EXTERNAL_ID,
    accepted: ["ab", "4f1c-9e", "a_b+c=d,e.f@g:h/i-9", "x".repeat(1224)],
    refused: ["", "a", "*", "**", "ab*", "a?", "${aws:x}", "a b", "äö", "ab\n", "x".repeat(1225)],
  },
  OIDC_PROVIDER_ARN: {
    rule: rules.OIDC_PROVIDER_ARN,
    accepted: [
      "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
      "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com/acme",
      "arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123ABCD",
      "arn:aws-cn:iam::123456789012:oidc-provider/gitlab.com",
      "arn:aws:iam::123456789012:oidc-provider/acme.eu.auth0.com/",
    ],
    refused: [
      ...["", "*", "token.actions.githubusercontent.com", "accounts.google.com", ROLE_ARN],
      ...["https://gitlab.com", "arn:aws:iam::123456789012:oidc-provider/"],
      ...["arn:aws:iam::123456789012:oidc-provider/*", "arn:aws:iam::*:oidc-provider/gitlab.com"],
      "arn:aws:iam::123456789012:oidc-provider/gitlab.com//x",
      "arn:aws:iam::123456789012:oidc-provider/gitlab.com:aud",
      "arn:aws:iam::123456789012:oidc-provider/a.com:oidc-provider/gitlab.com",
      "arn:aws:iam::123456789012:saml-provider/acme",
      "arn:aws:iam::123456789012:oidc-provider/${x}.com",
      "arn:aws:iam::123456789012:oidc-provider/gitlab.com\n",
    ],
  },
  OIDC_AUDIENCE: {
    rule: rules.OIDC_AUDIENCE,
    accepted: ["sts.amazonaws.com", "https://github.com/acme", "aws.workload.identity", "0oa1-b_c"],
    refused: ["", "*", "sts.*", "sts.amazonaws.co?", "a b", "${x}", "a\n", "a".repeat(256)],
  },
  OIDC_SUBJECT: {
    rule: rules.OIDC_SUBJECT,
    accepted: [
      ...["repo:acme@123456/video@456789:ref:refs/heads/main", "repo:acme/video:*", "*", "a"],
      ...["repo:acme/video:environment:prod (eu) & 'us', vidéo", "auth0|*", "{6f0e}:*", "a?b"],
      "job_workflow_ref:acme/video/.github/workflows/render.yml@refs/heads/main",
      "spiffe://acme.org/*",
    ],
    refused: [
      ...["", " a", "a ", 'a"b', "a\\b", "a\tb", "a\n", "repo:${aws:username}/video:*", "%{x}"],
      ...["repo:ācme/video", "repo:acme/日本", "repo:ac\u00adme/video", "a\u200bb", "a\u00a0b"],
    ],
  },
  OIDC_OWNER: {
    rule: rules.OIDC_OWNER,
    accepted: ["account:acme", "acme", "pulumi:deploy:org:acme", "{6f0e}", "vidéo"],
    refused: ["", "account:", "acme/", "auth0|", "acme*", "a?", "a b", '"', "${x}", "acme\n"],
  },
  OIDC_CLAIM_VALUE: {
    rule: rules.OIDC_CLAIM_VALUE,
    accepted: ["456789", "refs/heads/main", "prod (eu)", "ada@example.com", "vidéo"],
    refused: ["", "*", "prod*", "a?", " a", "a ", "${aws:username}", 'a"b', "a\n", "日本"],
  },
  SOURCE_ARN: {
    rule: rules.SOURCE_ARN,
    accepted: [
      "arn:aws:scheduler:us-east-1:123456789012:schedule-group/video",
      "arn:aws:ecs:*:123456789012:*",
      "arn:aws-cn:states:cn-north-1:123456789012:stateMachine:render",
      "arn:aws:events:eu-west-1:123456789012:rule/nightly-*",
    ],
    refused: [
      ...["", "*", "arn:aws:ecs:*:*:*", "arn:aws:ecs:us-east-1:12*:task/x", ROLE_ARN.slice(0, 20)],
      ...["arn:aws:ecs:us-east-1:123456789012:", "arn:*:ecs:us-east-1:123456789012:x"],
      "arn:aws:ecs:us-east-1:123456789012:task/${x}",
    ],
  },
  SESSION_TAG_KEY: {
    rule: rules.SESSION_TAG_KEY,
    accepted: ["team", "kubernetes-namespace", "a b_.:/=+@-9"],
    refused: ["", "*", "team*", "aws:x", "AWS:x", "a?", "${x}", "a\n", "k".repeat(129)],
  },
  TAG_VALUE: {
    rule: rules.TAG_VALUE,
    accepted: ["", "video", "aws:x", "a_b.c:d/e=f+g-h@i 9", "Größe", "v".repeat(256)],
    refused: ["a*", "a?", 'a"b', "${x}", "a\nb", "v".repeat(257)],
  },
};

const ALL = Object.entries(CASES).map(([name, cases]) => ({ name, ...cases }));

/** A value as it reads in a test's name. */
function named(value: string): { label: string; value: string } {
  const text = JSON.stringify(value).slice(1, -1);
  return { label: text.length > 50 ? `${text.slice(0, 20)}… (${value.length})` : text, value };
}

describe.each(ALL)("$name", ({ rule, accepted, refused }) => {
  it.each(accepted.map(named))("accepts $label", ({ value }) => {
    expect(keepsRule(rule, value)).toBe(true);
  });

  it.each(refused.map(named))("refuses $label", ({ value }) => {
    expect(keepsRule(rule, value)).toBe(false);
  });

  it("refuses every value that holds a line break, a quote, a backslash or a template", () => {
    const unsafe = fc.constantFrom("\n", "\r", '"', "\\", "${", "%{", "\u0000");
    fc.assert(
      fc.property(fc.constantFrom(...accepted), fc.nat(512), unsafe, (value, at, character) => {
        const broken = value.slice(0, at) + character + value.slice(at);
        expect(keepsRule(rule, broken)).toBe(false);
      }),
    );
  });

  it("is written in what JavaScript and RE2 have in common", () => {
    for (const pattern of [rule.pattern, rule.forbidden ?? ""]) {
      expect(pattern).not.toMatch(/\(\?/); // look-around, named groups, flags
      expect(pattern).not.toMatch(/\\(?!p\{(L|Z|N)\}|[[\]\\])/); // back-references and JavaScript's escapes
      expect(Math.max(0, ...repetitions(pattern))).toBeLessThanOrEqual(1000);
    }
  });

  it("can stand inside the quotes of a Terraform string as it is", () => {
    for (const text of [rule.pattern, rule.forbidden ?? ""]) {
      expect(text).not.toMatch(/"|[$%]\{/);
    }
    expect(rule.subject + rule.requirement + rule.forbiddenBecause).not.toMatch(/[$%]\{/);
  });

  it("is anchored at both ends", () => {
    let outsideGroups = rule.pattern;
    for (let before = ""; before !== outsideGroups; ) {
      before = outsideGroups;
      outsideGroups = before.replace(/\([^()]*\)/g, "");
    }

    expect(outsideGroups).toMatch(/^\^[^|]*\$$/);
  });

  it("completes the message's sentence", () => {
    expect(rule.subject).toMatch(/^(a|an|the) [a-zA-Z' ]+$/);
    expect(rule.requirement).toMatch(/^[a-z].*\.$/);
  });
});

function repetitions(pattern: string): number[] {
  return [...pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].map(([, from, to]) => Number(to || from));
}

describe("names and paths that end up in an ARN", () => {
  const inArns = [
    { name: "USER_NAME", rule: rules.USER_NAME },
    { name: "ROLE_NAME", rule: rules.ROLE_NAME },
    { name: "POLICY_NAME", rule: rules.POLICY_NAME },
    { name: "IAM_PATH", rule: rules.IAM_PATH },
    { name: "BUCKET_NAME", rule: rules.BUCKET_NAME },
    { name: "KEY_PREFIX", rule: rules.KEY_PREFIX },
    { name: "ACCOUNT_ID", rule: rules.ACCOUNT_ID },
    { name: "REGION", rule: rules.REGION },
    { name: "FUNCTION_NAME", rule: rules.FUNCTION_NAME },
  ];

  const paths: readonly ValueRule[] = [rules.IAM_PATH, rules.KEY_PREFIX];

  it.each(inArns)("$name passes no wildcard, policy variable or ARN", ({ rule }) => {
    // Between the slashes of paths and prefixes some stand for themselves.
    const widening = fc.constantFrom(
      "*",
      "?",
      "$",
      ...(paths.includes(rule) ? [] : ["{", ":", " "]),
    );
    fc.assert(
      fc.property(fc.string(), widening, fc.string(), (before, character, after) => {
        expect(keepsRule(rule, before + character + after)).toBe(false);
      }),
    );
    fc.assert(
      fc.property(nearly(rule), widening, fc.nat(600), (value, character, at) => {
        expect(keepsRule(rule, value.slice(0, at) + character + value.slice(at))).toBe(false);
      }),
    );
  });

  it("BUCKET_NAME passes no upper case, underscore or slash", () => {
    fc.assert(
      fc.property(
        nearly(rules.BUCKET_NAME),
        fc.stringMatching(/^[A-Z_/]$/),
        fc.nat(63),
        (value, character, at) => {
          const name = value.slice(0, at) + character + value.slice(at);
          expect(keepsRule(rules.BUCKET_NAME, name)).toBe(false);
        },
      ),
    );
  });

  it("BUCKET_NAME passes what S3's rules allow and nothing reserves", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{3}([.-]?[a-z0-9]+)*$/), (name) => {
        const reserved = /^\d+\.\d+\.\d+\.\d+$|^sthree-|^amzn-s3-demo-|-s3alias$|\.mrap$/;
        fc.pre(name.length <= 63 && !reserved.test(name));
        expect(keepsRule(rules.BUCKET_NAME, name)).toBe(true);
      }),
    );
  });
});

/** Values that match the rule's pattern. */
function nearly(rule: ValueRule): fc.Arbitrary<string> {
  return fc.stringMatching(new RegExp(rule.pattern));
}

describe.each(Object.entries(rules) as [string, ValueRule][])("%s", (_name, rule) => {
  const { pattern, forbidden, requirement, refused, note } = rule;

  it("says what it is about and what to give, in whole sentences", () => {
    expect(`It is not ${rule.subject}: ${requirement}`).toMatch(/^It is not [a-z].+: [a-z].+\.$/);
    expect(note ?? "None.").toMatch(/^[A-Z].+\.$/);
    expect(rule.patternRequirement ?? "none.").toMatch(/^[a-z].+\.$/);
    expect(rule.forbiddenBecause ?? "None.").toMatch(/^[A-Z].+\.$/);
  });

  it("gives a value that it refuses, for each reason that it has", () => {
    expect(refused?.pattern).toEqual(expect.stringMatching(/./));
    expect(refused?.pattern).not.toMatch(new RegExp(pattern, "u"));
    expect(refused?.forbidden === undefined).toBe(forbidden === undefined);
    if (forbidden !== undefined) {
      expect(refused?.forbidden).toMatch(new RegExp(pattern, "u"));
      expect(refused?.forbidden).toMatch(new RegExp(forbidden, "u"));
    }
  });
});
