import { describe, expect, it } from "vitest";
import committed from "./fixtures/every-policy.json" with { type: "json" };
import { digest, everyPolicy } from "./support/every-policy.js";

describe("every policy of every profile × narrowing × option", () => {
  const made = everyPolicy();

  // The fixture was committed before the inputs were changed. `npx vitest -u` does not write it: whoever changes
  // what a policy grants says so here, in a table of their own.
  it("is what it was", () => {
    const digests = Object.fromEntries(made.map(({ name, policy }) => [name, digest(policy)]));
    expect(digests).toEqual(committed);
  });

  it("is one of many", () => {
    expect(made.length).toBeGreaterThan(1200);
    expect(new Set(made.map(({ name }) => name)).size).toBe(made.length);
  });
});
