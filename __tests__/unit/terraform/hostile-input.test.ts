import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UnreadableFile } from "../../../lib/terraform/errors.js";
import { readPrincipals } from "../../../lib/terraform/read-principals.js";
import { processorTimer } from "../../support/processor-time.js";
import { fixture } from "./support/fixture.js";
import { planOf } from "./support/plan.js";

/** In processor time: generous, and far below what any of these would take unbounded. */
const BOUND = 5000;

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

describe("what cannot be read is a note", () => {
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

    expect(principals[0]?.notes).toHaveLength(1);
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
    ).toEqual([]);
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
