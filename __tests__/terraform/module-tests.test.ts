import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startProvider } from "../support/aws.js";
import { EDITIONS, type Edition, MODULE_NAMES, moduleSource } from "../support/module-sources.js";
import { shareOf, TORTURE, wholeOf } from "../support/part.js";
import type { RunningProvider } from "../support/running-provider.js";
import { describeTerraform } from "../support/suites.js";
import { Workspace } from "../support/workspace.js";

/** Nothing of an account: no keys, no profile, no region, and nobody to ask. */
const NO_ACCOUNT = {
  AWS_ACCESS_KEY_ID: "",
  AWS_SECRET_ACCESS_KEY: "",
  AWS_SESSION_TOKEN: "",
  AWS_PROFILE: "",
  AWS_REGION: "",
  AWS_DEFAULT_REGION: "",
  AWS_ENDPOINT_URL: "",
  AWS_CONFIG_FILE: "/nonexistent",
  AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
  AWS_EC2_METADATA_DISABLED: "true",
};

/** What breaks in a copy of `remotion-user`, and the run that must fail for it. */
const BROKEN = [
  {
    what: "a validation that is gone",
    file: "variables.tf",
    from: 'condition = can(regex("^[A-Za-z0-9_+=,.@-]+$", var.name)) && length(var.name) <= 64',
    to: "condition = var.name == var.name",
    tests: "refusals",
    red: "refuses_name",
  },
  {
    what: "one of two rules of an input that is gone",
    file: "variables.tf",
    from: "condition     = length(var.tags) <= 50",
    to: "condition     = var.tags == var.tags",
    tests: "refusals",
    red: "refuses_tags_1",
  },
  {
    what: "another default",
    file: "variables.tf",
    from: 'default     = "inline"',
    to: 'default     = "managed"',
    tests: "defaults",
    red: "defaults",
  },
  {
    what: "another action in a statement of an option",
    file: "main.tf",
    from: 'Action   = ["ec2:DescribeSecurityGroups", ',
    to: 'Action   = ["ec2:*", ',
    tests: "options",
    red: "in_vpc",
  },
];

describeTerraform("The tests beside the modules, without an account", () => {
  let provider: RunningProvider;
  let workspace: Workspace;
  beforeAll(async () => {
    provider = await startProvider(NO_ACCOUNT);
    workspace = new Workspace({ ...NO_ACCOUNT, ...provider.environment });
  });
  afterAll(async () => {
    workspace.remove();
    await provider.stop();
  });

  /** Copies a module. There is nothing for `init` to install: the provider is one that runs. */
  function prepared(name: string, edition: Edition, folder: string): void {
    workspace.copy(moduleSource(name, edition), folder);
  }

  /** The outcome of `terraform test`: names of the runs by how they ended. */
  async function tested(folder: string, args: readonly string[] = []) {
    const { status, stdout } = await workspace.attempt(
      "terraform",
      ["test", "-no-color", ...args],
      folder,
    );
    const ended = (how: string) =>
      [...stdout.matchAll(/^ +run "(\w+)"\.\.\. (\w+)$/gm)]
        .filter(([, , outcome]) => outcome === how)
        .map(([, name]) => name);
    return { status, passed: ended("pass"), failed: ended("fail"), skipped: ended("skip"), stdout };
  }

  /** Names of the runs that are written down. */
  function writtenRuns(name: string, edition: Edition): string[] {
    const folder = join(moduleSource(name, edition), "tests");
    const files = readdirSync(folder).filter((file) => file.endsWith(".tftest.hcl"));
    return files.flatMap((file) =>
      [...readFileSync(join(folder, file), "utf8").matchAll(/^run "(\w+)"/gm)].map(
        ([, run = ""]) => run,
      ),
    );
  }

  wholeOf("modules in JSON whose own tests are run", MODULE_NAMES.length);
  const modules = MODULE_NAMES.flatMap((name) =>
    EDITIONS.map((edition) => [edition, name] as const),
  );
  // The large one takes as long in JSON as all the others.
  const played = shareOf(
    "modules whose own tests are run, each in an edition",
    TORTURE ? modules : modules.filter((one) => one.join(" ") !== "json remotion-lambda"),
    3,
  );
  it.each(played)("are green: %s %s", async (edition, name) => {
    const folder = `${edition}-${name}`;
    prepared(name, edition, folder);

    const { status, passed, stdout } = await tested(folder);

    expect(stdout).toContain("0 failed.");
    expect(status).toBe(0);
    expect(passed.length).toBeGreaterThan(15);
    expect(passed.toSorted()).toEqual(writtenRuns(name, edition).toSorted());
  });

  it.each(BROKEN)("are red for $what", async ({ file, from, to, tests, red }) => {
    const folder = `broken-${red}`;
    prepared("remotion-user", "hcl", folder);
    const text = workspace.read(join(folder, file));
    expect(text).toContain(from);
    workspace.write(
      join(folder, file),
      text.replace(from, () => to),
    );

    const { status, failed } = await tested(folder, [`-filter=tests/${tests}.tftest.hcl`]);

    expect(status).toBe(1);
    expect(failed).toEqual([red]);
  });
});
