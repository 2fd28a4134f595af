import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { REPOSITORY } from "../../support/repository.js";
import { temporaryFolder, writeFile } from "./folder.js";

const SUPPORT = join(REPOSITORY, "__tests__", "support");

const CONFIGURATION = `export default {
  test: { globalSetup: ${JSON.stringify(join(SUPPORT, "global-setup.ts"))} },
};
`;

const TESTS = `
import { describe, it } from "vitest";
import {
  describeAws, describeTerraform, describeUnless, itUnless,
} from ${JSON.stringify(join(SUPPORT, "suites.ts"))};

describeTerraform("Terraform", () => {
  it.each([1, 2])("plans %i", () => {});
  describe("and more", () => {
    it("validates", () => {});
  });
});
describeAws("AWS", () => {
  it("is applied to", () => {});
});
describeUnless("There is no browser.")("a browser", () => {
  it("renders", () => {});
});
itUnless("pip brings nothing.")("installs with pip", () => {});
it("asks the network", ({ skip }) => skip("There is no network."));
describeUnless(undefined)("a suite without a need", () => {
  it("passes", () => {});
  itUnless(undefined)("passes, too", () => {});
});
`;

describe("a run where programs are missing", () => {
  it("says at its end what was skipped and why, whatever reporters it has", () => {
    const { status, stderr, report } = run({}, []);

    expect(status).toBe(0);
    expect(report).toMatchObject({ numPassedTests: 2, numPendingTests: 7 });
    expect(stderr).toBe(
      [
        "Skipped: 4 tests. Terraform is not on the PATH.",
        "Skipped: 1 test. There is no browser.",
        "Skipped: 1 test. pip brings nothing.",
        "Skipped: 1 test. There is no network.",
        "",
      ].join("\n"),
    );
  });

  it.each([
    ["Terraform plans", "Skipped: 2 tests. Terraform is not on the PATH.\n"],
    ["without a need", "Skipped: nothing.\n"],
  ])("leaves out what -t '%s' leaves out", (pattern, says) => {
    expect(run({}, ["-t", pattern])).toMatchObject({ status: 0, stderr: says });
  });

  it("fails where none may be missing", () => {
    const { status, stderr } = run({ REQUIRE_TERRAFORM: "1" }, []);

    expect(status).toBe(1);
    expect(stderr).toContain("REQUIRE_TERRAFORM=1, and Terraform cannot be used: Terraform is not");
  });

  it("fails where no browser may be missing", () => {
    const { status, stderr } = run({ REQUIRE_BROWSER: "1" }, []);

    expect(status).toBe(1);
    expect(stderr).toContain("REQUIRE_BROWSER=1, and a browser cannot be used: chromium is not");
  });
});

/** What Vitest skips by itself: it does not ask why. What Windows cannot do is read off the condition. */
const SILENT =
  /\b(?:describe|suite|it|test)(?:\.\w+)*\.(?:skip|skipIf|runIf|todo)\b(?!\(process\.platform === "win32"\))/;

describe("every file of tests", () => {
  it("says why it skips some", () => {
    const folder = join(REPOSITORY, "__tests__");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
    const silent = files
      .filter((file) => file.endsWith(".ts"))
      .filter((file) => SILENT.test(readFileSync(join(folder, file), "utf8")));

    expect(silent).toEqual([]);
  });
});

/** Runs the tests above with the reporters of `.ci/run`, where Node.js is all that there is on the PATH. */
function run(environment: Readonly<Record<string, string>>, args: readonly string[]) {
  const folder = temporaryFolder();
  symlinkSync(join(REPOSITORY, "node_modules"), join(folder, "node_modules"));
  writeFile(folder, "vitest.config.mjs", CONFIGURATION);
  writeFile(folder, "some.test.ts", TESTS);
  const report = join(folder, "report.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const vitest = join(REPOSITORY, "node_modules", "vitest", "vitest.mjs");
  const { status, stderr } = spawnSync(
    process.execPath,
    [vitest, "run", "--maxWorkers=1", ...reporters, ...args],
    {
      cwd: folder,
      encoding: "utf8",
      env: { PATH: folder, TMPDIR: folder, NO_COLOR: "1", ...environment },
    },
  );
  return {
    status,
    stderr,
    get report() {
      return JSON.parse(readFileSync(report, "utf8"));
    },
  };
}
