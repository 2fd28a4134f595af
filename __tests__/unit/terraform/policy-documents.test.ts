import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Reading, readPrincipals } from "../../../lib/reading/read-principals.js";
import { REPOSITORY } from "../../support/repository.js";
import { fixture } from "./support/fixture.js";
import { causesIn, spelled } from "./support/spell-unknown.js";

/* Documents of `data "aws_iam_policy_document"`: as the provider made them, and as they are worked out here. */

const ROOT = join(REPOSITORY, "__tests__/unit/terraform/fixtures/roots/documents/main.tf.json");

describe("documents that can be worked out, as the provider made them for the plan", () => {
  const configuration = documentsOf(readPrincipals(readFileSync(ROOT, "utf8")));
  const planned = documentsOf(readPrincipals(fixture("documents.plan.json")));

  it.each([...planned.keys()])("%s", (address) => {
    expect(normal(configuration.get(address))).toEqual(normal(planned.get(address)));
  });

  it("all of them", () => {
    expect([...configuration.keys()].sort()).toEqual([...planned.keys()].sort());
    expect(causesIn([...configuration.values()])).toEqual([]);
  });
});

describe("documents that a plan knows in part", () => {
  const planned = documentsOf(readPrincipals(fixture("late-documents.plan.json")));
  const WAITING = {
    Sid: "Waiting",
    Effect: "Allow",
    Action: ["lambda:InvokeFunction"],
    Resource: ["*"],
  };
  const BASE = { Sid: "Base", Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" };
  const ASSETS = {
    Sid: "Assets",
    Effect: "Allow",
    Action: ["s3:GetObject", "s3:PutObject"],
    Resource: ["arn:aws:s3:::remotionlambda-*", "?"],
    Condition: { StringEquals: { "aws:PrincipalAccount": ["?"] } },
  };
  const one = (sid: string) => ({
    Sid: sid,
    Effect: "Allow",
    Action: ["s3:GetObject"],
    Resource: ["?"],
  });
  const expected: Record<string, unknown> = {
    "aws_iam_policy.own_bucket": [BASE, ASSETS],
    // In the order of the expression; its own statement takes the place of that of a source.
    "aws_iam_policy.merged": [
      WAITING,
      { Sid: "Written", Effect: "Allow", Action: "s3:ListBucket", Resource: "*" },
      { ...BASE, Effect: "Deny", Action: ["s3:ListAllMyBuckets"], Resource: ["*"] },
      ASSETS,
    ],
    // What is not told may take the place of any statement with a Sid.
    "aws_iam_policy.overridden": [
      { ...BASE, Condition: "?" },
      { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["*"] },
      { ...WAITING, Condition: "?" },
      "?",
    ],
    // A dynamic block may stand in the block that is written out, and is not in the configuration.
    "aws_iam_policy.dynamic": [{ ...one("Written"), Resource: ["*"], Condition: "?" }, "?"],
    "aws_iam_policy.dynamic_condition": [{ ...one("Conditional"), Resource: "?", Condition: "?" }],
    'aws_iam_policy.each["one"]': [one("One")],
    'aws_iam_policy.each["two"]': [one("Two")],
    "aws_iam_policy.counted": [one("Counted")],
    "module.role.aws_iam_role_policy.this": [WAITING],
  };

  it.each(Object.entries(expected))("%s", (address, statements) => {
    expect(spelled(planned.get(address))).toEqual({
      Version: "2012-10-17",
      Statement: statements,
    });
  });

  it.each([
    ["a local value", "aws_iam_policy.local"],
    ["one of two", "aws_iam_policy.either"],
    ["made by jsonencode()", "aws_iam_policy.encoded"],
    ["a local value that goes into a module", "module.named.aws_iam_role_policy.this"],
  ])("not %s", (_what, address) => {
    expect(planned.get(address)).toMatchObject({
      cause: "it is known only after the apply",
      give: "the plan after the apply",
    });
  });

  it("as the trust of roles, too", () => {
    const { principals } = readPrincipals(fixture("late-documents.plan.json"));
    const trust = {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["sts:AssumeRole"],
          Principal: { Service: ["lambda.amazonaws.com"] },
        },
      ],
    };

    expect(
      principals
        .filter(({ kind }) => kind === "role")
        .map((role) => [role.name, role.trust, role.moduleSources]),
    ).toEqual([
      ["", trust, ["./role"]],
      ["remotion-lambda-role-*", trust, ["./role"]],
    ]);
  });

  it("as many attachments as there are policies attach them all", () => {
    const { principals } = readPrincipals(fixture("late-documents.plan.json"));
    const role = principals.find(({ address }) => address === "module.role.aws_iam_role.this");

    expect(role?.policies.map(({ name }) => name)).toEqual(["inline-*", "own-bucket", "merged"]);
    expect(role?.unread).toMatchObject([{ name: "Billing", maybe: false, mayDeny: false }]);
  });
});

