import { describe, expect, it } from "vitest";
import { didYouMean } from "../../../lib/cli/did-you-mean.js";

const KNOWN = ["verify", "policy", "as", "user", "user-name", "region", "role-profile"];

describe("what was perhaps meant", () => {
  it.each([
    { given: "verfy", what: "a character is missing", meant: "verify" },
    { given: "verrify", what: "one is too many", meant: "verify" },
    { given: "verifi", what: "one is another", meant: "verify" },
    { given: "regoin", what: "two have changed places", meant: "region" },
    { given: "VERIFY", what: "it is in capitals", meant: "verify" },
    { given: "roleProfile", what: "it is spelt as in code", meant: "role-profile" },
    { given: "reg", what: "it is the beginning", meant: "region" },
    { given: "sa", what: "it is short, and has changed places", meant: "as" },
    { given: "usr", what: "one name is nearer than another", meant: "user" },
    { given: "user-nme", what: "another name begins it", meant: "user-name" },
  ])("is $meant for $given: $what", ({ given, meant }) => {
    expect(didYouMean(given, KNOWN)).toBe(` Did you mean ${meant}?`);
  });

  it.each(["nonsense", "x", "", "po", "verification-of-everything", "é"])(
    "is nothing for %j",
    (given) => {
      expect(didYouMean(given, KNOWN)).toBe("");
    },
  );

  it("has the hyphens of an option", () => {
    expect(didYouMean("regoin", KNOWN, "--")).toBe(" Did you mean --region?");
  });

  it("takes no time over what is far too long", () => {
    const began = process.cpuUsage();

    expect(didYouMean("v".repeat(1_000_000), KNOWN)).toBe("");
    expect(process.cpuUsage(began).user).toBeLessThan(500_000);
  });
});
