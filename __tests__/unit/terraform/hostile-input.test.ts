import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UnreadableFile } from "../../../lib/json/unreadable-file.js";
import { readPrincipals } from "../../../lib/reading/read-principals.js";
import { processorTimer } from "../../support/processor-time.js";
import { fixture } from "./support/fixture.js";
import { planOf } from "./support/plan.js";

/** In processor time: one second is the most, and unbounded any of these would take far longer. */
const BOUND = 10_000;

const configurationOf = (local: unknown, locals: object = {}) =>
  JSON.stringify({
    locals: { ...locals, end: local },
    resource: { aws_iam_policy: { a: { name: "a", policy: "${jsonencode(local.end)}" } } },
  });

/** Forty locals, each made of the one before. */
const chain = (next: (before: string) => string) =>
  configurationOf(
    "${local.l40}",
    Object.fromEntries(
      Array.from({ length: 41 }, (_, index) => [
        `l${index}`,
        index === 0 ? "x".repeat(16) : next(`local.l${index - 1}`),
      ]),
    ),
  );

const many = (text: string) => text.repeat(100_000);

describe("work without end is given up", () => {
  it.each<[string, string]>([
    ["texts with a hole that double", chain((before) => `\${${before}}\${var.x}\${${before}}`)],
    ["lists with a hole that double", chain((l) => `\${[${l}, var.x, ${l}]}`)],
    [
      "dynamic blocks in dynamic blocks",
      JSON.stringify({
        data: {
          aws_iam_policy_document: {
            a: {
              dynamic: {
                statement: {
                  for_each: "${range(1000)}",
                  content: {
                    dynamic: {
                      condition: {
                        for_each: "${range(1000)}",
                        content: { values: ["${range(1000)}"] },
                      },
                    },
                  },
                },
              },
            },
          },
        },
        resource: {
          aws_iam_policy: { a: { name: "a", policy: "${data.aws_iam_policy_document.a.json}" } },
        },
      }),
    ],
    ["texts that double", chain((before) => `\${${before}}\${${before}}`)],
    ["lists that double", chain((before) => `\${[${before}, ${before}]}`)],
    ["flat lists that double", chain((l) => `\${concat(flatten([${l}]), flatten([${l}]))}`)],
    ["joins", chain((l) => `\${join(${l}, [${l}, ${l}, ${l}])}`)],
    ["replacements", chain((l) => `\${replace(${l}, "x", ${l})}`)],
    ["comparisons", chain((l) => `\${[${l}, ${l}] == [${l}, ${l}] ? [${l}, ${l}] : 1}`)],
    ["products", configurationOf("${setproduct(range(1000), range(1000), range(1000))}")],
    [
      "loops in loops",
      configurationOf(
        "${[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : 1]]]}",
      ),
    ],
    ["a large count", '{"resource":{"aws_iam_user":{"a":{"name":"a","count":1e9}}}}'],
    [
      "locals made of locals",
      configurationOf(
        "${local.l0}",
        Object.fromEntries(
          Array.from({ length: 20_000 }, (_, index) => [
            `l${index}`,
            index === 19_999 ? "x" : `\${[local.l${index + 1}]}`,
          ]),
        ),
      ),
    ],
    ["a long sum", configurationOf(`\${${many("1+")}1}`)],
    ["a long path", configurationOf(`\${local${many(".a")}}`)],
  ])("%s", (_what, text) => {
    expect(quickly(() => readPrincipals(text))).toThrow(UnreadableFile);
  });
});

describe("what cannot be read is not told", () => {
  it.each<[string, string]>([
    ["parentheses", `\${${many("(")}1${many(")")}}`],
    ["brackets", `\${${many("[")}1${many("]")}}`],
    ["braces", `\${${many("{a=")}1${many("}")}}`],
    ["templates in templates", many('${"')],
    ["signs", `\${${many("!")}true}`],
    ["conditions", `\${${many("true?")}}`],
    ["splats", `\${local.l[*]${many("[*]")}}`],
    ["calls", `\${${many("f(")}}`],
    ["an open comment", `\${${many("/**/")}/*}`],
    ["a circle", "${local.end}"],
    ["a circle of two", '${aws_iam_policy.a.policy == ""}'],
    ["a format", `\${format("${many("%999s")}", 1)}`],
    ["a long name", `\${${many("aaaaaaaaaa")}}`],
  ])("%s", (_what, local) => {
    const { principals } = quickly(() => readPrincipals(configurationOf(local)))();

    expect(principals[0]?.policies).toMatchObject([{ document: { cause: expect.any(String) } }]);
  });

  it.each<[string, string, string]>([
    ["white space", `\${${many(" \n")}1}`, "1"],
    ["comments", `\${${many("/* */")}1}`, "1"],
    ["dollars", many("$"), JSON.stringify(many("$"))],
  ])("but not %s", (_what, local, text) => {
    const configuration = JSON.parse(configurationOf(local));
    configuration.resource.aws_iam_policy.a.policy =
      '{"Statement":[],"x":${jsonencode(local.end)}}';
    const { principals } = quickly(() => readPrincipals(JSON.stringify(configuration)))();

    expect(principals[0]?.policies[0]?.document).toEqual({
      Statement: [],
      x: JSON.parse(text),
    });
  });
});