describe("documents of a configuration, known in part", () => {
  const CASES: Record<string, { document: object; statements: unknown }> = {
    "an account number": {
      document: {
        statement: {
          actions: ["lambda:*"],
          resources: ["arn:aws:lambda:*:${data.aws_caller_identity.me.account_id}:function:*"],
        },
      },
      statements: [
        { Effect: "Allow", Action: ["lambda:*"], Resource: ["arn:aws:lambda:*:?:function:*"] },
      ],
    },
    "a bucket of a made-up name, and a policy variable": {
      document: {
        statement: [
          {
            actions: ["s3:*"],
            resources: [
              "${aws_s3_bucket.made_up.arn}/&{aws:username}/*",
              "${aws_s3_bucket.prefixed.arn}",
            ],
          },
        ],
      },
      statements: [
        {
          Effect: "Allow",
          Action: ["s3:*"],
          Resource: ["arn:aws:s3:::?/${aws:username}/*", "arn:aws:s3:::videos-?"],
        },
      ],
    },
    "a list, an effect, a Sid, and values of a condition": {
      document: {
        statement: [
          {
            sid: "${var.open}",
            effect: "${var.open}",
            actions: "${var.list}",
            resources: "${concat(var.list, [])}",
            condition: [{ test: "StringEquals", variable: "aws:x", values: ["a", "${var.open}"] }],
          },
        ],
      },
      statements: [
        {
          Sid: "?",
          Effect: "?",
          Action: "?",
          Resource: "?",
          Condition: { StringEquals: { "aws:x": ["a", "?"] } },
        },
      ],
    },
    "a condition and a principal whose kinds are not told": {
      document: {
        statement: {
          actions: ["s3:*"],
          principals: [{ type: "${var.open}", identifiers: ["*"] }],
          condition: [{ test: "${var.open}", variable: "a:b", values: ["c"] }],
        },
      },
      statements: [{ Effect: "Allow", Action: ["s3:*"], Principal: "?", Condition: "?" }],
    },
    "dynamic statements of which it is not told how many there are": {
      document: {
        statement: { sid: "Sure", actions: ["s3:ListBucket"], resources: ["*"] },
        dynamic: {
          statement: {
            for_each: "${var.list}",
            iterator: "one",
            content: {
              effect: "Deny",
              actions: ["s3:${one.value}", "s3:GetObject"],
              resources: ["*"],
            },
          },
        },
      },
      statements: [
        { Sid: "Sure", Effect: "Allow", Action: ["s3:ListBucket"], Resource: ["*"] },
        {
          Effect: "Deny",
          Action: ["s3:?", "s3:GetObject"],
          Resource: ["*"],
          Condition: "?",
        },
      ],
    },
    "dynamic conditions likewise": {
      document: {
        statement: {
          actions: ["s3:*"],
          resources: ["*"],
          dynamic: {
            condition: {
              for_each: "${var.list}",
              content: { test: "StringEquals", variable: "a:b", values: ["c"] },
            },
          },
        },
      },
      statements: [{ Effect: "Allow", Action: ["s3:*"], Resource: ["*"], Condition: "?" }],
    },
    "a source that is not told": {
      document: {
        source_policy_documents: ["${data.aws_iam_policy_document.other.json}", "${var.open}"],
        statement: { actions: ["s3:*"], resources: ["*"] },
      },
      // It may have a Sid that the one before it has, which the provider would refuse, or another.
      statements: [
        {
          Sid: "Other",
          Effect: "Allow",
          Action: ["s3:GetObject"],
          Resource: ["*"],
          Condition: "?",
        },
        "?",
        { Effect: "Allow", Action: ["s3:*"], Resource: ["*"] },
      ],
    },
    "an override that may be made": {
      document: {
        source_policy_documents: ["${data.aws_iam_policy_document.other.json}"],
        dynamic: {
          statement: {
            for_each: "${var.list}",
            content: { sid: "Other", effect: "Deny", actions: ["s3:*"], resources: ["*"] },
          },
        },
      },
      statements: [
        {
          Sid: "Other",
          Effect: "Allow",
          Action: ["s3:GetObject"],
          Resource: ["*"],
          Condition: "?",
        },
        { Effect: "Deny", Action: ["s3:*"], Resource: ["*"], Condition: "?" },
      ],
    },
    "sources by jsonencode(), in a text, and as another document": {
      document: {
        source_policy_documents: [
          '${jsonencode({ Statement = [{ Sid = "A", Resource = var.open }] })}',
          '{"Statement": [{"Sid": "B", "Resource": "arn:aws:s3:::${var.open}/*"}]}',
          "${data.aws_iam_policy_document.late.json}",
        ],
      },
      statements: [
        { Sid: "A", Resource: "?" },
        { Sid: "B", Resource: "arn:aws:s3:::?/*" },
        { Sid: "Late", Effect: "Allow", Action: ["s3:*"], Resource: ["?"] },
      ],
    },
  };

  it.each(Object.entries(CASES))("%s", (_what, { document, statements }) => {
    expect(spelled(readDocument(document))).toEqual({
      Version: "2012-10-17",
      Statement: statements,
    });
  });

  it("says why, and what to give", () => {
    const document = readDocument({
      statement: [{ actions: ["a:*"], resources: ["${var.open}"] }],
      dynamic: { statement: { for_each: "${local.missing}", content: {} } },
    });

    expect(causesIn(document)).toEqual([
      "var.open has no default",
      "local.missing is declared in another file",
    ]);
    expect(document).toMatchObject({ Statement: [{ Resource: [{ give: "the plan" }] }, {}] });
  });

  it("is not merged into more than any policy can hold", () => {
    const document = readDocument({
      source_policy_documents: [
        JSON.stringify({
          Statement: Array.from({ length: 1000 }, () => ({ Action: "a:bcdefghij" })),
        }),
      ],
    });

    expect(document).toMatchObject({ cause: "it merges into more than any policy can hold" });
  });
});

