import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { REPOSITORY } from "../../support/repository.js";
import { describeUnless } from "../../support/suites.js";
import { temporaryFolder } from "../support/folder.js";
import { NO_RUNNER, runStep } from "../support/run-step.js";

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly run?: string;
}

const { jobs } = parse(
  readFileSync(join(REPOSITORY, ".github", "workflows", "upstream.yml"), "utf8"),
) as { readonly jobs: { readonly compare: { readonly steps: readonly Step[] } } };

const scripts = jobs.compare.steps.flatMap(({ run, ...step }) =>
  run === undefined ? [] : [{ ...step, run }],
);
const compare = scripts.find(({ id }) => id === "compare");
const issue = scripts.find(({ name }) => name?.startsWith("Open the issue"));

describe("the workflow that compares with Remotion's newest release", () => {
  it("installs, lets namespaces be made, compares, and opens an issue where there is drift", () => {
    expect(scripts.map(({ id, name, run }) => id ?? name ?? run)).toEqual([
      "npm ci",
      "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0",
      "compare",
      "Open the issue, or bring it up to date",
    ]);
    expect(issue?.if).toBe("steps.compare.outputs.status == '1'");
  });
});

describeUnless(NO_RUNNER)("its step that compares", () => {
  it.each([
    [0, 0],
    [1, 0],
    // Nothing was compared.
    [2, 1],
    [127, 1],
  ])("where the command ends with %d ends with %d", async (code, expected) => {
    const npx = `
      if (process.argv.slice(2).join(" ") !== "remotion-lambda-terraform upstream") process.exit(99);
      console.log("what differs");
      process.exitCode = ${code};
    `;
    const { status, handedOn, output, folder } = await runStep(
      { run: compare?.run ?? "" },
      {},
      { npx },
    );

    expect({ status, handedOn }).toEqual({ status: expected, handedOn: `status=${code}\n` });
    expect(output).toContain("what differs");
    expect(readFileSync(join(folder, "drift.txt"), "utf8")).toBe("what differs\n");
  });
});

describeUnless(NO_RUNNER)("its step that opens the issue", () => {
  const open = async (number: string) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "drift.txt"), "<b>@everybody</b>\n# not a heading\n");
    const gh = `
      const { appendFileSync } = require("node:fs");
      const args = process.argv.slice(2);
      appendFileSync("calls", JSON.stringify(args) + "\\n");
      if (args[1] === "list") console.log(${JSON.stringify(number)});
    `;
    const env = { GH_TOKEN: "token", GH_REPO: "some/repository", RUN: "https://host/runs/7" };
    const ended = await runStep({ run: issue?.run ?? "" }, env, { gh }, folder);
    const calls = existsSync(join(folder, "calls"))
      ? readFileSync(join(folder, "calls"), "utf8").trim().split("\n")
      : [];
    return { ...ended, calls: calls.map((call) => JSON.parse(call) as string[]) };
  };

  it("writes what differs where nothing in it is read as Markdown", async () => {
    const { status, output, folder } = await open("");

    expect(status, output).toBe(0);
    const text = readFileSync(join(folder, "issue.md"), "utf8");
    expect(text).toContain("\n\n    <b>@everybody</b>\n    # not a heading\n\n");
    expect(text).toContain("Found by https://host/runs/7\n");
  });

  it("opens one where there is none", async () => {
    const { calls } = await open("");

    expect(calls.map(([one, other]) => `${one} ${other}`)).toEqual([
      "label create",
      "issue list",
      "issue create",
    ]);
    expect(calls[2]).toEqual([
      ...["issue", "create", "--title", "Remotion's policies have changed"],
      ...["--label", "upstream-drift", "--body-file", "issue.md"],
    ]);
  });

  it("brings the one that is open up to date", async () => {
    const { calls } = await open("7");

    expect(calls.at(-1)).toEqual(["issue", "edit", "7", "--body-file", "issue.md"]);
    expect(calls).toHaveLength(3);
  });
});
