import { describe, expect, it } from "vitest";
import { parsePublishedPolicy } from "../../../lib/upstream/published-policy.js";

const STATEMENT = { Sid: "A", Effect: "Allow", Action: ["s3:GetObject"], Resource: ["*"] };

describe("a published policy", () => {
  it.each([
    { what: "statements", policy: { Version: "2012-10-17", Statement: [STATEMENT] } },
    { what: "no statement", policy: { Statement: [] } },
    {
      what: "single values in place of lists",
      policy: { Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] },
    },
    {
      what: "elements that we never write",
      policy: { Id: "x", Statement: [{ Effect: "Deny", NotAction: ["s3:*"], NotResource: "*" }] },
    },
  ])("may have $what", ({ policy }) => {
    expect(parsePublishedPolicy(JSON.stringify(policy, null, 2))).toEqual(policy);
  });

  it.each([
    { what: "nothing", printed: undefined },
    { what: "no JSON", printed: "policy" },
    { what: "null", printed: "null" },
    { what: "a list", printed: "[]" },
    { what: "no statements", printed: JSON.stringify({ Version: "2012-10-17" }) },
    { what: "a single statement", printed: JSON.stringify({ Statement: STATEMENT }) },
    { what: "a statement that is a text", printed: JSON.stringify({ Statement: ["Allow"] }) },
    { what: "a Sid that is a number", printed: JSON.stringify({ Statement: [{ Sid: 1 }] }) },
    { what: "an action that is none", printed: JSON.stringify({ Statement: [{ Action: [1] }] }) },
    { what: "a resource that is none", printed: JSON.stringify({ Statement: [{ Resource: {} }] }) },
    {
      what: "a control sequence for the terminal",
      printed: JSON.stringify({ Statement: [{ ...STATEMENT, Sid: "\u001b[2J" }] }),
    },
    {
      what: "a control sequence as a name",
      printed: JSON.stringify({ Statement: [{ ...STATEMENT, "\u001b[2J": "" }] }),
    },
    {
      what: "a second line",
      printed: JSON.stringify({ Statement: [{ ...STATEMENT, Action: "s3:Get\nObject" }] }),
    },
  ])("may not be, or have, $what", ({ printed }) => {
    expect(parsePublishedPolicy(printed)).toBeUndefined();
  });
});
