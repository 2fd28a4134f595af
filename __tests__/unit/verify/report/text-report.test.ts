import { describe, expect, it } from "vitest";
import { userPolicy } from "../../../../lib/remotion/policies.js";
import { largePlan } from "../../../support/large-plan.js";
import { unlikeRoles, verifyIn, withoutStatements } from "./support.js";

const verify = verifyIn("text-report-");

/** Roles of which nothing says that they have to do with Remotion. */
function bystanders(roles: number): string {
  return largePlan(roles * 4, {
    policyOf: () =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" },
      }),
  });
}

describe("the report in text", () => {
  it("has a line for each principal first, whatever their number, and cuts all else", async () => {
    const { exitCode, results, notes } = await verify(unlikeRoles(30));
    const [lines = "", ...blocks] = results.split("\n\n");

    expect(exitCode).toBe(1);
    expect(notes).toMatch(/^Not looked at: [^\n]*$/);
    expect(lines.split("\n")).toHaveLength(30);
    for (const line of lines.split("\n")) {
      expect(line).toMatch(/^role-key-\d+ \(.*\), as a user or caller, profile \w+: \d+ of \d+ /);
    }
    expect(blocks.filter((block) => block.includes("  MISSING  ")).length).toBeLessThanOrEqual(20);
    expect(results).toMatch(/^And \d+ more of whom there is something to say: --all/m);
    expect(results).toMatch(/and \d+ more pairs \(--all\)/);
    expect(results.split("\n").length).toBeLessThan(30 + 20 * 60 + 20 * 10);
  });

  it("and cuts nothing with --all, where it tells what is allowed, too", async () => {
    const { results } = await verify(unlikeRoles(30), "--all");
    expect(results).not.toMatch(/--all\)|of whom there is something to say/);
    expect(results.match(/^ {2}Because: /gm)).toHaveLength(60);
    for (let number = 0; number < 30; number += 1) {
      expect(results).toContain(`sqs:Send${number}x8 on * (inline-key-${number})`);
    }
    expect(results).toMatch(/^ {2}allowed {2}getFunctions\(\)$/m);
    expect(results).toMatch(/^ {2}MISSING {2}deployFunction\(\), new function$/m);
  });

  it("names each lack once, with the APIs that need it", async () => {
    const { results } = await verify(withoutStatements(userPolicy(), "BucketListing"));
    expect(results.match(/s3:ListAllMyBuckets on /g)).toHaveLength(1);
    expect(results).toMatch(/s3:ListAllMyBuckets .*\n {8}for .*; .* and \d+ more$/m);
  });

  it("says under which condition something is needed, where that is not always", async () => {
    const policy = userPolicy();
    const { results } = await verify({
      ...policy,
      Statement: policy.Statement.map((statement) => ({
        ...statement,
        Action: statement.Action.filter((action) => action !== "logs:PutRetentionPolicy"),
      })).filter(({ Action }) => Action.length > 0),
    });
    expect(results).toMatch(/logs:PutRetentionPolicy .*\n.*\n {8}needed when: create/);
    expect(results).not.toMatch(/needed when: .*\.;/);
  });

  it("has no long line, and no name of a bystander beyond some, unless all are asked for", async () => {
    const plan = bystanders(600);
    const short = await verify(plan);
    expect(short.notes).toContain("role-key-19 and ");
    expect(short.notes).not.toContain("role-key-20,");
    expect(short.notes).toMatch(/and \d{3} more\.$/m);

    const all = await verify(plan, "--all");
    expect(all.notes).toContain("\n  role-key-599\n");
    for (const { results, notes } of [short, all]) {
      const longest = Math.max(...`${results}\n${notes}`.split("\n").map(({ length }) => length));
      expect(longest).toBeLessThan(500);
    }
  });

  it("tells of who may call by wildcards alone in one line, and in full with --all", async () => {
    const wildcards = { Effect: "Allow", Action: ["s3:*", "lambda:*", "logs:*"], Resource: "*" };
    const policy = JSON.stringify({ Version: "2012-10-17", Statement: wildcards });
    const plan = largePlan(4, { policyOf: () => policy });
    const { results } = await verify(plan);
    expect(results.split("\n")).toHaveLength(1);
    expect(results).toMatch(/^role-key-0 .* \d+ missing, .*and fails nothing$/);
    expect((await verify(plan, "--all")).results).toContain("MISSING");
  });
});
