import { IamUser } from "@cdktf/provider-aws/lib/iam-user/index.js";
import { TerraformLocal, TerraformVariable } from "cdktf";
import { describe, expect, it } from "vitest";
import {
  allOf,
  attributeOf,
  attributeOrNull,
  type Condition,
  createWhen,
  isValue,
} from "../../../lib/constructs/condition.js";
import type { JsonObject } from "../../../lib/module/json-value.js";
import { synthesize } from "../support/synthesize.js";

/** Two conditions that only Terraform knows. */
interface Unknown {
  readonly a: Condition;
  readonly b: Condition;
}

describe("allOf", () => {
  it.each<{ what: string; all: (unknown: Unknown) => Condition; resolved: boolean | string }>([
    { what: "nothing", all: () => allOf(), resolved: true },
    { what: "true and true", all: () => allOf(true, true), resolved: true },
    { what: "true and false", all: () => allOf(true, false), resolved: false },
    { what: "false and true", all: () => allOf(false, true), resolved: false },
    { what: "true and an unknown", all: ({ a }) => allOf(true, a), resolved: "${var.a}" },
    { what: "an unknown and true", all: ({ a }) => allOf(a, true), resolved: "${var.a}" },
    { what: "an unknown and false", all: ({ a }) => allOf(a, false), resolved: false },
    { what: "false and an unknown", all: ({ a }) => allOf(false, a), resolved: false },
    { what: "two unknowns", all: ({ a, b }) => allOf(a, b), resolved: "${var.a && var.b}" },
    {
      what: "two unknowns around true",
      all: ({ a, b }) => allOf(a, true, b),
      resolved: "${var.a && var.b}",
    },
  ])("of $what is $resolved", ({ all, resolved }) => {
    expect(resolve(all)).toBe(resolved);
  });
});

describe("isValue", () => {
  it.each([
    { value: "inline", choice: "inline", is: true },
    { value: "managed", choice: "inline", is: false },
  ])("is $is at once for $value and $choice", ({ value, choice, is }) => {
    expect(isValue(value, choice)).toBe(is);
  });

  it("leaves the comparison of a token to Terraform", () => {
    expect(resolve(({ text }) => isValue(text, "inline"))).toBe('${var.text == "inline"}');
  });
});

describe("a resource", () => {
  it.each<{ what: string; condition: (unknown: Unknown) => Condition; written: JsonObject }>([
    {
      what: "under a condition that holds",
      condition: () => true,
      written: { of: "${aws_iam_user.user.name}", orNull: "${aws_iam_user.user.name}" },
    },
    {
      what: "under a condition that only Terraform knows",
      condition: ({ a }) => a,
      written: {
        count: "${var.a ? 1 : 0}",
        of: "${aws_iam_user.user[0].name}",
        orNull: "${one(aws_iam_user.user[*].name)}",
      },
    },
  ])("$what has its count, and its attributes their index", ({ condition, written }) => {
    const { json, resource } = synthesize((stack) => {
      const user = new IamUser(stack, "user", { name: "a" });
      const create = condition(unknowns(stack));
      createWhen(create, user);
      new TerraformLocal(stack, "of", attributeOf(user, "name", create));
      new TerraformLocal(stack, "orNull", attributeOrNull(user, "name", create));
    });
    const { count, ...locals } = written;

    expect(resource("aws_iam_user")["count"]).toBe(count);
    expect(json["locals"]).toEqual(locals);
  });
});

type Stack = ConstructorParameters<typeof TerraformVariable>[0];

function unknowns(stack: Stack) {
  const variable = (id: string) => new TerraformVariable(stack, id, { type: "any" });
  return {
    a: variable("a").booleanValue,
    b: variable("b").booleanValue,
    text: variable("text").stringValue,
  };
}

/** What a condition becomes in the synthesized Terraform. */
function resolve(condition: (unknown: Unknown & { readonly text: string }) => Condition) {
  const { json } = synthesize((stack) => {
    new TerraformLocal(stack, "result", condition(unknowns(stack)));
  });
  return (json["locals"] as JsonObject)["result"];
}
