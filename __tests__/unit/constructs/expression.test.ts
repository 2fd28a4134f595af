import { Fn, TerraformLocal, TerraformVariable, Token } from "cdktf";
import { describe, expect, it } from "vitest";
import { type ExpressionPart, expression, inQuotes } from "../../../lib/constructs/expression.js";
import type { JsonObject, JsonValue } from "../../../lib/module/json-value.js";
import { synthesize } from "../support/synthesize.js";

interface Tokens {
  readonly text: TerraformVariable;
  readonly local: TerraformLocal;
}

describe("expression", () => {
  const cases: Record<string, { of: (tokens: Tokens) => unknown; resolved: string }> = {
    "stands in braces": { of: () => expression`1 + 1`, resolved: "${1 + 1}" },
    "takes a token of a text bare": {
      of: ({ text }) => expression`upper(${text.stringValue})`,
      resolved: "${upper(var.text)}",
    },
    "takes a reference to an element bare": {
      of: ({ local }) => expression`length(${local.fqn})`,
      resolved: "${length(local.local)}",
    },
    "takes a plain text for HCL": {
      of: ({ text }) => expression`${text.stringValue} <= ${"10"}`,
      resolved: "${var.text <= 10}",
    },
    "takes several tokens": {
      of: ({ text, local }) => expression`${text.stringValue} == ${local.fqn}`,
      resolved: "${var.text == local.local}",
    },
    "takes a token that is not a text": {
      of: ({ text }) => expression`length(${Token.asAny(text.value)})`,
      resolved: "${length(var.text)}",
    },
    "takes a function of CDKTF": {
      of: ({ text }) => expression`${Fn.upper(text.stringValue)} == "A"`,
      resolved: '${upper(var.text) == "A"}',
    },
    "nests without further braces": {
      of: ({ text }) => expression`f(${expression`g(${expression`h(${text.stringValue})`})`})`,
      resolved: "${f(g(h(var.text)))}",
    },
    "keeps line breaks": { of: () => expression`[\n  1,\n]`, resolved: "${[\n  1,\n]}" },
    "puts a token in quotes into braces": {
      of: ({ text }) => expression`"arn:${inQuotes(text.stringValue)}:s3"`,
      resolved: '${"arn:${var.text}:s3"}',
    },
    "puts text and tokens in quotes": {
      of: ({ text }) => expression`"${inQuotes(`a-${text.stringValue}-b`)}"`,
      resolved: '${"a-${var.text}-b"}',
    },
    "leaves a plain text in quotes as it is": {
      of: () => expression`"arn:${inQuotes("aws")}:s3"`,
      resolved: '${"arn:aws:s3"}',
    },
    "goes on bare after quotes": {
      of: ({ text, local }) => expression`["${inQuotes(text.stringValue)}", ${local.fqn}]`,
      resolved: '${["${var.text}", local.local]}',
    },
    "takes quotes inside a nested expression": {
      of: ({ text }) => expression`f(${expression`"${inQuotes(text.stringValue)}-x"`})`,
      resolved: '${f("${var.text}-x")}',
    },
    "becomes a token of a text": {
      of: ({ local }) => expression`${local.fqn}[0]`.toString(),
      resolved: "${local.local[0]}",
    },
    "stands in braces in a longer text": {
      of: ({ local }) => `a ${expression`${local.fqn}[0]`} b`,
      resolved: "a ${local.local[0]} b",
    },
    "is bare inside a function of CDKTF": {
      of: ({ local }) => Fn.upper(expression`${local.fqn}[0]`.toString()),
      resolved: "${upper(local.local[0])}",
    },
  };

  it.each(Object.entries(cases))("%s", (_case, { of, resolved }) => {
    expect(resolve(of)).toBe(resolved);
  });

  it("may be used in several places", () => {
    const used = resolve(({ text }) => {
      const size = expression`length(${text.stringValue})`;
      return [size, expression`${size} <= 1`, `has ${size}`];
    });

    expect(used).toEqual([
      "${length(var.text)}",
      "${length(var.text) <= 1}",
      "has ${length(var.text)}",
    ]);
  });

  it.each<{ what: string; part: (tokens: Tokens) => ExpressionPart }>([
    { what: "text before a token", part: ({ text }) => `a-${text.stringValue}` },
    { what: "text after a token", part: ({ text }) => `${text.stringValue}-a` },
    { what: "two tokens", part: ({ text, local }) => `${text.stringValue}${local.fqn}` },
  ])("refuses $what as one part, and names the ways out", ({ part }) => {
    const build = () => resolve((tokens) => expression`f(${part(tokens)})`);

    expect(build).toThrow("mixes text and tokens");
    expect(build).toThrow("pass the token alone, or wrap it in inQuotes()");
  });

  it("reads as unresolved where it is printed as JSON", () => {
    expect(JSON.stringify({ size: expression`1` })).toBe('{"size":"<unresolved-expression>"}');
  });
});

/** What a value becomes in the synthesized Terraform. */
function resolve(value: (tokens: Tokens) => unknown): JsonValue | undefined {
  const { json } = synthesize((stack) => {
    const text = new TerraformVariable(stack, "text", { type: "string" });
    const local = new TerraformLocal(stack, "local", "a");
    new TerraformLocal(stack, "result", value({ text, local }));
  });
  return (json["locals"] as JsonObject)["result"];
}
