import { describe, expect, it } from "vitest";
import { UnknownPart } from "../../../lib/iam/evaluate/unknown-part.js";
import { fixture, principalAt, readingOf } from "./support/template.js";

/* What `npm run refresh-templates` had SAM make of sam.yaml, and what is made of sam.yaml here. */
describe("a template of SAM", () => {
  const own = readingOf(fixture("sam.yaml")).principals;
  const transformed = readingOf(fixture("sam.transformed.json")).principals;
  const addresses = transformed.map(({ address }) => address).sort();

  it("has the roles that SAM makes", () => {
    expect(addresses).toEqual(["FlowRole", "OwnRole", "ReadRole", "RenderRole"]);
    expect(own.map(({ address }) => address).sort()).toEqual(addresses);
  });

  it.each(addresses)("has the same in %s", (at) => {
    const [here, there] = [own, transformed].map((all) =>
      all.find(({ address }) => address === at),
    );
    const byName = (one: { name: string }, other: { name: string }) =>
      one.name < other.name ? -1 : 1;
    const plain = (found: typeof here) => ({
      ...found,
      policies: found?.policies
        .map(({ name, document }) =>
          // What SAM's own template allows is not worked out.
          name === "ReadRolePolicy0" ? { name, document: "S3ReadPolicy" } : { name, document },
        )
        .sort(byName),
      unread: found?.unread.map(({ name, arn }) => ({ name, arn })).sort(byName),
    });

    expect(plain(here)).toEqual(plain(there));
  });

  it("says what one of SAM's templates of policies leaves open, which denies nothing", () => {
    const { policies } = principalAt("ReadRole", fixture("sam.yaml"));
    const policy = policies.find(({ name }) => name === "ReadRolePolicy0");
    const [statement] = Object(policy?.document).Statement;

    expect(statement.Effect).toBe("Allow");
    expect(statement.Action).toBeInstanceOf(UnknownPart);
    expect(statement.Action.cause).toBe(
      "what SAM's policy template S3ReadPolicy allows is not worked out",
    );
  });
});