describe("texts of policies in a configuration, known in part", () => {
  const CASES: Record<string, readonly [policy: string, document: unknown]> = {
    "jsonencode()": [
      '${jsonencode({ Statement = [{ Action = ["s3:*", var.open], Resource = "${aws_s3_bucket.made_up.arn}/*" }] })}',
      { Statement: [{ Action: ["s3:*", "?"], Resource: "arn:aws:s3:::?/*" }] },
    ],
    "jsonencode() of what is read back": [
      '${jsonencode(merge(jsondecode(jsonencode({ A = var.open })), { B = "b" }))}',
      { A: "?", B: "b" },
    ],
    "a text with references, as CDKTF writes it": [
      '{"Statement": [{"Resource": ["${aws_s3_bucket.made_up.arn}/*", "${var.open}"]}]}',
      { Statement: [{ Resource: ["arn:aws:s3:::?/*", "?"] }] },
    ],
    "a text with a value in it": [
      '{"Statement": [{"Action": ${jsonencode(var.list)}, "Resource": "*"}]}',
      { Statement: [{ Action: "?", Resource: "*" }] },
    ],
    "two in one text": [
      '{"a": "${var.open}:${data.aws_caller_identity.me.account_id}:x", "b": "${var.open}${var.open}"}',
      { a: "?:?:x", b: "?" },
    ],
    "an escaped quote before it": [
      '{"a": "\\\\\\"${var.open}\\\\\\"", "b": "c"}',
      { a: '\\"?\\"', b: "c" },
    ],
    "format() and join()": [
      '${jsonencode({ a = format("arn:%s:%d", var.open, 1), b = join("/", ["x", var.open]), c = formatlist("%s/*", ["y", var.open]) })}',
      { a: "arn:?:1", b: "x/?", c: ["y/*", "?/*"] },
    ],
    "a list that is joined in quotes may be any number": [
      '{"Resource": ["arn:aws:s3:::${join("\\",\\"arn:aws:s3:::", var.list)}"]}',
      { Resource: ["?"] },
    ],
    "a key": ['{"${var.open}": 1, "a": {"b": 2}}', "?"],
    "no JSON": ["{${var.open}", "?"],
    "a text alone": ["${var.open}", "?"],
  };

  it.each(Object.entries(CASES))("%s", (_what, [policy, document]) => {
    expect(spelled(readPolicy(policy))).toEqual(document);
  });

  it("what looks like a hole is none", () => {
    expect(readPolicy('{"a": "\ue000", "b": "${var.open}"}')).toMatchObject({
      cause: "var.open has no default",
      pieces: undefined,
    });
    expect(readPolicy('{"a": "\\\\ue000", "b": "${var.open}"}')).toMatchObject({
      pieces: undefined,
    });
  });
});

