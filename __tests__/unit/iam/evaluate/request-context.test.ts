import { describe, expect, test } from "vitest";
import {
  type ContextSource,
  RequestContext,
  UNTOLD,
} from "../../../../lib/iam/evaluate/request-context.js";
import { UnknownPart } from "../../../../lib/iam/evaluate/unknown-part.js";

const USER = "arn:aws:iam::123456789012:user/alice";
const OPEN = new UnknownPart("it is open", "more");

describe("the value of a key", () => {
  test.each<[what: string, source: ContextSource, key: string, value: unknown, single: unknown]>([
    ["that is there", { context: { "aws:SourceIp": "a" } }, "aws:sourceip", "a", "a"],
    ["that is not there", {}, "aws:sourceip", undefined, undefined],
    ["that is empty", { context: { "x:a": "" } }, "x:a", "", undefined],
    ["with many values", { context: { "x:a": ["b", "c"] } }, "x:a", ["b", "c"], undefined],
    ["with an empty list", { context: { "x:a": [] } }, "x:a", undefined, undefined],
    ["that is not told", { context: { "x:a": OPEN } }, "x:a", OPEN, OPEN],
    ["of the principal", { principal: USER }, "aws:username", "alice", "alice"],
    [
      "that comes before the principal's",
      { principal: USER, context: { "aws:UserName": "bob" } },
      "aws:username",
      "bob",
      "bob",
    ],
    ["that nobody can tell", { untold: ["aws:SourceIp"] }, "aws:sourceip", UNTOLD, UNTOLD],
    ["that begins so", { untold: ["aws:PrincipalTag/*"] }, "aws:principaltag/a", UNTOLD, UNTOLD],
    [
      "of one of several beginnings",
      { untold: ["x:*", "aws:PrincipalTag/*"] },
      "aws:principaltag/a",
      UNTOLD,
      UNTOLD,
    ],
    [
      "that begins otherwise",
      { untold: ["aws:PrincipalTag/*"] },
      "aws:tagkeys",
      undefined,
      undefined,
    ],
    ["that is longer", { untold: ["aws:SourceIp"] }, "aws:sourceipx", undefined, undefined],
    ["of no such list", { untold: [] }, "aws:sourceip", undefined, undefined],
    [
      "of the principal that nobody can tell",
      { principal: USER, untold: ["aws:username"] },
      "aws:username",
      UNTOLD,
      UNTOLD,
    ],
    [
      "that is told all the same",
      { context: { "aws:SourceIp": "a" }, untold: ["aws:SourceIp"] },
      "aws:sourceip",
      "a",
      "a",
    ],
    [
      "that surely is not there",
      { context: { "aws:SourceIp": [] }, untold: ["aws:SourceIp"] },
      "aws:sourceip",
      undefined,
      undefined,
    ],
  ])("%s", (_, source, key, value, single) => {
    const context = new RequestContext(() => source);

    expect(context.value(key)).toEqual(value);
    expect(context.singleValue(key)).toEqual(single);
  });

  test("is asked for once, on first use", () => {
    let asked = 0;
    const context = new RequestContext(() => {
      asked += 1;
      return { context: { "x:a": "b" } };
    });

    expect(asked).toBe(0);
    expect([context.value("x:a"), context.value("x:c"), context.singleValue("x:a")]).toEqual([
      "b",
      undefined,
      "b",
    ]);
    expect(asked).toBe(1);
  });
});
