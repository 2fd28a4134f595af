import { describe, expect, it } from "vitest";
import { VERSION } from "../../../lib/cli/version.js";
import type { PageData } from "../../../lib/html/page-data.js";
import { explainRole, explainUser } from "../../../lib/remotion/explain.js";
import { REMOTION_VERSION } from "../../../lib/remotion/release.js";
import { needsOfRelease } from "../../../lib/remotion/releases.js";
import { profilesPage } from "../../../lib/verify/report/profiles-page.js";
import { runRecorded } from "../support/recording-console.js";

async function dataOf(...args: readonly string[]): Promise<PageData> {
  const { exitCode, results, notes } = await runRecorded("explain", ...args, "--format", "html");
  expect(exitCode, notes).toBe(0);
  const [, json = ""] =
    /<script type="application\/json" id="data">(.*)<\/script>/.exec(results) ?? [];
  return JSON.parse(json);
}

/** Names of the APIs that work with a profile. */
function working(
  { subjects, shapes, answers, apis }: PageData,
  profile: string,
): readonly string[] {
  const subject = subjects.find(({ name }) => name === profile);
  const { signs = "" } = answers[subject?.answers ?? -1] ?? {};
  return (shapes[subject?.shape ?? -1] ?? []).flatMap(([api], place) =>
    signs[place] === "a" ? [apis[api]?.name ?? ""] : [],
  );
}

describe("explain --format html", () => {
  it("has each profile of users and callers, asked for all that the widest is for", async () => {
    const data = await dataOf("user");
    expect(data.subjects.map(({ name, counts: [, of] }) => [name, of])).toEqual([
      ["full", 39],
      ["deploy", 39],
      ["render", 39],
    ]);
    expect(working(data, "full")).toHaveLength(39);
    expect(working(data, "render")).toContain("renderMediaOnLambda()");
    expect(working(data, "render")).not.toContain("deployFunction()");
    expect(working(data, "deploy")).toContain("deployFunction()");
    expect(working(data, "deploy")).not.toContain("deleteRender()");
  });

  it("explains each profile as the table does", async () => {
    const data = await dataOf("user");
    for (const { name, profile } of data.subjects) {
      const explained = explainUser(name as "full");
      const shown = data.profiles[profile]?.permissions.map(({ actions, option, ...others }) => ({
        ...others,
        actions: actions.map((action) => data.actions[action]),
        ...(option === "" ? {} : { option }),
      }));
      expect(shown).toEqual(explained);
    }
  });

  it("has a statement of the profile for each policy, and those of the role", async () => {
    const data = await dataOf("role", "--profile", "minimal");
    expect(data.subjects.map(({ name }) => name)).toEqual(["minimal", "full"]);
    const [minimal] = data.subjects;
    expect(minimal?.policies.map(({ name }) => name)).toEqual(
      explainRole("minimal")
        .filter(({ option }) => option === undefined)
        .map(({ sid }) => sid),
    );
    expect(working(data, "full")).toHaveLength(9);
  });

  it("is of the release that is named, and says so", async () => {
    const data = await dataOf("execution-role", "--remotion", "4.0.417");
    expect(data.remotion).toBe("4.0.417");
    expect(data.title).toContain("remotion-executionrole-policy");
    expect(data.source).toBe("explain execution-role");
  });

  it("is one and the same page from the sources and from the bundle", async () => {
    const { results } = await runRecorded("explain", "--format", "html");
    const page = profilesPage({
      actor: "user",
      profile: "full",
      principal: "user",
      name: "remotion-user",
      version: VERSION,
      needs: needsOfRelease(REMOTION_VERSION),
    });
    expect(results).toBe(page);
    expect(results.length).toBeLessThan(150_000);
  });

  it("knows no profile that the role has not", async () => {
    const { exitCode, notes } = await runRecorded(
      "explain",
      "role",
      "--profile",
      "render",
      "--format",
      "html",
    );
    expect(exitCode).toBe(2);
    expect(notes).toContain("give one of these");
  });
});