function configurationOf(policy: string, document: object = {}): string {
  return JSON.stringify({
    variable: { open: { type: "string" }, list: { type: "list(string)" } },
    data: {
      aws_caller_identity: { me: {} },
      aws_iam_policy_document: {
        tested: document,
        other: { statement: { sid: "Other", actions: ["s3:GetObject"], resources: ["*"] } },
        late: { statement: { sid: "Late", actions: ["s3:*"], resources: ["${var.open}"] } },
      },
    },
    resource: {
      aws_s3_bucket: { made_up: {}, prefixed: { bucket_prefix: "videos-" } },
      aws_iam_policy: { tested: { name: "tested", policy } },
    },
  });
}

function readPolicy(policy: string): unknown {
  return readPrincipals(configurationOf(policy)).principals[0]?.policies[0]?.document;
}

function readDocument(document: object): unknown {
  const text = configurationOf("${data.aws_iam_policy_document.tested.json}", document);
  return readPrincipals(text).principals[0]?.policies[0]?.document;
}

/** The documents of a file by the addresses of what holds them. */
function documentsOf({ principals }: Reading): Map<string, unknown> {
  return new Map(
    principals.flatMap(({ address, policies, trust }): [string, unknown][] => [
      ...policies.map((policy): [string, unknown] => [policy.address, policy.document]),
      ...(trust === undefined ? [] : [[address, trust] as [string, unknown]]),
    ]),
  );
}

/** As the provider writes it and AWS reads it: the order in lists says nothing, nor a list of one. */
function normal(document: unknown): unknown {
  if (Array.isArray(document)) {
    const [only] = document;
    return document.length === 1 && typeof only !== "object"
      ? only
      : document
          .map(normal)
          .sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
  }
  return typeof document === "object" && document !== null
    ? Object.fromEntries(Object.entries(document).map(([key, item]) => [key, normal(item)]))
    : document;
}