describe("what multiplies is not multiplied", () => {
  const N = 5000;
  const numbers = Array.from({ length: N }, (_, index) => index);
  const data = (name: string, values: object, from: object = {}) => ({
    planned: {
      address: `data.aws_iam_policy_document.${name}`,
      mode: "data",
      type: "aws_iam_policy_document",
      name,
      values,
    },
    configured: { address: `data.aws_iam_policy_document.${name}`, expressions: from },
  });
  const planOfData = (documents: readonly ReturnType<typeof data>[], last: string) =>
    JSON.stringify({
      format_version: "1.2",
      planned_values: {
        root_module: {
          resources: [
            ...documents.map(({ planned }) => planned),
            {
              address: "aws_iam_policy.a",
              mode: "managed",
              type: "aws_iam_policy",
              name: "a",
              values: { name: "a" },
            },
          ],
        },
      },
      configuration: {
        root_module: {
          resources: [
            ...documents.map(({ configured }) => configured),
            {
              address: "aws_iam_policy.a",
              expressions: {
                policy: { references: [`data.aws_iam_policy_document.${last}.json`] },
              },
            },
          ],
        },
      },
    });
  const statement = { effect: "Allow", actions: ["s3:*"], resources: ["*"] };
  const role = (name: string) => ({
    address: `aws_iam_role.${name}`,
    values: { name: "same", managed_policy_arns: [] },
  });

  it.each<[string, string]>([
    [
      "documents that double",
      planOfData(
        [
          data("d0", { statement: [statement] }),
          ...numbers.slice(1, 60).map((index) =>
            data(
              `d${index}`,
              { source_policy_documents: [null, null], statement: [] },
              {
                source_policy_documents: {
                  references: [
                    `data.aws_iam_policy_document.d${index - 1}.json`,
                    `data.aws_iam_policy_document.d${index - 1}`,
                  ],
                },
              },
            ),
          ),
        ],
        "d59",
      ),
    ],
    [
      "a chain of documents",
      planOfData(
        numbers.map((index) =>
          data(
            `d${index}`,
            { source_policy_documents: [null] },
            {
              source_policy_documents: {
                references: [`data.aws_iam_policy_document.d${index - 1}.json`],
              },
            },
          ),
        ),
        `d${N - 1}`,
      ),
    ],
    [
      "a circle of documents",
      planOfData(
        [
          data(
            "a",
            { source_policy_documents: [null] },
            { source_policy_documents: { references: ["data.aws_iam_policy_document.a.json"] } },
          ),
        ],
        "a",
      ),
    ],
    [
      "a large document in thousands",
      planOfData(
        [
          data("base", { statement: Array.from({ length: 500 }, () => statement) }),
          ...numbers.map((index) =>
            data(
              `d${index}`,
              { source_policy_documents: [null] },
              {
                source_policy_documents: { references: ["data.aws_iam_policy_document.base.json"] },
              },
            ),
          ),
        ],
        "d1",
      ),
    ],
    [
      "roles and policies of one name",
      planOf([
        ...numbers.map((index) => role(`r${index}`)),
        ...numbers.map((index) => ({
          address: `aws_iam_role_policy.p${index}`,
          values: { name: `p${index}`, role: "same", policy: "{}" },
        })),
        ...numbers.map((index) => ({
          address: `aws_lambda_function.f${index}`,
          values: { role: "arn:aws:iam::123456789012:role/same" },
        })),
      ]),
    ],
    [
      "lists of one role, of which nothing is known",
      planOf([
        role("r"),
        ...numbers.flatMap((index) => [
          {
            address: `aws_iam_role_policy.p${index}`,
            values: { name: `p${index}`, role: "same", policy: '{"Statement":[{}]}' },
          },
          {
            address: `aws_iam_role_policies_exclusive.e${index}`,
            values: { role_name: "same" },
            from: { policy_names: ["local.names"] },
          },
        ]),
      ]),
    ],
    [
      "lists of one role, each of one name",
      planOf([
        role("r"),
        ...numbers.map((index) => ({
          address: `aws_iam_role_policies_exclusive.e${index}`,
          values: { role_name: "same", policy_names: [`p${index}`] },
        })),
      ]),
    ],
    [
      "policies of permission sets, of one name",
      planOf([
        { address: "aws_ssoadmin_permission_set.s", values: { name: "s", arn: "s" } },
        ...numbers.flatMap((index) => [
          { address: `aws_iam_policy.p${index}`, values: { name: "same", policy: "{}" } },
          {
            address: `aws_ssoadmin_customer_managed_policy_attachment.a${index}`,
            values: {
              permission_set_arn: "s",
              customer_managed_policy_reference: [{ name: "same" }],
            },
          },
        ]),
      ]),
    ],
    [
      "policies of anybody",
      planOf([
        ...numbers.map((index) => ({
          address: `aws_iam_role.r${index}`,
          values: { name: `r${index}` },
        })),
        ...numbers.map((index) => ({
          address: `aws_iam_role_policy.p${index}`,
          values: { name: `p${index}`, policy: '{"Statement":[{}]}' },
          from: { role: ["local.role"] },
        })),
      ]),
    ],
  ])("%s", (_what, text) => {
    expect(quickly(() => readPrincipals(text))().principals).not.toEqual([]);
  });
});

