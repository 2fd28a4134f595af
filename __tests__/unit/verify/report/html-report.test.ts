import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { PageData, Subject } from "../../../../lib/html/page-data.js";
import { userPolicy } from "../../../../lib/remotion/policies.js";
import { largePlan } from "../../../support/large-plan.js";
import { temporaryFolder } from "../../support/folder.js";
import { fixture } from "../../terraform/support/fixture.js";
import { unlikeRoles, verifyIn, withoutStatements } from "./support.js";

const verify = verifyIn("html-");

/** What a page is drawn from. */
async function dataOf(content: unknown, ...args: readonly string[]): Promise<PageData> {
  const { exitCode, results, notes } = await verify(content, "--format", "html", ...args);
  expect(exitCode, notes).not.toBe(2);
  const [, json = ""] =
    /<script type="application\/json" id="data">(.*)<\/script>/.exec(results) ?? [];
  return JSON.parse(json);
}

function only({ subjects: [subject] }: PageData): Subject {
  if (subject === undefined) {
    throw new Error("Somebody is there for Remotion.");
  }
  return subject;
}

const EVERYTHING = fixture("everything.hcl.plan.json");

describe("verify --format html", () => {
  it("takes less than 300 KB for a set-up with everything", async () => {
    const { exitCode, results, notes } = await verify(EVERYTHING, "--format", "html");
    expect({ exitCode, notes }).toEqual({ exitCode: 0, notes: "" });
    expect(results.length).toBeLessThan(150_000);
    expect(results).toMatch(/^<!doctype html>\n/);
  });

  it("says what was not looked at", async () => {
    const { remarks } = await dataOf(EVERYTHING);
    expect(remarks.at(-1)).toMatch(/^Not looked at: service control policies, .*\.$/);
  });

  it("writes what many share once", async () => {
    const small = await verify(largePlan(400), "--format", "html");
    const large = await verify(largePlan(800), "--format", "html");
    expect((large.results.length - small.results.length) / 100).toBeLessThan(1_500);
  });

  it("has everybody, the worst first, with all policies and what these allow", async () => {
    const data = await dataOf(EVERYTHING);
    expect(
      data.subjects.map(({ name, policies }) => [name, ...policies.map((one) => one.name)]),
    ).toEqual([
      ["video-api", "remotion-executionrole-policy"],
      ["video-nightly", "video-nightly-logs", "remotion-executionrole-policy"],
      ["remotion-lambda-role", "remotion-lambda-policy"],
      ["remotion-user", "remotion-user-policy"],
    ]);
    const [, { policies = [], shape } = only(data)] = data.subjects;
    const calls = (share: number) => data.shares[share]?.flat().length;
    const all = data.shapes[shape]?.flatMap(([, ofApi]) => ofApi).length;
    expect(policies.map(({ share }) => calls(share))).toEqual([0, all]);

    const lacking = await dataOf(unlikeRoles(4));
    expect(lacking.subjects.every(({ sign }) => "mtua".includes(sign))).toBe(true);
    const ranks = lacking.subjects.map(({ sign }) => "muta".indexOf(sign));
    expect(ranks).toEqual(ranks.toSorted());
    expect(lacking.title).toMatch(/lack something$/);
    expect(lacking.sign).toBe("m");
  });

  it("has the answer to each API and call, and each permission with its reason", async () => {
    const data = await dataOf(withoutStatements(userPolicy(), "HandleQuotas"), "--profile", "full");
    const { shape, answers, profile, counts } = only(data);
    const { signs = "", calls = [], tasks = [] } = data.answers[answers] ?? {};
    const names = data.shapes[shape]?.map(([api]) => data.apis[api]?.name ?? "") ?? [];
    const missing = names.filter((_name, place) => signs[place] === "m");
    expect(missing).toEqual(["remotion lambda quotas", "remotion lambda quotas increase"]);
    expect(counts).toEqual([names.length - 2, names.length, 2, 0, 0]);
    expect(signs).toHaveLength(names.length);
    for (const [place, [, ofApi]] of (data.shapes[shape] ?? []).entries()) {
      expect(calls[place]).toHaveLength(signs[place] === "a" ? 0 : ofApi.length);
    }
    expect(tasks.map(({ sign, what }) => [sign, what])).toEqual([["m", 'profile = "full"']]);

    const quotas = data.profiles[profile]?.permissions.find(({ sid }) => sid === "HandleQuotas");
    expect(quotas?.reason).toMatch(/^Read the limit on concurrent Lambda executions/);
    expect(quotas?.actions.map((action) => data.actions[action])).toContain(
      "servicequotas:GetServiceQuota",
    );
  });

  it("has what is in excess and what is forbidden, and says how much it leaves out", async () => {
    const Action = Array.from({ length: 250 }, (_, number) => `sqs:Action${number}`);
    const more = { Effect: "Allow", Action, Resource: "*" };
    const policy = userPolicy();
    const data = await dataOf(
      { ...policy, Statement: [...policy.Statement, more] },
      "--forbid",
      "sqs:Action7",
    );
    const { excess, furtherExcess, forbidden } = only(data);
    expect(data.excess[excess]).toHaveLength(200);
    expect(furtherExcess).toBe(50);
    expect(forbidden.map(({ action }) => action)).toEqual(["sqs:Action7"]);
    expect(data.remarks.join()).toContain("(--forbid)");
  });

  it("has what is accepted, with its reason and its last day", async () => {
    const file = join(temporaryFolder(), "options.json");
    const finding = {
      action: "servicequotas:GetServiceQuota",
      reason: "Nobody asks.",
      until: "2999-01-01",
    };
    writeFileSync(file, JSON.stringify({ accepted: [finding] }));
    const data = await dataOf(withoutStatements(userPolicy(), "HandleQuotas"), "--options", file);
    expect(only(data).accepted).toEqual([
      expect.stringMatching(
        /^servicequotas:GetServiceQuota on .*, until 2999-01-01: Nobody asks\.$/,
      ),
    ]);
  });

  it("names a thousand of those who have nothing to do with Remotion, and counts the others", async () => {
    const resources = Array.from({ length: 1_200 }, (_, number) => ({
      address: `aws_iam_role.other[${number}]`,
      mode: "managed",
      type: "aws_iam_role",
      name: "other",
      values: {
        name: `other-${number}`,
        assume_role_policy: '{"Version":"2012-10-17","Statement":[]}',
      },
    }));
    const state = { format_version: "1.0", values: { root_module: { resources } } };
    const { bystanders, furtherBystanders, sign } = await dataOf(state);
    expect(bystanders).toHaveLength(1_000);
    expect(furtherBystanders).toBe(200);
    expect(sign).toBe("u");
  });

  it("says which release of Remotion it is about", async () => {
    expect((await dataOf(userPolicy())).remotion).toBe("4.0.527");
    expect((await dataOf(userPolicy(), "--remotion", "4.0.417")).remotion).toBe("4.0.417");
  });

  it("is not written beside --fix", async () => {
    const { exitCode, notes } = await verify(userPolicy(), "--format", "html", "--fix");
    expect(exitCode).toBe(2);
    expect(notes).toContain("--fix");
  });
});