describe("names that JavaScript has of its own", () => {
  it.each(["__proto__", "constructor", "toString", "hasOwnProperty"])("%s", (name) => {
    const configuration = `{
      "variable": {"${name}": {"default": "a", "type": "string"}},
      "locals": {"${name}": {"${name}": "\${var.${name}}"}},
      "resource": {"aws_iam_policy": {"${name}": {
        "name": "\${local.${name}.${name}}",
        "policy": "{\\"Statement\\":[]}"
      }}}
    }`;

    expect(readPrincipals(configuration).principals).toMatchObject([
      { name: "a", address: `aws_iam_policy.${name}` },
    ]);
    expect(
      readPrincipals(
        `{"resource": {"aws_iam_policy": {"a": {"name": "a", "policy": "\${local.x.${name}}"}}}}`,
      ).principals[0]?.policies,
    ).toMatchObject([{ document: { cause: /^local\./ } }]);
    expect(({} as Record<string, unknown>)["a"]).toBeUndefined();
  });

  it.each(["__proto__", "constructor", "toString"])("a plan of resources called %s", (name) => {
    const plan = planOf([
      { address: `aws_iam_role.${name}`, values: { name } },
      {
        address: `aws_iam_role_policy.${name}`,
        values: { name, policy: "{}" },
        from: { role: [`aws_iam_role.${name}.id`] },
      },
      { address: `${name}.${name}`, values: {} },
    ]);

    expect(readPrincipals(plan).principals).toMatchObject([{ name, policies: [{ name }] }]);
  });
});

describe("an object that is no text, in place of each thing that a file holds,", () => {
  it.each(["every-grant.plan.json", "every-grant.raw-state.json"])("in %s", (name) => {
    const text = fixture(name);
    const places = [...text.matchAll(/: (?=[[{"])/g)].length;
    for (let place = 1; place <= places; place += 1) {
      const damaged = replacedAt(JSON.parse(text), place, { toString: 0 });
      const read = () => {
        try {
          return readPrincipals(JSON.stringify(damaged)).principals;
        } catch (error) {
          return error;
        }
      };
      expect(read(), `at ${place}`).toSatisfy(
        (found) => Array.isArray(found) || found instanceof UnreadableFile,
      );
    }
  });
});

describe("a file that something has damaged", () => {
  /** Anything in place of something in it: what is read is a reading, or unreadable. */
  it.each([
    "every-grant.plan.json",
    "every-grant-changed.plan.json",
    "every-grant.raw-state.json",
    "everything.json.plan.json",
  ])("%s", (name) => {
    const text = fixture(name);
    const places = [...text.matchAll(/: (?=[[{"])/g)].map(({ index }) => index + 2);
    fc.assert(
      fc.property(fc.nat(places.length - 1), fc.json({ maxDepth: 1 }), (place, other) => {
        const damaged = JSON.stringify(replacedAt(JSON.parse(text), place, JSON.parse(other)));
        try {
          expect(readPrincipals(damaged).principals).toBeInstanceOf(Array);
        } catch (error) {
          expect(error).toBeInstanceOf(UnreadableFile);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("an expression of any characters", () => {
    const piece = fc.constantFrom(
      ...[
        "${",
        "}",
        '"',
        "[",
        "]",
        "{",
        "(",
        ")",
        "for",
        "in",
        ":",
        "=>",
        "?",
        "=",
        ",",
        "...",
        " ",
      ],
      ...["local", ".", "x", "*", "1", "-", "!", "&&", "==", "if", "\\", "\n", "%", "$", "~", "#"],
    );
    const text = fc.array(piece, { maxLength: 25 }).map((pieces) => `\${${pieces.join("")}}`);
    fc.assert(
      fc.property(text, (local) => {
        const reading = readPrincipals(configurationOf(local, { x: [{ x: "x" }] }));
        expect(reading.principals).toHaveLength(1);
      }),
      { numRuns: 3000 },
    );
  });
});

/** The same, with the value at the n-th place replaced. */
function replacedAt(value: unknown, place: number, other: unknown): unknown {
  let left = place;
  const walk = (node: unknown): unknown => {
    left -= 1;
    if (left === 0) {
      return other;
    }
    if (Array.isArray(node)) {
      return node.map(walk);
    }
    return typeof node === "object" && node !== null
      ? Object.fromEntries(Object.entries(node).map(([key, item]) => [key, walk(item)]))
      : node;
  };
  return walk(value);
}

/** The same work, which must not take long. */
function quickly<T>(work: () => T): () => T {
  return () => {
    const elapsed = processorTimer();
    try {
      return work();
    } finally {
      expect(elapsed()).toBeLessThan(BOUND);
    }
  };
}
